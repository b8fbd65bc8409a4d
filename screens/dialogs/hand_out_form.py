"""The form for slips that a partner hands out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from payforward.core.errors import BadInput
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.money import parse_money
from payforward.core.text import plain_forms, shown
from screens.counter.words import said
from screens.dialogs.dialog import Dialog
from screens.menu_file import expand
from screens.widgets.choice import OneOf
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint
from screens.widgets.pick_field import PickField

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from payforward.core.answers import Board
    from payforward.core.currencies import Currency
    from payforward.core.model import Item
    from payforward.core.programs import Program

FIRST_COUNT: Final = 10
ANY: Final = "any, the oldest first"


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """On what slips come out.

    Args:
        name: What people call it.
        ending: The file's; empty for the printer.
        layout: Of a PDF, the sheet of labels.
    """

    name: str
    ending: str = ""
    layout: str | None = None


PRINTER: Final = SlipPaper("the printer")
FIRST_LABELS: Final = SlipPaper("A4 labels, 3 by 8", ".pdf", "a4-3x8")
ON_PAPER: Final = (
    PRINTER,
    FIRST_LABELS,
    SlipPaper("A4 labels, 2 by 5", ".pdf", "a4-2x5"),
    SlipPaper("US Letter labels, 3 by 8", ".pdf", "letter-3x8"),
    SlipPaper("US Letter labels, 2 by 5", ".pdf", "letter-2x5"),
    SlipPaper("a PDF, a slip on each page", ".pdf"),
    SlipPaper("pictures, a file for each slip", ".png"),
    SlipPaper("plain text", ".txt"),
)
"""What the command line can do too."""


@dataclass(frozen=True, slots=True)
class OnBoard:
    """What can be handed out.

    Args:
        items: What waits on the board, the fund too, each with how much.
        currency: The shop's.
        money: How amounts are written.
        prints: Whether this till has a printer.
        folder: Where a file of labels is put if nobody says.
        programs: Whose gifts are among it.
    """

    items: tuple[tuple[Item, int], ...]
    currency: Currency
    money: Callable[[int], str]
    prints: bool
    folder: str
    programs: tuple[Program, ...] = ()

    @classmethod
    def of(
        cls,
        board: Board,
        fund: Item,
        currency: Currency,
        money: Callable[[int], str],
        *,
        prints: bool,
        folder: str,
    ) -> OnBoard:
        """Return what a board has."""
        items = tuple((row.item, row.units) for row in board.rows)
        if board.money_minor:
            items = (*items, (fund, board.money_minor))
        programs = tuple(
            state.program
            for state in board.programs
            if state.program.kind is ProgramKind.FORWARD
            and any(each.units > each.on_slips for each in state.waits)
        )
        return cls(items, currency, money, prints, folder, programs)


@dataclass(frozen=True, slots=True)
class HandOutDraft:
    """What shall be handed out.

    Args:
        what: The item, as typed.
        slips: How many slips.
        each: How much is on each, as typed.
        item: What it means.
        units_each: What that means; of money, minor units.
        paper: On what they come out.
        folder: Where the file goes.
        program: Whose gifts go; None for the oldest of all.
    """

    what: str
    slips: int
    each: str
    item: Item
    units_each: int
    paper: SlipPaper
    folder: Path
    program: Program | None = None


class HandOutForm(Dialog[HandOutDraft]):
    """Asks what, how many, and on which paper; Enter in any field hands out.

    Args:
        partner: Their name.
        there: What can be handed out.
        draft: What was typed before.
        problem: Why it did not do.
    """

    ABOUT: ClassVar = {"nothing-waiting": "slips", "bad-file": "folder", "too-many-slips": "slips"}

    def __init__(
        self,
        partner: str,
        there: OnBoard,
        draft: HandOutDraft | None = None,
        *,
        problem: str = "",
    ) -> None:
        super().__init__(f"Hand slips out to {partner}", yes="Hand out", problem=problem)
        self._there = there
        self._draft = draft

    def compose_body(self) -> ComposeResult:
        """Show what waits, then the fields."""
        there, draft = self._there, self._draft
        waits = ", ".join(said(item, units, there.money) for item, units in there.items[:6])
        more = " and more" if len(there.items) > 6 else ""
        yield Static(Content(shown(f"On the board: {waits}{more}.")), classes="said", markup=False)
        _, units = there.items[0]
        names = [item.name for item, _ in there.items]
        yield PickField("What", names, draft.what if draft else None, id="what")
        count = draft.slips if draft else min(units, FIRST_COUNT)
        yield Field("Slips", str(count), max_length=5, id="slips")
        several = len(there.programs) > 1
        yield Field(
            "On each", draft.each if draft else "1", max_length=20, dense=several, id="each"
        )
        if several:
            with Horizontal(classes="-tender"):
                yield Label("Given to", markup=False)
                names = [ANY, *(shown(each.name) for each in there.programs)]
                yield OneOf(names, chosen=self._whose, id="program")
        with Horizontal(classes="field -tender"):
            yield Label("Paper", markup=False)
            first = PRINTER if there.prints else FIRST_LABELS
            at = ON_PAPER.index(draft.paper if draft else first)
            yield OneOf([paper.name for paper in ON_PAPER], chosen=at, id="paper")
        folder = str(draft.folder) if draft else there.folder
        yield Field("File goes to", folder, max_length=1000, id="folder")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too, and those that choose what."""
        more = [Hint("↑ ↓", "Choose", "pick_next")] if len(self._there.items) > 1 else []
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next"), *more]

    def answer(self) -> HandOutDraft:
        """Return what shall be handed out; what is wrong with a field is said below it."""
        item = self.read_field("what", self._item)
        paper = ON_PAPER[self.query_one("#paper", OneOf).chosen]
        slips = self.read_field("slips", _count)
        each = self.read_field("each", lambda typed: self._units(item, typed))
        if paper is PRINTER and not self._there.prints:
            self.query_one("#paper", OneOf).focus()
            raise BadInput(
                "This till has no printer: ← → choose another paper, or More, Printers adds one.",
                reason="no-printer",
            )
        return HandOutDraft(
            what=self.query_one("#what", Field).value,
            slips=slips,
            each=self.query_one("#each", Field).value,
            item=item,
            units_each=each,
            paper=paper,
            program=self._program(),
            folder=self.read_field("folder", _folder),
        )

    @property
    def _whose(self) -> int:
        """Which answer stands there at first: any, or a program."""
        chosen = None if self._draft is None else self._draft.program
        numbers = [each.id for each in self._there.programs]
        return numbers.index(chosen.id) + 1 if chosen and chosen.id in numbers else 0

    def _program(self) -> Program | None:
        if len(self._there.programs) < 2:
            return None
        at = self.query_one("#program", OneOf).chosen
        return self._there.programs[at - 1] if at else None

    def _item(self, typed: str) -> Item:
        at = self.query_one("#what", PickField).chosen
        if at is None:
            raise BadInput(
                f"Nothing on the board begins with “{shown(typed[:40])}”: ↓ goes through it.",
                reason="unknown-item",
            )
        return self._there.items[at][0]

    def _units(self, item: Item, typed: str) -> int:
        if item.kind is ItemKind.MONEY:
            return parse_money(typed, self._there.currency).minor
        return _count(typed)


def _count(typed: str) -> int:
    count = plain_forms(typed).strip()
    if not (count.isascii() and count.isdigit() and len(count) <= 4 and int(count)):
        raise BadInput("Write how many as a number, such as 10.", reason="bad-count")
    return int(count)


def _folder(typed: str) -> Path:
    return expand(typed, home=Path.home(), here=Path.cwd())
