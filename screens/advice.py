"""Advice: what piles up, waits for long or is missed, and one key that does something about it."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from payforward.core.advice import AdviceAction
from payforward.core.errors import PayforwardError
from payforward.core.model import SlipState
from payforward.core.text import clean_name, shown
from screens.asked import AskedScreen
from screens.asking import ask
from screens.catalogue import Place, bindings_of
from screens.coordinator import CoordinatorScreen
from screens.dialogs.ask_line import AskLine, Line
from screens.dialogs.choose_one import ChooseOne
from screens.handing_out import Batch, hand_out
from screens.passing_on import pass_on
from screens.place_screen import LedgerScreen
from screens.telling import said_advice
from screens.widgets.table import CURSOR_MARK

if TYPE_CHECKING:
    from textual.app import App, ComposeResult
    from textual.binding import BindingType

    from db.ledger import Ledger
    from payforward.core.advice import Advice
    from payforward.core.partners import Partner
    from screens.desk import Desk

_MARGINS: Final = 7
"""What a line has not of the terminal's width: margins, the mark, a scrollbar."""
NOTHING: Final = "Nothing to look at: what is given goes out again."
MOST: Final = 2000
NO_PARTNER: Final = "Who may have them? A shelter, a nurse, a school, another café."


class AdviceScreen(LedgerScreen):
    """What the owner might do now, the heaviest first; Enter does it."""

    CSS_PATH = "advice.tcss"
    PLACE = Place.ADVICE
    HEADING = "Advice"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.ADVICE)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._advice: tuple[Advice, ...] = ()
        self._units: dict[int, int] = {}

    def compose_body(self) -> ComposeResult:
        """Show the list."""
        yield OptionList(markup=False)

    async def load(self) -> None:
        """Show what there is to look at."""
        advice, lives = await self.desk.run(lambda ledger: (ledger.advice(), ledger.lives()))
        self._units = {life.item.id: life.unit for life in lives}
        self.entitle(self.HEADING, said_advice(len(advice)) if advice else "")
        self.withhold(*([] if advice else ["carry_out"]))
        if advice == self._advice and advice:
            return
        self._advice = advice
        options = self.query_one(OptionList)
        here = options.highlighted or 0
        options.clear_options()
        options.add_options(Option(each) for each in self._prompts(here))
        options.highlighted = min(here, len(advice) - 1) if advice else None
        if not advice:
            self.say(NOTHING)

    def _prompts(self, marked: int | None) -> list[Content]:
        """Return each advice as it stands in the list; the marked one by more than its colour."""
        room = max(self.app.size.width - _MARGINS, 20)
        return [_prompt(each, room, marked=at == marked) for at, each in enumerate(self._advice)]

    def _draw(self) -> None:
        options = self.query_one(OptionList)
        for at, prompt in enumerate(self._prompts(options.highlighted)):
            options.replace_option_prompt_at_index(at, prompt)

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        """Mark another one."""
        message.stop()
        self._draw()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._draw()

    async def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        message.stop()
        self.action_carry_out()

    @work
    async def action_carry_out(self) -> None:
        """Do what the marked advice suggests."""
        marked = self.query_one(OptionList).highlighted
        if marked is None or not self.is_active:
            return
        advice = self._advice[marked]
        if advice.action is AdviceAction.NONE:
            # Telling givers is for people; when it was asked for stands in its own place.
            self.app.push_screen(AskedScreen(self.desk))
            return
        if advice.action is AdviceAction.PAGE:
            self.app.push_screen(CoordinatorScreen(self.desk))
            return
        try:
            done = await self._carry_out(advice)
        except PayforwardError as error:
            self.complain(error.message)
        else:
            await self.reload()
            if done:
                self.say(done)

    async def _carry_out(self, advice: Advice) -> str:
        """Hand out or pass on what the advice is about; return what became of it."""
        partner = await choose_partner(self.app, self.desk)
        if partner is None:
            return ""
        if advice.action is AdviceAction.PASS_ON:
            return await pass_on(self.app, self.desk, partner, meant=(advice.item, advice.units))
        each = self._units.get(advice.item.id, 1)
        batch = Batch(advice.item, max(advice.units // each, 1), each)
        return await hand_out(self.app, self.desk, partner, meant=batch)


async def choose_partner(app: App[object], desk: Desk) -> Partner | None:
    """Return the partner that somebody chooses, or adds where there is none; None for none.

    Must run in a worker.
    """
    partners = await desk.run(_with_slips)
    if len(partners) == 1:
        return partners[0][0]
    if partners:
        answers = [(each, each.name, _said_waiting(slips)) for each, slips in partners]
        return await app.push_screen_wait(ChooseOne("To which partner", answers, yes="Choose"))

    async def add(line: Line[str]) -> Partner:
        return await desk.run(lambda ledger: ledger.add_partner(line.value))

    return await ask(
        app,
        lambda line, problem: AskLine(
            "Add a partner",
            "Name",
            "" if line is None else line.typed,
            lambda typed: clean_name(typed, what="partner's name"),
            yes="Add",
            said=NO_PARTNER,
            problem=problem,
        ),
        add,
    )


def _with_slips(ledger: Ledger) -> list[tuple[Partner, int]]:
    return [
        (each, len(ledger.slips(SlipState.WAITING, partner=each.id, most=MOST)))
        for each in ledger.partners()
    ]


def _said_waiting(slips: int) -> str:
    if not slips:
        return "No slips of theirs wait."
    return "1 of their slips waits." if slips == 1 else f"{slips} of their slips wait."


def _prompt(advice: Advice, room: int, *, marked: bool) -> Content:
    """Return the lines of an advice, the second and later ones below the first's words."""
    mark = CURSOR_MARK if marked else "  "
    sentence = f"\n{'  '}".join(wrap(shown(advice.sentence), room))
    suggestion = f"\n{'    '}".join(wrap(shown(advice.suggestion), room - 2))
    return Content.assemble(mark, sentence, "\n", (f"  → {suggestion}\n", "$text-muted"))
