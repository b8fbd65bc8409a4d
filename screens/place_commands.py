"""The commands of the places behind the counter: a part of the catalogue."""

from __future__ import annotations

from typing import Final

from screens.command import Command, Place

PLACE_COMMANDS: Final[tuple[Command, ...]] = (
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
    # Programs.
    Command(
        "add_program", "Add", "Add a program; its kind comes first.", Place.PROGRAMS, ("a",), "A"
    ),
    Command(
        "change_program",
        "Change",
        "Change a program's name, days, budget or target.",
        Place.PROGRAMS,
        ("c", "enter"),
        "C",
    ),
    Command("goods", "Goods", "Name the goods that a drive takes.", Place.PROGRAMS, ("g",), "G"),
    Command(
        "own_items",
        "Items",
        "Choose the items that a program is for; none of them means all.",
        Place.PROGRAMS,
        ("i",),
        "I",
    ),
    Command(
        "deliver",
        "Deliver",
        "Hand over to a partner what a drive collected, or what is in a jar.",
        Place.PROGRAMS,
        ("d",),
        "D",
    ),
    Command(
        "manifests",
        "Manifests",
        "See what was handed over, and print its paper again.",
        Place.PROGRAMS,
        ("m",),
        "M",
    ),
    Command("end_program", "End", "Let a program end today.", Place.PROGRAMS, ("n",), "N"),
    Command(
        "retire_program", "Retire", "Take an empty program out of use.", Place.PROGRAMS, ("r",), "R"
    ),
    Command("close", "Back", "Go back.", Place.PROGRAMS, ("escape",), "Esc"),
    # A drive's goods.
    Command("add_goods", "Add", "Add goods, in one size or many.", Place.GOODS, ("a",), "A"),
    Command("drop_goods", "Drop", "Take no more of them.", Place.GOODS, ("d",), "D"),
    Command("close", "Back", "Go back.", Place.GOODS, ("escape",), "Esc"),
    # What was handed over.
    Command(
        "manifest",
        "Manifest",
        "Print its manifest again, or put it into a file.",
        Place.HANDOVERS,
        ("m", "enter"),
        "M",
    ),
    Command("close", "Back", "Go back.", Place.HANDOVERS, ("escape",), "Esc"),
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
    Command(
        "open_batches",
        "Batches",
        "See what became of the slips that a partner took, batch by batch.",
        Place.PARTNERS,
        ("b",),
        "B",
    ),
    Command(
        "pass_on",
        "Pass on",
        "Let the marked partner have what is too much on the board, with its money.",
        Place.PARTNERS,
        ("p",),
        "P",
    ),
    Command(
        "coordinator",
        "What waits",
        "A page of what is waiting, to send to a coordinator or to hang into the window.",
        Place.PARTNERS,
        ("w",),
        "W",
    ),
    Command("close", "Back", "Go back.", Place.PARTNERS, ("escape",), "Esc"),
    # A partner's batches.
    Command(
        "take_batch_back",
        "Take back",
        "Put what is unused of the marked batch back on the board.",
        Place.BATCHES,
        ("t",),
        "T",
    ),
    Command(
        "print_list",
        "Print list",
        "Print the list of the batch's slips, to be signed.",
        Place.BATCHES,
        ("p",),
        "P",
    ),
    Command("close", "Back", "Go back.", Place.BATCHES, ("escape",), "Esc"),
    # The coordinator's page.
    Command(
        "page_out",
        "Print or file",
        "Print the page, or put it into a file.",
        Place.COORDINATOR,
        ("p", "enter"),
        "P",
    ),
    Command(
        "other_page",
        "Window",
        "Change between the page for a coordinator and the one for the window.",
        Place.COORDINATOR,
        ("v",),
        "V",
    ),
    Command("close", "Back", "Go back.", Place.COORDINATOR, ("escape",), "Esc"),
    # What was asked for.
    Command("take_note_back", "Take back", "Take a note of today back.", Place.ASKED, ("t",), "T"),
    Command("month_before", "Month before", "Go a month back.", Place.ASKED, ("left",), "←"),
    Command("month_after", "Month after", "Go a month on.", Place.ASKED, ("right",), "→"),
    Command("close", "Back", "Go back.", Place.ASKED, ("escape",), "Esc"),
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
)
