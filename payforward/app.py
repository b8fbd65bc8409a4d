"""The terminal application: it opens the ledger and shows the screens."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import SystemCommand

from payforward.core.errors import PayforwardError
from screens.catalogue import COMMANDS, Place, bindings_of
from screens.counter.scan_verdict import ScanVerdict
from screens.counter.screen import CounterScreen
from screens.desk import Desk, Station
from screens.places import place
from screens.scanning.watch import ScanWatch, TakesScans
from screens.themes import DARK, LIGHT, THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.screen import Screen

    from payforward.core.clock import Clock
    from payforward.core.codes import Code

PRACTICE_BANNER = "Practice: nothing here counts. ? and End practice leads back."


class PayforwardApp(ScanWatch[int]):
    """The counter and what stands behind it.

    Args:
        station: Which ledger, and where this terminal stands.
        banner: A line shown above the counter all the time, for a throw-away ledger.
        clock: What time it is; the machine's own without one.
    """

    TITLE = "Payforward"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.APP)]
    CSS_PATH = "../screens/common.tcss"

    def __init__(
        self, station: Station, *, banner: str | None = None, clock: Clock | None = None
    ) -> None:
        # With the terminal's own colours, NO_COLOR takes all away; else it would leave greys.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self._station = station
        self._banner = banner
        self._clock = clock
        self._desks: list[Desk] = []

    @property
    def desk(self) -> Desk:
        """The ledger that the screens on top are about: the practice one while practising."""
        return self._desks[-1]

    def on_mount(self) -> None:
        """Set the look, leave the terminal clean on signals, open the ledger."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            if hasattr(signal, name):
                number = getattr(signal, name)
                loop.add_signal_handler(number, partial(self.exit, 128 + int(number)))
        self.start()

    @work
    async def start(self) -> None:
        """Open the counter; where there is no ledger yet, set one up first."""
        if not self._station.path.exists() and not await self._set_up():
            self.exit(0)
            return
        try:
            desk = await Desk.open(self._station, self._clock)
        except PayforwardError as error:
            self.exit(error.exit_code, message=error.message)
            return
        self._desks.append(desk)
        counter = CounterScreen(desk, banner=self._banner)
        await self.push_screen(counter)
        if desk.unproven is not None:
            counter.let_in(desk.unproven)
        elif desk.refused:
            counter.say((desk.refused,), ("Ctrl+N says who is here.",))

    async def _set_up(self) -> bool:
        """Make a ledger; return whether there is one now."""
        from screens.setup import SetupScreen  # noqa: PLC0415 - only the first start pays for it

        made = await self.push_screen_wait(SetupScreen(self._station.path, self._clock))
        return made is True

    async def on_unmount(self) -> None:
        """Close what is open."""
        while self._desks:
            await self._desks.pop().close()

    # -- scans --------------------------------------------------------------------------------

    def on_scan(self, code: Code) -> None:
        """Let the screen on top have a scan, or serve from the slip over whatever is there."""
        if isinstance(self.screen, TakesScans):
            self.screen.scanned(code)
        elif self._desks:
            self.push_screen(ScanVerdict(self.desk, code))

    def on_misread(self) -> None:
        """Say that a scan was no code of ours."""
        if isinstance(self.screen, TakesScans):
            self.screen.misread()
        elif self._desks:
            self.push_screen(ScanVerdict(self.desk, None))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the catalogue in the palette, and nothing of Textual's own."""
        counter = isinstance(screen, CounterScreen)
        for command in COMMANDS:
            if not command.in_palette or (command.place is Place.COUNTER and not counter):
                continue
            owner = screen if command.place is Place.COUNTER else self
            yield SystemCommand(command.title, command.help, getattr(owner, f"action_{command.id}"))

    # -- commands of the catalogue ------------------------------------------------------------

    def action_open_entries(self) -> None:
        """Show the entries of today."""
        self.push_screen(place("entries", self.desk))

    def action_open_items(self) -> None:
        """Show the menu."""
        self.push_screen(place("items", self.desk))

    def action_open_slips(self) -> None:
        """Show the slips."""
        self.push_screen(place("slips", self.desk))

    def action_open_partners(self) -> None:
        """Show the partners."""
        self.push_screen(place("partners", self.desk))

    def action_open_programs(self) -> None:
        """Show the programs."""
        self.push_screen(place("programs", self.desk))

    def action_open_asked(self) -> None:
        """Show what was asked for while none was waiting."""
        self.push_screen(place("asked", self.desk))

    def action_open_month(self) -> None:
        """Show the owner's month."""
        self.push_screen(place("month", self.desk))

    def action_open_advice(self) -> None:
        """Show what there is to look at."""
        self.push_screen(place("advice", self.desk))

    def action_open_closing(self) -> None:
        """Show the day's takings, to close the day."""
        self.push_screen(place("closing", self.desk))

    def action_open_paper(self) -> None:
        """Show what waits for paper."""
        self.push_screen(place("paper", self.desk))

    def action_open_printers(self) -> None:
        """Show the printers."""
        self.push_screen(place("printers", self.desk))

    def action_open_people(self) -> None:
        """Show the people."""
        self.push_screen(place("people", self.desk))

    @work(exclusive=True, group="sheet")
    async def action_open_recovery_sheet(self) -> None:
        """Show the recovery sheet, to be printed or written down."""
        from payforward.core.people import Guarded  # noqa: PLC0415 - not for the first picture
        from screens.dialogs.recovery_sheet import keep_recovery_sheet  # noqa: PLC0415
        from screens.owner import owner_agrees  # noqa: PLC0415

        if not await owner_agrees(self, self.desk, Guarded.RECOVERY):
            return
        said = await keep_recovery_sheet(self, self.desk)
        if said:
            self.notify(said, markup=False)

    @work(exclusive=True, group="settings")
    async def action_open_settings(self) -> None:
        """Ask for what the shop decides: slips, the web address, papers, how money is written."""
        from payforward.core.people import Guarded  # noqa: PLC0415 - not for the first picture
        from screens.owner import owner_agrees  # noqa: PLC0415
        from screens.settings import change_settings  # noqa: PLC0415

        try:
            if not await owner_agrees(self, self.desk, Guarded.SETTINGS):
                return
            said = await change_settings(self, self.desk)
        except PayforwardError as error:
            self.notify(error.message, severity="warning", markup=False)
        else:
            if said:
                self.notify(said, markup=False)

    def action_open_help(self) -> None:
        """Show every key."""
        from screens.help import HelpScreen  # noqa: PLC0415 - not for the first picture

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(getattr(self.screen, "PLACE", None)))

    def action_toggle_theme(self) -> None:
        """Change between light and dark."""
        self.theme = LIGHT if self.theme == DARK else DARK

    def action_toggle_touch(self) -> None:
        """Change between rows for a keyboard and rows for fingers."""
        self.toggle_class("-touch")

    @work(exclusive=True, group="practice")
    async def action_open_practice(self) -> None:
        """Open the counter on a throw-away ledger with this shop's menu."""
        from payforward.demo import make_practice  # noqa: PLC0415 - only practice pays for it

        if len(self._desks) > 1:
            self.notify("You are practising already.", markup=False)
            return
        with tempfile.TemporaryDirectory(prefix="payforward-practice-") as folder:
            path = Path(folder) / "practice.db"
            clock = self._clock
            await self.desk.run(lambda ledger: make_practice(path, from_ledger=ledger, clock=clock))
            real = self.desk
            station = Station(path, real.till, real.cashier, practising=True)
            practice = await Desk.open(station, clock)
            self._desks.append(practice)
            try:
                await self.push_screen_wait(
                    CounterScreen(practice, banner=PRACTICE_BANNER, can_leave=True)
                )
            finally:
                # Whoever leaves altogether has closed it already.
                if practice in self._desks:
                    self._desks.remove(practice)
                    await practice.close()


def run_counter(path: Path, *, till: str, cashier: str | None, banner: str | None = None) -> int:
    """Show the counter, or the set-up where there is no ledger yet; return the exit code.

    Args:
        path: The ledger.
        till: This terminal's name.
        cashier: Who is at the counter, where known.
        banner: A line shown above the counter all the time.
    """
    app = PayforwardApp(Station(path, till, cashier), banner=banner)
    code = app.run()
    return app.return_code or 0 if code is None else code
