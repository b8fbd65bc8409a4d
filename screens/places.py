"""The places behind the counter, each loaded when somebody goes there.

The first picture of the counter, with a queue waiting for it, pays for none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from screens.place_screen import LedgerScreen

if TYPE_CHECKING:
    from screens.desk import Desk

PLACES: Final = {
    "advice": ("screens.advice", "AdviceScreen"),
    "asked": ("screens.asked", "AskedScreen"),
    "closing": ("screens.closing", "ClosingScreen"),
    "entries": ("screens.entries", "EntriesScreen"),
    "items": ("screens.items", "ItemsScreen"),
    "month": ("screens.month", "MonthScreen"),
    "paper": ("screens.waiting_paper", "WaitingPaperScreen"),
    "partners": ("screens.partners", "PartnersScreen"),
    "people": ("screens.people", "PeopleScreen"),
    "printers": ("screens.printers", "PrintersScreen"),
    "programs": ("screens.programs", "ProgramsScreen"),
    "slips": ("screens.slips", "SlipsScreen"),
}
"""By the name in their command, ``open_<name>``: the module and its screen."""


def place(name: str, desk: Desk) -> LedgerScreen:
    """Return a new screen of a place; KeyError where there is none of that name."""
    module, screen = PLACES[name]
    made = getattr(import_module(module), screen)(desk)
    assert isinstance(made, LedgerScreen)
    return made
