"""The pepper: a secret in a file beside the ledger, without which its codes are only letters.

The ledger keeps an HMAC of each code, made with the pepper; the pepper itself is in no ledger
and in no backup of one. On paper it is four lines of twenty letters, as codes are.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.filesystem import sync_folder_of
from payforward.core import codes
from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payforward.core.codes import Code

SECRET_BYTES: Final = 36
LINES: Final = 4
SUFFIX: Final = ".pepper"

_MARKED: Final = b"payforward pepper mark\x00"
_MOST_BYTES: Final = 10_000
_MODE: Final = 0o600
_TO_DIGITS: Final = str.maketrans(codes.ALPHABET, "0123456789abcdef")

_EXPLAINED: Final = (
    "# The secret with which this shop's slips are read. Keep this file beside the ledger; keep\n"
    "# it secret, and out of the ledger's backups. The recovery sheet has the same four lines.\n"
)


@dataclass(frozen=True, slots=True)
class Pepper:
    """A shop's secret.

    Args:
        secret: `SECRET_BYTES` bytes that nobody can guess.
    """

    secret: bytes = field(repr=False)

    @property
    def mark(self) -> bytes:
        """What the ledger knows it by: a SHA-256 that tells nothing of it."""
        return hashlib.sha256(_MARKED + self.secret).digest()

    def digest(self, code: Code) -> bytes:
        """Return what the ledger keeps of a code."""
        return hmac.digest(self.secret, code.letters.encode(), "sha256")

    def lines(self) -> tuple[str, ...]:
        """Return it as the recovery sheet prints it, each line with its two check letters."""
        letters = "".join(codes.ALPHABET[int(digit, 16)] for digit in self.secret.hex())
        each = codes.RANDOM_LETTERS
        return tuple(
            codes.format(codes.with_check_letters(letters[at : at + each]))
            for at in range(0, len(letters), each)
        )


def from_lines(lines: Sequence[str]) -> Pepper:
    """Return the pepper of four lines in the sheet's order.

    Raises:
        BadInput: a line has a typing error, or there are not four.
    """
    if len(lines) != LINES:
        raise BadInput(
            f"A recovery sheet has {LINES} lines of {codes.LENGTH} letters; {len(lines)} came.",
            reason="bad-sheet",
        )
    wrong = [number for number, line in enumerate(lines, start=1) if not codes.is_valid(line)]
    if wrong:
        raise BadInput(
            f"Line {wrong[0]} is not as the sheet has it: type its {codes.LENGTH} letters again.",
            reason="bad-sheet",
        )
    letters = "".join(codes.validate(line)[: codes.RANDOM_LETTERS] for line in lines)
    return Pepper(bytes.fromhex(letters.translate(_TO_DIGITS)))


def in_any_order(lines: Sequence[str], mark: bytes) -> Pepper | None:
    """Return the pepper that four lines make and ``mark`` knows, whichever was typed first.

    Raises:
        BadInput: a line has a typing error, or there are not four.
    """
    peppers = map(from_lines, permutations(lines)) if len(lines) == LINES else [from_lines(lines)]
    return next((pepper for pepper in peppers if pepper.mark == mark), None)


# -- the file ---------------------------------------------------------------------------------


def pepper_path(ledger: Path) -> Path:
    """Return where the pepper of a ledger is: beside the file itself, whatever links to it."""
    real = Path(os.path.realpath(ledger))
    return real.with_name(real.name + SUFFIX)


def read_pepper(path: Path) -> Pepper | None:
    """Return the pepper in a file; None where there is none, or not a whole one.

    Rights that are wider than its owner's are taken away.
    """
    try:
        with path.open("rb") as stream:
            if os.name == "posix" and os.fstat(stream.fileno()).st_mode & 0o077:
                with suppress(OSError):
                    os.fchmod(stream.fileno(), _MODE)
            text = stream.read(_MOST_BYTES).decode()
        return from_lines([each for each in text.split("\n") if each and each[0] != "#"])
    except (OSError, UnicodeDecodeError, BadInput):
        return None


def write_pepper(path: Path, pepper: Pepper) -> None:
    """Put a pepper into a file that was not there, so that no power cut takes it away again.

    Raises:
        OSError: there is such a file, or the disk fails; then no file is left.
    """
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    try:
        with open(file, "wb") as stream:  # noqa: PTH123 - it is open already, as it must be
            stream.write((_EXPLAINED + "\n".join(pepper.lines()) + "\n").encode())
            stream.flush()
            os.fsync(stream.fileno())
        sync_folder_of(path)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def settle_pepper(path: Path) -> None:
    """Have the disk keep a file that another program may not have waited for.

    Raises:
        OSError: the disk fails.
    """
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
    sync_folder_of(path)


def set_aside(path: Path) -> None:
    """Give a file that is not the pepper another name: it may be another ledger's.

    Raises:
        OSError: it cannot be renamed.
    """
    number = 1
    while (other := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    path.rename(other)
