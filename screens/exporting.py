"""Exports from the screens: asked for, then written from a ledger of their own.

The books of years take a while. The counter's ledger answers the queue meanwhile, and tills sell
on: entries are read a page at a time.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from db.ledger import Ledger
from payforward.core.errors import BadInput, PayforwardError
from payforward.core.text import shown
from screens.asking import ask
from screens.dialogs.export_form import FORM_WORDS, ExportDraft, ExportForm
from screens.dialogs.working import Stopped, Working
from screens.menu_file import is_folder
from screens.typed import usual_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from textual.app import App

    from payforward.core.export_answers import Export, ExportEntry
    from screens.desk import Desk

    Progress = Callable[[int, int], None]

STEP: Final = 500
"""So many entries are written between two looks at whether somebody pressed Esc."""


async def export(app: App[object], desk: Desk, month: date) -> str | None:
    """Ask for an export and write it; return what became of it, None where nobody wished.

    Must run in a worker. The owner has agreed.
    """
    # What was only tried out must not end up among a shop's books.
    what = "practice" if desk.practising else "payforward"
    folder = usual_folder()
    today = await desk.run(lambda ledger: ledger.reporting_day())

    async def do(draft: ExportDraft) -> str:
        path = await asyncio.to_thread(_new_file, draft)
        outcome: int | PayforwardError = await app.push_screen_wait(
            Working(
                f"Export to {FORM_WORDS[draft.form].name}",
                lambda progress: _in_thread(desk, draft, path, progress),
            )
        )
        if isinstance(outcome, Stopped):
            raise BadInput("It was stopped: no file was written.", reason=outcome.reason)
        if isinstance(outcome, PayforwardError):
            raise outcome
        entries = "1 entry is" if outcome == 1 else f"{outcome} entries are"
        return f"{entries} in {shown(str(path))}."

    return await ask(
        app,
        lambda draft, problem: ExportForm(what, month, today, folder, draft, problem=problem),
        do,
    )


def _new_file(draft: ExportDraft) -> Path:
    """Return the file that is meant.

    Raises:
        BadInput: it is there already, or could not be written.
    """
    from payforward.output.exports.writing import check_new  # noqa: PLC0415 - slow to import

    path = draft.path / draft.name if is_folder(draft.path) else draft.path
    check_new(path)
    return path


async def _in_thread(desk: Desk, draft: ExportDraft, path: Path, progress: Progress) -> int:
    """Write an export in a thread; whoever quits meanwhile leaves no file."""
    left = threading.Event()

    def told(done: int, total: int) -> None:
        if left.is_set():
            raise Stopped
        progress(done, total)

    try:
        return await asyncio.to_thread(_write, desk, draft, path, told)
    except asyncio.CancelledError:
        left.set()
        raise


def _write(desk: Desk, draft: ExportDraft, path: Path, progress: Progress) -> int:
    """Write an export and return how many entries are in it; in a thread of its own.

    Raises:
        PayforwardError: the ledger or the disk refuses, or somebody stopped it.
    """
    from payforward.output.exports.writing import export_bytes, write_new  # noqa: PLC0415

    with closing(Ledger.open(desk.path, till=desk.till, clock=desk.clock)) as ledger:
        whole = ledger.export_entries(draft.first, draft.last)
        telling = replace(whole, entries=partial(_told, whole, progress))
        pieces = export_bytes(telling, draft.form, continues=draft.continues)
        write_new(path, _until_told(pieces, whole.count, progress))
        return whole.count


def _told(export: Export, progress: Progress) -> Iterator[ExportEntry]:
    """Yield an export's entries, and tell how many came."""
    for at, entry in enumerate(export.entries()):
        if at % STEP == 0:
            progress(at, export.count)
        yield entry


def _until_told(pieces: Iterable[bytes], total: int, progress: Progress) -> Iterator[bytes]:
    """Yield the pieces, and look once more whether it was stopped before the file gets its name."""
    yield from pieces
    progress(total, total)
