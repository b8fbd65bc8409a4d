"""The one catalogue of commands: bindings, buttons, palette, the More menu and the help read it.

A screen's bindings are `bindings_of(its place)`; a command's action is the method
``action_<id>`` of that screen, or of the app where its place is `Place.APP`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from textual.binding import Binding


class Place(Enum):
    """Where a command's keys are heard."""

    APP = "anywhere"
    COUNTER = "at the counter"
    ENTRIES = "in the entries"
    GIFT = "in a gift's story"
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
    """

    id: str
    title: str
    help: str
    place: Place
    keys: tuple[str, ...] = ()
    shown: str = ""
    in_more: bool = False
    in_palette: bool = False


COMMANDS: Final[tuple[Command, ...]] = (
    # What the counter's input understands by itself.
    Command(
        "serve",
        "Serve",
        "Hand over what waits: type the first letters of any word of the item, then Enter.",
        Place.COUNTER,
        shown="letters, or −",
    ),
    Command(
        "give",
        "Give",
        "Put a gift aside: + and the first letters, with a number before them for more than one.",
        Place.COUNTER,
        shown="+ letters",
    ),
    Command(
        "yes",
        "Yes",
        "Do exactly what the sentence above the input says.",
        Place.COUNTER,
        shown="Enter",
    ),
    Command(
        "next_way",
        "Next",
        "Offer the next way to pay or the next item that fits; on an empty input, the row below.",
        Place.COUNTER,
        shown="↓ ↑",
    ),
    Command(
        "details",
        "Details",
        "Add a name, a message, card, or the till's receipt number to a gift.",
        Place.COUNTER,
        shown="→",
    ),
    Command(
        "change_tender",
        "Cash or card",
        "Change how the gift above is paid: cash, card, other.",
        Place.COUNTER,
        keys=("ctrl+t",),
        shown="^T",
    ),
    Command(
        "no",
        "No",
        "Forget what was typed; twice blanks the screen until a key is pressed.",
        Place.COUNTER,
        shown="Esc, Esc Esc",
    ),
    Command(
        "take_back",
        "Take back",
        "Undo what this till did last today; ↓ goes to earlier ones.",
        Place.COUNTER,
        keys=("ctrl+z",),
        shown="^Z",
        in_palette=True,
    ),
    Command(
        "more",
        "More",
        "Entries, items, help, practice and the rest.",
        Place.COUNTER,
        keys=("ctrl+o",),
        shown="? or ^O",
    ),
    # Behind More.
    Command(
        "open_entries",
        "Entries",
        "What was given and served today and on other days, and each gift's story.",
        Place.APP,
        in_more=True,
        in_palette=True,
    ),
    Command(
        "open_items",
        "Items",
        "The menu: prices, new items, groups, a menu file from the till.",
        Place.APP,
        in_more=True,
        in_palette=True,
    ),
    Command(
        "open_practice",
        "Practice",
        "Try everything on a throw-away ledger; nothing there counts.",
        Place.APP,
        in_more=True,
        in_palette=True,
    ),
    Command(
        "toggle_theme",
        "Light or dark",
        "Change between the light and the dark colours.",
        Place.APP,
        in_more=True,
        in_palette=True,
    ),
    Command(
        "toggle_touch",
        "Touch",
        "Taller rows and buttons for fingers, and back.",
        Place.APP,
        in_more=True,
        in_palette=True,
    ),
    Command(
        "open_help",
        "Help",
        "Every key and what it does.",
        Place.APP,
        keys=("f1",),
        shown="F1",
        in_more=True,
        in_palette=True,
    ),
    Command(
        "quit",
        "Quit",
        "Close this terminal; everything is kept already.",
        Place.APP,
        keys=("ctrl+q",),
        shown="^Q",
        in_more=True,
        in_palette=True,
    ),
    # Entries.
    Command("day_before", "Day before", "Go a day back.", Place.ENTRIES, ("left",), "←"),
    Command("day_after", "Day after", "Go a day on.", Place.ENTRIES, ("right",), "→"),
    Command("open_gift", "Story", "Open the gift's story.", Place.ENTRIES, ("enter",), "Enter"),
    Command("close", "Back", "Go back.", Place.ENTRIES, ("escape",), "Esc"),
    # A gift's story.
    Command(
        "refund",
        "Refund",
        "Give the money of what still waits back to the giver.",
        Place.GIFT,
        ("r",),
        "R",
    ),
    Command(
        "erase_words",
        "Erase words",
        "Erase the giver's name and message for good.",
        Place.GIFT,
        ("e",),
        "E",
    ),
    Command("close", "Back", "Go back.", Place.GIFT, ("escape",), "Esc"),
    # Items.
    Command("add_item", "Add", "Add an item to the menu.", Place.ITEMS, ("a",), "A"),
    Command("price_item", "Price", "Change an item's price.", Place.ITEMS, ("p", "enter"), "P"),
    Command("group_item", "Groups", "Say what it may be served for.", Place.ITEMS, ("g",), "G"),
    Command("retire_item", "Retire", "Take an item off the menu.", Place.ITEMS, ("r",), "R"),
    Command(
        "import_menu",
        "Import",
        "Bring in the till's menu from a file.",
        Place.ITEMS,
        ("i",),
        "I",
    ),
    Command("close", "Back", "Go back.", Place.ITEMS, ("escape",), "Esc"),
    # Help.
    Command("close", "Back", "Go back.", Place.HELP, ("escape",), "Esc"),
)


def commands_of(place: Place) -> list[Command]:
    """Return the commands of a place, in the catalogue's order."""
    return [command for command in COMMANDS if command.place is place]


def command(command_id: str) -> Command:
    """Return the first command of an id; KeyError where there is none."""
    for candidate in COMMANDS:
        if candidate.id == command_id:
            return candidate
    raise KeyError(command_id)


def bindings_of(place: Place) -> list[Binding]:
    """Return the bindings of a place's commands, for a screen's ``BINDINGS``."""
    return [
        Binding(
            ",".join(_heard(command.keys)),
            command.id,
            command.title,
            key_display=command.shown,
            tooltip=command.help,
            id=f"{place.name.lower()}.{command.id}",
        )
        for command in commands_of(place)
        if command.keys
    ]


def _heard(keys: tuple[str, ...]) -> list[str]:
    """Return the keys as the terminal names them: a letter also as a capital (caps lock)."""
    return [name for key in keys for name in ((key, key.upper()) if len(key) == 1 else (key,))]
