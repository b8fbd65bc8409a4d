"""A folder that gets one PDF a slip: to be printed elsewhere, or sent to someone."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from payforward.output.printers.problem import NEVER_REPORTS, PrinterProblem, Sent, Speaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payforward.core.printers import Printer
    from payforward.output.printers.problem import Send


class FolderPrinter:
    """Writes files that their owner alone may read: a slip's code is as good as its gift.

    Args:
        printer: What the shop says of it.
    """

    speaks = Speaks.PDF
    takes_batches = False

    def __init__(self, printer: Printer) -> None:
        self._folder = Path(printer.address)

    def send(self, data: bytes, *, name: str) -> Sent:
        """Write one file, whole or not at all; a slip's older one has a dead code and goes."""
        draft = self._folder / f".{name}.{secrets.token_hex(4)}"
        try:
            _write(draft, data)
            draft.replace(self._folder / f"{name}.pdf")
        except OSError as error:
            problem = self._problem(error)
            problem.began = False
            raise problem from None
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        return Sent(confirmed=True)

    @contextmanager
    def together(self) -> Iterator[Send]:
        """Return what sends: there is nothing to hold."""
        yield self.send

    def reach(self) -> None:
        """See whether the folder is there; the disk tells the rest when something is written."""
        if not self._folder.is_dir():
            raise self._problem(FileNotFoundError(errno.ENOENT, ""))

    def probe(self) -> bool:
        """Return that nothing needs to be asked: a file that is written is confirmed."""
        self.reach()
        return NEVER_REPORTS

    def _problem(self, error: OSError) -> PrinterProblem:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return PrinterProblem(
                f"The folder {self._folder} is gone: plug its disk in or make it again, then "
                "print again.",
                reason="no-folder",
            )
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return PrinterProblem(
                f"This user may not write in {self._folder}: allow it, then print again.",
                reason="no-permission",
            )
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return PrinterProblem(
                f"The disk of {self._folder} is full: make room, then print again.",
                reason="disk-full",
            )
        return PrinterProblem(
            f"The folder {self._folder} cannot be written to ({error.strerror}): check it, then "
            "print again.",
            reason="printer-error",
        )


def _write(path: Path, data: bytes) -> None:
    """Write a new file and wait until the disk has it."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
