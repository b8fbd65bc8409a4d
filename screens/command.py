"""What a command is, and where commands are heard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Place(Enum):
    """Where a command's keys are heard."""

    APP = "anywhere"
    COUNTER = "at the counter"
    ENTRIES = "in the entries"
    GIFT = "in a gift's story"
    SLIPS = "in the slips"
    PROGRAMS = "in the programs"
    GOODS = "in a drive’s goods"
    HANDOVERS = "in what was handed over"
    PARTNERS = "in the partners"
    BATCHES = "in a partner’s batches"
    COORDINATOR = "in the coordinator’s page"
    ASKED = "in what was asked for"
    MONTH = "in the month"
    POOL_ENTRIES = "in a number’s entries"
    ADVICE = "in the advice"
    CLOSING = "in closing the day"
    PAPER = "in what waits for paper"
    PRINTERS = "in the printers"
    PEOPLE = "in the people"
    ITEMS = "in the items"
    HELP = "in the help"


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do with a key.

    Args:
        id: Names the action: ``action_<id>``.
        title: What it is called, in the menus.
        help: What it does, in one sentence.
        place: Where it is heard.
        keys: Textual's names of its keys, the one that is shown first; none for a command
            that only stands in menus, or whose keys the counter's input reads itself.
        shown: How its key is written for people.
        in_more: Whether it stands in the More menu.
        in_palette: Whether it stands in the palette.
        at_once: Whether it is done before the next key is looked at, which may be meant for what
            it opens.
    """

    id: str
    title: str
    help: str
    place: Place
    keys: tuple[str, ...] = ()
    shown: str = ""
    in_more: bool = False
    in_palette: bool = False
    at_once: bool = False
