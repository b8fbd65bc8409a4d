"""The form for slips that a partner hands out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from payforward.core.errors import BadInput
from payforward.core.matching import find_by_letters
from payforward.core.model import ItemKind
from payforward.core.money import parse_money
from payforward.core.text import plain_forms, shown
from screens.counter.words import said
from screens.dialogs.dialog import Dialog
from screens.menu_file import expand
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_bar import Hint

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from payforward.core.answers import Board
    from payforward.core.currencies import Currency
    from payforward.core.model import Item

FIRST_COUNT: Final = 10
FIRST_LABELS: Final = "a4-3x8"
ON_PAPER: Final = (("printer", None), ("A4 labels", FIRST_LABELS), ("US labels", "letter-2x5"))
"""On what the slips come out: a name, and the layout of a sheet of labels."""


@dataclass(frozen=True, slots=True)
class OnBoard:
    """What can be handed out.

    Args:
        items: What waits on the board, the fund too, each with how much.
        currency: The shop's.
        money: How amounts are written.
        prints: Whether this till has a printer.
        folder: Where a file of labels is put if nobody says.
    """

    items: tuple[tuple[Item, int], ...]
    currency: Currency
    money: Callable[[int], str]
    prints: bool
    folder: str

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
        return cls(items, currency, money, prints, folder)


@dataclass(frozen=True, slots=True)
class HandOutDraft:
    """What shall be handed out.

    Args:
        what: The item, as typed.
        slips: How many slips.
        each: How much is on each, as typed.
        item: What it means.
        units_each: What that means; of money, minor units.
        layout: The sheet of labels; None for the printer.
        folder: Where the file of labels goes.
    """

    what: str
    slips: int
    each: str
    item: Item
    units_each: int
    layout: str | None
    folder: Path


class HandOutForm(Dialog[HandOutDraft]):
    """Asks what, how many, and on which paper; Enter in any field hands out.

    Args:
        partner: Their name.
        there: What can be handed out.
        draft: What was typed before.
        problem: Why it did not do.
    """

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
        first, units = there.items[0]
        yield Field("What", draft.what if draft else shown(first.name), max_length=80, id="what")
        count = draft.slips if draft else min(units, FIRST_COUNT)
        yield Field("Slips", str(count), max_length=5, id="slips")
        yield Field("On each", draft.each if draft else "1", max_length=20, id="each")
        with Horizontal(classes="field -tender"):
            yield Label("Paper", markup=False)
            layouts = [layout for _, layout in ON_PAPER]
            at = layouts.index(draft.layout) if draft else 0 if there.prints else 1
            yield Choice([name for name, _ in ON_PAPER], chosen=at)
        folder = str(draft.folder) if draft else there.folder
        yield Field("Labels go to", folder, max_length=1000, id="folder")

    def hints(self) -> list[Hint]:
        """Return the keys, Tab too."""
        return [*super().hints(), Hint("Tab", "Next", "app.focus_next")]

    def answer(self) -> HandOutDraft:
        """Return what shall be handed out; what is wrong with a field is said below it."""
        item = self.read_field("what", self._item)
        _, layout = ON_PAPER[self.query_one(Choice).chosen]
        if layout is None and not self._there.prints:
            raise BadInput(
                "This till has no printer: choose labels, or set a printer up.", reason="no-printer"
            )
        return HandOutDraft(
            what=self.query_one("#what", Field).value,
            slips=self.read_field("slips", _count),
            each=self.query_one("#each", Field).value,
            item=item,
            units_each=self.read_field("each", lambda typed: self._units(item, typed)),
            layout=layout,
            folder=self.read_field("folder", _folder),
        )

    def _item(self, typed: str) -> Item:
        items = [item for item, _ in self._there.items]
        places = find_by_letters(typed, [item.name for item in items])
        if not places:
            raise BadInput(
                f"Nothing on the board begins with “{shown(typed[:40])}”.", reason="unknown-item"
            )
        return items[places[0]]

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
