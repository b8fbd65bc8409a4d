"""Exports on their way out: bit by bit, to a file that is whole or not there."""

from __future__ import annotations

import errno
import os
import secrets
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

from db.filesystem import sync_folder_of
from payforward.core.errors import BadInput
from payforward.core.text import shown
from payforward.output.writer import OWNER_ONLY, check_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from payforward.core.export_answers import Export

    class Form(Protocol):
        """A module that writes one kind of file."""

        def texts(self, export: Export, *, continues: bool) -> Iterator[str]:
            """Yield the file bit by bit."""
            ...


_MODULES: Final = {
    "csv": "tables",
    "json": "document",
    "beancount": "beancount",
    "hledger": "hledger",
    "xero": "xero",
    "quickbooks": "quickbooks",
}
FORMS: Final = tuple(_MODULES)
CONTINUED: Final = ("beancount", "hledger")
"""Those that begin with what was there before, unless the books have it."""

_NOT_TO_BE_ASKED: Final = (errno.EACCES, errno.EINVAL, errno.ENOTSUP)
"""What a folder says that may be written but not read, or whose disk keeps names by itself."""

CHUNK: Final = 1 << 16
"""Characters that are written at once."""


def export_bytes(export: Export, form: str, *, continues: bool = False) -> Iterator[bytes]:
    """Yield an export in UTF-8, piece by piece: no more of it is kept than `CHUNK`.

    Args:
        export: The ledger.
        form: One of `FORMS`.
        continues: For `CONTINUED`: whether the books have all that was before the first day.
    """
    module = cast("Form", import_module(f"payforward.output.exports.{_MODULES[form]}"))
    waiting: list[str] = []
    size = 0
    for text in module.texts(export, continues=continues):
        waiting.append(text)
        size += len(text)
        if size >= CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def check_new(path: Path) -> None:
    """Refuse a file that is there already, or could not be written.

    Raises:
        BadInput: it is that.
    """
    check_place(path)
    if os.path.lexists(path):
        raise _there(path)


def write_new(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file for its owner's eyes only: all of it, or nothing.

    It grows beside its place and gets its name when it is whole and on the disk.

    Raises:
        BadInput: something is there, or the disk would not take it.
    """
    check_new(path)
    draft = path.with_name(f".payforward-{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        _name_draft(draft, path)
        _keep_name(path)
    except FileExistsError:
        raise _there(path) from None
    except OSError as error:
        why = error.strerror or "the disk would not take it"
        raise BadInput(
            f"{shown(str(path))} was not written ({why}): choose another place.", reason="bad-file"
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def _name_draft(draft: Path, path: Path) -> None:
    """Give a draft its name, unless something has it by now."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # Some disks know no second name for a file: a moment is left for another to be first.
        if os.path.lexists(path):
            raise FileExistsError from None
        draft.replace(path)


def _keep_name(path: Path) -> None:
    """Have the disk keep a file's name, where it lets itself be asked; else there is no file.

    Raises:
        OSError: the disk fails.
    """
    try:
        sync_folder_of(path)
    except OSError as error:
        if error.errno not in _NOT_TO_BE_ASKED:
            path.unlink(missing_ok=True)
            raise


def _there(path: Path) -> BadInput:
    return BadInput(f"{shown(str(path))} is there already: name another file.", reason="bad-file")
