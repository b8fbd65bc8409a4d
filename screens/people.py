"""People: who is at the counter at times, their PINs, the owner's passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from payforward.core.errors import PayforwardError
from payforward.core.people import Cashier, Guarded, clean_passphrase, clean_pin
from payforward.core.text import clean_name, shown
from screens.asking import ask
from screens.catalogue import Place, bindings_of
from screens.dialogs.ask_line import AskLine, Line
from screens.dialogs.confirm import Confirm
from screens.dialogs.secret_form import AskSecret, NewSecret
from screens.owner import asked_passphrase, owners
from screens.place_screen import LedgerScreen
from screens.widgets.columns import Column
from screens.widgets.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from screens.desk import Desk

COLUMNS: Final = (
    Column("Name", 12, 44),
    Column("Proof", 9, 9),
    Column("Here", 9, 9, leaves=1),
)
NOBODY: Final = (
    "Nobody has a name here yet, and nobody needs one. A adds people; Ctrl+N at the counter says "
    "who is here."
)
WHAT_A_PIN_IS: Final = "4 to 8 digits that prove who is named; without them a name is only said."
WHAT_IT_GUARDS: Final = (
    "It guards prices and the menu, settings, printers, programs, closed days and other days, "
    "exports, people and the recovery sheet. 8 characters or more, such as four words. The "
    "recovery sheet helps whoever forgets it."
)
FORGOTTEN: Final = "Forgotten? The recovery sheet helps: payforward people passphrase --forgotten"


class PeopleScreen(LedgerScreen):
    """The people at the counter."""

    CSS_PATH = "people.tcss"
    PLACE = Place.PEOPLE
    HEADING = "People"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.PEOPLE)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._cashiers: dict[int, Cashier] = {}
        self._is_guarded = False

    def compose_body(self) -> ComposeResult:
        """Show the table."""
        yield Table(COLUMNS, empty=NOBODY)

    async def load(self) -> None:
        """Show the people."""
        cashiers, self._is_guarded = await self.desk.run(
            lambda ledger: (ledger.cashiers(), ledger.has_passphrase())
        )
        self._cashiers = {each.id: each for each in cashiers}
        self.entitle("People", "with a passphrase" if self._is_guarded else "no passphrase")
        self.query_one(Table).show([self._row(each) for each in cashiers])

    def _row(self, cashier: Cashier) -> Row:
        here = "this till" if cashier.name == self.desk.cashier else ""
        return Row(cashier.id, (cashier.name, "PIN" if cashier.has_pin else "no PIN", here))

    @property
    def _marked(self) -> Cashier | None:
        """Whom the keys are about; None while a dialog is open or nobody is there."""
        marked = self.query_one(Table).marked
        return None if marked is None or not self.is_active else self._cashiers[marked]

    async def on_table_chosen(self, message: Table.Chosen) -> None:
        """Give a PIN to whom was clicked while marked."""
        message.stop()
        self.action_pin()

    @work
    @owners(Guarded.PEOPLE)
    async def action_add_person(self) -> None:
        """Add somebody."""

        async def add(line: Line[str]) -> Cashier:
            return await self.desk.run(lambda ledger: ledger.add_cashier(line.value))

        added = await ask(self.app, _asks_name("Add somebody", "", "Add them"), add)
        if added is not None:
            await self.reload()
            self.query_one(Table).mark(added.id)
            self.say(f"{shown(added.name)} is one of the people. P gives a PIN, if you like.")

    @work
    @owners(Guarded.PEOPLE)
    async def action_rename_person(self) -> None:
        """Call the marked one otherwise."""
        cashier = self._marked
        if cashier is None or not await self._may_change(cashier):
            return

        async def rename(line: Line[str]) -> Cashier:
            return await self.desk.run(lambda ledger: ledger.rename_cashier(cashier.id, line.value))

        heading = f"Name of {cashier.name}"
        changed = await ask(self.app, _asks_name(heading, cashier.name, "Change it"), rename)
        if changed is not None:
            if self.desk.cashier == cashier.name:
                await self.desk.renamed(changed)
            await self.reload()
            self.say(f"{shown(cashier.name)} is called {shown(changed.name)} now.")

    @work
    @owners(Guarded.PEOPLE)
    async def action_pin(self) -> None:
        """Give the marked one a PIN, another, or none."""
        cashier = self._marked
        if cashier is None or not await self._may_change(cashier):
            return

        async def keep(pin: str) -> Cashier:
            return await self.desk.run(lambda ledger: ledger.set_pin(cashier.id, pin or None))

        changed = await ask(
            self.app,
            lambda _, problem: NewSecret(
                f"PIN of {cashier.name}",
                "New PIN",
                clean_pin,
                said=WHAT_A_PIN_IS,
                can_be_none=cashier.has_pin,
                problem=problem,
            ),
            keep,
        )
        if changed is not None:
            await self.reload()
            said = "has a PIN now." if changed.has_pin else "has no PIN: the name is only said."
            self.say(f"{shown(changed.name)} {said}")

    @work
    @owners(Guarded.PEOPLE)
    async def action_retire_person(self) -> None:
        """Say that the marked one has left."""
        cashier = self._marked
        if cashier is None or not await self._may_change(cashier):
            return
        what = "Entries keep the name. A adds them again if they come back."
        if not await self.app.push_screen_wait(
            Confirm(f"Retire {cashier.name}", what, yes="They left")
        ):
            return
        await self._do(self._retire(cashier))

    async def _retire(self, cashier: Cashier) -> str:
        await self.desk.run(lambda ledger: ledger.retire_cashier(cashier.id))
        if self.desk.cashier == cashier.name:
            await self.desk.sign_in(None)
        return f"{shown(cashier.name)} has left."

    @work
    async def action_passphrase(self) -> None:
        """Set the owner's passphrase, another, or none."""
        if not self.is_active or self.desk.is_asking_owner:
            return
        self.desk.is_asking_owner = True
        try:
            await self._do(self._set_passphrase())
        finally:
            self.desk.is_asking_owner = False

    async def _set_passphrase(self) -> str:
        old = None
        if await self.desk.run(lambda ledger: ledger.has_passphrase()):
            old = await asked_passphrase(self.app, self.desk, said=FORGOTTEN)
            if old is None:
                return ""

        async def keep(new: str) -> bool:
            await self.desk.run(lambda ledger: ledger.set_passphrase(old, new or None))
            return bool(new)

        kept = await ask(
            self.app,
            lambda _, problem: NewSecret(
                "The owner’s passphrase",
                "Passphrase",
                clean_passphrase,
                said=WHAT_IT_GUARDS,
                can_be_none=old is not None,
                problem=problem,
            ),
            keep,
        )
        if kept is None:
            return ""
        return "The passphrase is set." if kept else "There is no passphrase any more."

    async def _may_change(self, cashier: Cashier) -> bool:
        """Return whether somebody's name and PIN may be changed: their PIN says so, or the owner.

        Where there is a passphrase, the owner has agreed already.
        """
        if not cashier.has_pin or self._is_guarded:
            return True

        async def check(pin: str) -> Cashier:
            return await self.desk.run(lambda ledger: ledger.check_pin(cashier.id, pin))

        said = "Only with the PIN, as long as there is no passphrase. O sets one."
        proven = await ask(
            self.app,
            lambda _, problem: AskSecret(
                f"PIN of {cashier.name}", "PIN now", said=said, problem=problem
            ),
            check,
        )
        return proven is not None

    async def _do(self, doing: Awaitable[str]) -> None:
        """Do something, show the people anew, and say what became of it."""
        try:
            said = await doing
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            self.say(said)


def _asks_name(
    heading: str, name: str, yes: str
) -> Callable[[Line[str] | None, str], AskLine[str]]:
    """Return what asks for somebody's name until it does."""
    return lambda draft, problem: AskLine(
        heading,
        "Name",
        name if draft is None else draft.typed,
        lambda typed: clean_name(typed, what="name"),
        yes=yes,
        problem=problem,
    )
