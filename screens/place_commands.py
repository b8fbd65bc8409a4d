"""The commands of the places behind the counter: a part of the catalogue."""

from __future__ import annotations

from typing import Final

from screens.command import Command, Place
from screens.owner_commands import OWNER_COMMANDS
from screens.program_commands import PROGRAM_COMMANDS

PLACE_COMMANDS: Final[tuple[Command, ...]] = (
    # Entries.
    Command("day_before", "Day before", "Go a day back.", Place.ENTRIES, ("left",), "←"),
    Command("day_after", "Day after", "Go a day on.", Place.ENTRIES, ("right",), "→"),
    Command("open_gift", "Story", "Open the gift's story.", Place.ENTRIES, ("enter",), "Enter"),
    Command(
        "take_back",
        "Take back",
        "Take back what the marked line is of; of another day, the owner does.",
        Place.ENTRIES,
        ("t",),
        "T",
    ),
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
    # What waits for paper.
    Command(
        "print_now",
        "Print all now",
        "Print all that waits, each with a new code.",
        Place.PAPER,
        ("p",),
        "P",
    ),
    Command(
        "came_out",
        "It printed",
        "Say that the marked slip came out, where the printer could not; Enter does so too.",
        Place.PAPER,
        ("c",),
        "C",
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
    *PROGRAM_COMMANDS,
    *OWNER_COMMANDS,
)
