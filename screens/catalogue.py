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
    SLIPS = "in the slips"
    PARTNERS = "in the partners"
    PAPER = "in what waits for paper"
    PRINTERS = "in the printers"
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
        "on_slip",
        "On a slip",
        "At the end of a gift’s line: put it on a slip of paper instead of on the board.",
        Place.COUNTER,
        shown="/",
    ),
    Command(
        "scan",
        "Scan",
        "Serve one of what a slip holds, on any screen; or type its letters here, then Enter.",
        Place.COUNTER,
        shown="scan, or letters",
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
        "Add a name, a message, card, a slip or the till's receipt number to a gift; or see what "
        "came with what was served, when a slip was used, or a slip's square.",
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
        "Slips, entries, items, printers, help, practice and the rest.",
        Place.COUNTER,
        keys=("ctrl+o",),
        shown="? or ^O",
    ),
    # Behind More.
    Command(
        "open_slips",
        "Slips",
        "Look a slip up, print it again, put it back on the board.",
        Place.APP,
        in_more=True,
        in_palette=True,
    ),
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
        "open_partners",
        "Partners",
        "Hand slips out to shelters, nurses and schools, and take back what was not used.",
        Place.APP,
        in_more=True,
        in_palette=True,
    ),
    Command(
        "open_paper",
        "Waiting for paper",
        "Slips that did not print yet: print them now.",
        Place.APP,
        in_more=True,
        in_palette=True,
    ),
    Command(
        "open_printers",
        "Printers",
        "Where slips come out, when they run out, and which papers print.",
        Place.APP,
        in_more=True,
        in_palette=True,
    ),
    Command(
        "open_recovery_sheet",
        "Recovery sheet",
        "Print it once, or write it down: it brings the slips back on another machine.",
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
    Command(
        "put_on_slip",
        "Slip",
        "Put what waits of it on the board on a slip of paper instead.",
        Place.GIFT,
        ("s",),
        "S",
    ),
    # Slips.
    Command("open_story", "Story", "Open its gift's story.", Place.SLIPS, ("enter",), "Enter"),
    Command("find", "Find", "Find a slip by its code or its number.", Place.SLIPS, ("f",), "F"),
    Command(
        "print_again",
        "Print",
        "Print it again with a new code, after which the old paper pays no more.",
        Place.SLIPS,
        ("p",),
        "P",
    ),
    Command(
        "to_board",
        "Board",
        "Put what is left on it back on the board.",
        Place.SLIPS,
        ("b",),
        "B",
    ),
    Command(
        "next_view",
        "View",
        "Show all slips, those that wait, or those of one partner.",
        Place.SLIPS,
        ("v",),
        "V",
    ),
    Command("close", "Back", "Go back.", Place.SLIPS, ("escape",), "Esc"),
    # Partners.
    Command(
        "hand_out",
        "Hand out",
        "Hand slips out to the marked partner, from the board.",
        Place.PARTNERS,
        ("h", "enter"),
        "H",
    ),
    Command(
        "take_all_back",
        "Take back",
        "Put all that is left on the partner's slips back on the board.",
        Place.PARTNERS,
        ("t",),
        "T",
    ),
    Command("add_partner", "Add", "Add a partner.", Place.PARTNERS, ("a",), "A"),
    Command("rename_partner", "Name", "Change a partner's name.", Place.PARTNERS, ("n",), "N"),
    Command(
        "retire_partner", "Retire", "Hand out no more to a partner.", Place.PARTNERS, ("r",), "R"
    ),
    Command("close", "Back", "Go back.", Place.PARTNERS, ("escape",), "Esc"),
    # What waits for paper.
    Command(
        "print_now",
        "Print all now",
        "Print all that waits, each with a new code.",
        Place.PAPER,
        ("p", "enter"),
        "P",
    ),
    Command(
        "instead_board",
        "Board instead",
        "Put the marked slip's gift on the board instead.",
        Place.PAPER,
        ("b",),
        "B",
    ),
    Command("close", "Back", "Go back.", Place.PAPER, ("escape",), "Esc"),
    # Printers.
    Command(
        "change_printer",
        "Change",
        "Change a printer's address, paper or letters.",
        Place.PRINTERS,
        ("c", "enter"),
        "C",
    ),
    Command("add_printer", "Add", "Add a printer.", Place.PRINTERS, ("a",), "A"),
    Command(
        "print_test",
        "Test",
        "Print a test page, and learn whether the printer can say that it printed.",
        Place.PRINTERS,
        ("t",),
        "T",
    ),
    Command("use_here", "Use", "Let this till print there.", Place.PRINTERS, ("u",), "U"),
    Command("retire_printer", "Retire", "Take a printer out of use.", Place.PRINTERS, ("r",), "R"),
    Command(
        "settings",
        "Set",
        "Set when slips run out, the shop's web address, and which papers print.",
        Place.PRINTERS,
        ("s",),
        "S",
    ),
    Command("close", "Back", "Go back.", Place.PRINTERS, ("escape",), "Esc"),
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
