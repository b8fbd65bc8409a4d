"""What goes to a partner on paper: a manifest, the list of a batch, the page of what waits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput
from payforward.core.model import ItemKind
from payforward.core.text import shown
from screens import paper
from screens.asking import ask
from screens.dialogs.paper_form import PaperDraft, PaperForm, PaperWay

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import App

    from payforward.core.program_answers import HandedOver
    from payforward.output.odd_papers import Outcome
    from payforward.output.press import Press
    from screens.desk import Desk

MANIFEST_WAYS: Final = (PaperWay.PRINTER, PaperWay.PDF, PaperWay.CSV, PaperWay.TEXT)
MANIFEST_SAID: Final = "It lists what went, with a line to sign."
LATER: Final = "M brings its manifest when it is needed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Something that can come out on paper.

    Args:
        heading: What it is.
        said: A sentence about it.
        ways: How it can come out.
        name: The file's, without its ending.
        print_it: Prints it.
        write: Writes it to a file, by its ending; not in the screen's own thread.
    """

    heading: str
    said: str
    ways: tuple[PaperWay, ...]
    name: str
    print_it: Callable[[Press], Outcome | None]
    write: Callable[[Path], object]


async def bring_out(app: App[object], desk: Desk, brought: Brought) -> str | None:
    """Ask for the paper and bring it out; return what became of it, or None where nobody wished.

    Must run in a worker.
    """
    printer = await desk.run(lambda ledger: ledger.printer_of_till())

    async def do(draft: PaperDraft) -> str:
        if draft.way is PaperWay.PRINTER:
            outcome = await desk.on_press(brought.print_it)
            if outcome is not None and not outcome.is_out:
                raise BadInput(outcome.why or "It did not print.", reason="not-printed")
            return "The paper went to the printer."
        path = await asyncio.to_thread(_unused, draft.folder, brought.name, draft.way.value)
        await asyncio.to_thread(brought.write, path)
        return f"The file is {shown(str(path))}."

    return await ask(
        app,
        lambda draft, problem: PaperForm(
            brought.heading,
            brought.said,
            brought.ways,
            prints=paper.prints(printer),
            draft=draft,
            problem=problem,
        ),
        do,
    )


def _unused(folder: Path, name: str, ending: str) -> Path:
    """Return a file of which there is none yet: ``statement-2026-10.pdf``, else ``...-2.pdf``."""
    path, number = folder / f"{name}{ending}", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{ending}"
    return path


async def bring_out_manifest(app: App[object], desk: Desk, handed: HandedOver) -> str | None:
    """Bring a manifest out; return what became of it, or None where nobody wished.

    Must run in a worker.
    """
    shop = desk.shop

    def write(path: Path) -> None:
        from payforward.output.partner_files import write_manifest  # noqa: PLC0415 - slow to import

        write_manifest(shop.name, handed, path, currency=shop.currency)

    brought = Brought(
        heading=f"Manifest {handed.number}, for {handed.partner}",
        said=MANIFEST_SAID,
        ways=tuple(way for way in MANIFEST_WAYS if way is not PaperWay.CSV or _has_things(handed)),
        name=f"manifest-{handed.number}",
        print_it=lambda press: press.print_manifest(handed),
        write=write,
    )
    return await bring_out(app, desk, brought)


def _has_things(handed: HandedOver) -> bool:
    """Return whether anything but money went: a table of money alone has no rows."""
    return any(line.item.kind is not ItemKind.MONEY for line in handed.lines)
