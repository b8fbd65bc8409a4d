"""The commands of programs, partners and what was asked for: a part of the catalogue."""

from __future__ import annotations

from typing import Final

from screens.command import Command, Place

PROGRAM_COMMANDS: Final[tuple[Command, ...]] = (
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
        "received",
        "Manifests",
        "See what a partner received, and print its paper again.",
        Place.PARTNERS,
        ("m",),
        "M",
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
)
