"""The commands of the owner's places: a part of the catalogue."""

from __future__ import annotations

from typing import Final

from screens.command import Command, Place


def _help(place: Place) -> Command:
    said = "Say what the words and the keys here mean."
    return Command("help", "Help", said, place, ("question_mark",), "?")


OWNER_COMMANDS: Final[tuple[Command, ...]] = (
    # The month.
    Command("month_before", "Before", "Go a month back.", Place.MONTH, ("left",), "←"),
    Command("month_after", "After", "Go a month on.", Place.MONTH, ("right",), "→"),
    Command(
        "on_day", "Date", "Show what was owed at the end of any day.", Place.MONTH, ("d",), "D"
    ),
    Command(
        "next_view",
        "View",
        "Show the next view: days, year, ages, who served, what was missed, what was owed. "
        "1 to 7 show each at once.",
        Place.MONTH,
        ("v",),
        "V",
    ),
    Command(
        "open_row",
        "Entries",
        "Open the entries behind the marked number; of a chart, the marked day or month.",
        Place.MONTH,
        ("enter",),
        "Enter",
    ),
    Command(
        "units_or_money",
        "Money",
        "Change between how many and how much money.",
        Place.MONTH,
        ("m",),
        "M",
    ),
    Command(
        "more_columns",
        "Columns",
        "Show the columns that have no room beside the first.",
        Place.MONTH,
        ("c",),
        "C",
    ),
    Command("advice", "Advice", "See what there is to look at.", Place.MONTH, ("a",), "A"),
    Command(
        "statement",
        "Papers",
        "Print the statement for the wall or a card for the counter, or put it into a file.",
        Place.MONTH,
        ("s",),
        "S",
    ),
    Command(
        "export",
        "Export",
        "Write the month, or any days, for the books: CSV, JSON, beancount, hledger, Xero, "
        "QuickBooks.",
        Place.MONTH,
        ("e",),
        "E",
    ),
    _help(Place.MONTH),
    Command("close", "Back", "Go back.", Place.MONTH, ("escape",), "Esc"),
    # The entries behind a number.
    Command(
        "open_gift", "Story", "Open the gift's story.", Place.POOL_ENTRIES, ("enter",), "Enter"
    ),
    Command("older", "Older", "Show the entries before these.", Place.POOL_ENTRIES, ("left",), "←"),
    Command("newer", "Newer", "Show the entries after these.", Place.POOL_ENTRIES, ("right",), "→"),
    _help(Place.POOL_ENTRIES),
    Command("close", "Back", "Go back.", Place.POOL_ENTRIES, ("escape",), "Esc"),
    # Advice.
    Command(
        "carry_out",
        "Do it",
        "Do what the marked advice suggests, in a form filled in already; see when what is missed "
        "was asked for.",
        Place.ADVICE,
        ("enter",),
        "Enter",
    ),
    _help(Place.ADVICE),
    Command("close", "Back", "Go back.", Place.ADVICE, ("escape",), "Esc"),
    # Close the day.
    Command(
        "end_day",
        "Close or correct",
        "Say what the till says and close the day; of a closed day, correct it.",
        Place.CLOSING,
        ("c", "enter"),
        "C",
    ),
    Command(
        "closing_slip",
        "Slip",
        "Print the day's closing slip, or put it into a file.",
        Place.CLOSING,
        ("p",),
        "P",
    ),
    Command("day_before", "Day before", "Go a day back.", Place.CLOSING, ("left",), "←"),
    Command("day_after", "Day after", "Go a day on.", Place.CLOSING, ("right",), "→"),
    _help(Place.CLOSING),
    Command("close", "Back", "Go back.", Place.CLOSING, ("escape",), "Esc"),
)
