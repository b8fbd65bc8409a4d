"""The words of a month's statement: each is true of any month, also of one without anything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from payforward.core.days import day_text
from payforward.core.model import ItemKind
from payforward.core.report_answers import NOTHING, together
from payforward.output.papers import count_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from payforward.core.report_answers import Amount, Moved
    from payforward.output.statement import Apart, Statement, StillWaits

QUESTION: Final = "Does the shop keep the money?"
PROMISE: Final = "What waits belongs to whoever asks next. The shop keeps none of it."
APART: Final = "Apart from the sum above"
CHECK: Final = "How to check this"
MOST_ROWS: Final = 12
"""So many items stand on the wall by name; the rest are told together."""
MOST_PROGRAMS: Final = 4
"""So many programs of a kind stand there by name."""
_BACK: Final = (("given back", "came again"), ("handed over", "came back"))
_GOODS: Final = (("came", "taken back"), *_BACK)
_JAR: Final = (("put in", "taken back"), *_BACK)
_HELD: Final = "held"


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of the sum.

    Args:
        sign: What stands before the amount: nothing, ``+``, ``−`` or, of the result, ``=``.
        words: What it is.
        detail: How many things it is, and how much of it is money gifts.
        minor: What it adds, below zero where it is taken away.
        amount: The same for people, without its sign.
    """

    sign: str
    words: str
    detail: str
    minor: int
    amount: str


@dataclass(frozen=True, slots=True)
class Section:
    """Something that stands apart from the sum.

    Args:
        title: What it is.
        rows: Programs, each with how much became what of it: ``("5", "handed over")``.
        words: Sentences below them.
    """

    title: str
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    words: tuple[str, ...] = ()


def answer(statement: Statement) -> str:
    """Return the month in one sentence or three."""
    moved = statement.moved
    here = _waits(statement)
    if not moved.given.amount_minor and not moved.redeemed.amount_minor:
        return f"Nothing was given and nothing was enjoyed. {here}"
    return " ".join((_given(statement), _enjoyed(statement), here))


def sum_lines(statement: Statement) -> tuple[SumLine, ...]:
    """Return the sum: its last line is what all above it make."""
    moved, things = statement.moved, statement.things
    went = [("Enjoyed", -moved.redeemed, -things.redeemed)]
    if moved.refunded != NOTHING:
        went.append(("Given back to givers", -moved.refunded, -things.refunded))
    if moved.passed_on != NOTHING:
        went.append(("Passed on, with the money", -moved.passed_on, -things.passed_on))
    return (
        _line(statement, "", "Waiting at the start", moved.opening, things.opening),
        _line(statement, "+", "Given by customers", moved.given, things.given),
        *(_line(statement, "−", *each) for each in went),
        _line(statement, "=", waits_title(statement), moved.closing, things.closing),
    )


def waits_title(statement: Statement) -> str:
    """Return what to call that which waits at the end."""
    return "Waiting now" if statement.until else "Waiting at the end"


def waiting_rows(statement: Statement) -> tuple[tuple[str, str, str], ...]:
    """Return what waits: how many, of what, and its money; the smallest together at last."""
    rows = statement.waiting
    if len(rows) <= MOST_ROWS:
        return tuple(_row(statement, each) for each in rows)
    heaviest = sorted(rows, key=lambda each: -each.held.amount_minor)[: MOST_ROWS - 1]
    named = {each.item.id for each in heaviest}
    rest = [each for each in rows if each.item.id not in named]
    units = sum(each.held.units for each in rest if each.item.kind is not ItemKind.MONEY)
    minor = sum(each.held.amount_minor for each in rest)
    kinds = count_text(len(rest), "other thing")
    last = (str(units) if units else "", f"of {kinds}", statement.money(minor))
    return (*(_row(statement, each) for each in rows if each.item.id in named), last)


def apart_sections(statement: Statement) -> tuple[Section, ...]:
    """Return what stands apart from the sum, only what there is."""
    paid = statement.money(abs(statement.house_minor))
    had = "The shop paid for it" if statement.house_minor >= 0 else "Of earlier servings"
    sections = (
        Section("Prices", words=tuple(_price_words(statement))),
        Section(
            "From the house",
            _named(statement.house, _served),
            (f"{had}: {paid} at the menu's prices.",) if statement.house else (),
        ),
        Section("Goods", _named(statement.goods, partial(_held_apart, statement, _GOODS, "here"))),
        Section(
            "Held for others", _named(statement.jars, partial(_held_apart, statement, _JAR, _HELD))
        ),
    )
    return tuple(each for each in sections if each.rows or each.words)


def wait_words(statement: Statement) -> str:
    """Return how long gifts wait, or nothing where none was enjoyed."""
    days = statement.median_wait_days
    if days is None:
        return ""
    if not days:
        return "Half of what was enjoyed was given the same day."
    return f"Half of what was enjoyed had waited for {count_text(days, 'day')} or less."


def check_words(statement: Statement) -> tuple[str, str, str, str]:
    """Return how to check it: a title, words, what is typed, and what that tells."""
    before = (
        f"On {day_text(statement.printed_on)} the shop's ledger ended with {statement.head}. "
        "Write that down, or take a picture of it. Later, ask for this to be typed:"
    )
    after = (
        "It reads every entry again. If one from before this page was changed or taken out, it "
        "says so."
    )
    return CHECK, before, f"payforward verify --head {statement.head}", after


def when_words(statement: Statement) -> str:
    """Return the month, and up to which day of it where it is not over."""
    if statement.until is None:
        return statement.title
    return f"{statement.title}, up to {day_text(statement.until)}"


def _given(statement: Statement) -> str:
    minor = statement.moved.given.amount_minor
    if not minor:
        return "Nothing was given."
    if minor > 0:
        return f"Customers gave {statement.money(minor)}."
    return f"{statement.money(-minor)} more was taken back than given."


def _enjoyed(statement: Statement) -> str:
    minor = statement.moved.redeemed.amount_minor
    if not minor:
        return "Nothing was enjoyed yet." if statement.until else "Nothing was enjoyed."
    if minor > 0:
        return f"Gifts of {statement.money(minor)} were enjoyed."
    return f"{statement.money(-minor)} more was taken back than enjoyed."


def _waits(statement: Statement) -> str:
    closing = statement.moved.closing
    if not closing.units:
        return "Nothing is waiting." if statement.until else "Nothing was waiting at the end."
    much = statement.money(closing.amount_minor)
    if statement.until:
        return f"{much} is waiting for whoever asks."
    return f"{much} was waiting at the end for whoever asks."


def _line(statement: Statement, sign: str, words: str, whole: Amount, things: Amount) -> SumLine:
    parts = [count_text(abs(things.units), "thing")] if things.units else []
    as_money = whole.amount_minor - things.amount_minor
    if as_money:
        parts.append(f"{statement.money(abs(as_money))} as money")
    minor = whole.amount_minor
    if sign in ("+", "−") and minor:
        # What was taken back may be more than what was done.
        sign = "+" if minor > 0 else "−"
    return SumLine(sign, words, ", ".join(parts), minor, statement.money(abs(minor)))


def _row(statement: Statement, each: StillWaits) -> tuple[str, str, str]:
    count = "" if each.item.kind is ItemKind.MONEY else str(each.held.units)
    return count, each.item.name, statement.money(each.held.amount_minor)


def _price_words(statement: Statement) -> list[str]:
    words = []
    if statement.rises_minor:
        much = statement.money(abs(statement.rises_minor))
        added = "The shop added" if statement.rises_minor > 0 else "Taken back: the shop had added"
        words.append(f"{added} {much} where the menu's price was above what the gift had paid.")
    if statement.falls_minor:
        much = statement.money(abs(statement.falls_minor))
        got = "The shop got" if statement.falls_minor > 0 else "Taken back: the shop had got"
        words.append(
            f"{got} {much} more where a gift had paid above the menu's price: that is part of what "
            "was enjoyed, not of what waits."
        )
    return words


def _served(moved: Moved) -> list[tuple[str, str]]:
    served = moved.redeemed.units
    return [(str(abs(served)), "served" if served >= 0 else "taken back")]


def _held_apart(
    statement: Statement, words: tuple[tuple[str, str], ...], here: str, moved: Moved
) -> list[tuple[str, str]]:
    """Return what was there, came, went and is there: a sum that can be followed.

    Args:
        statement: Whose.
        words: Of what was given, given back and handed over; each with that for the contrary,
            where more was taken back than was done.
        here: What to call what is there at the end.
        moved: What became of it; goods are counted, money is money.
    """

    def much(of: Amount) -> str:
        held = here == _HELD
        return statement.money(abs(of.amount_minor)) if held else str(abs(of.units))

    each = zip((moved.given, moved.refunded, moved.delivered), words, strict=True)
    told = [(much(of), does if of.units > 0 else undoes) for of, (does, undoes) in each if of.units]
    if told and moved.opening.units:
        told.insert(0, (much(moved.opening), "at the start"))
    when = "now" if statement.until else "at the end"
    return [*told, (much(moved.closing), f"{here} {when}")]


def _named(
    programs: tuple[Apart, ...], told: Callable[[Moved], list[tuple[str, str]]]
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return a row a program, and one for the rest together where there are many."""
    named = [(each.program.name, tuple(told(each.moved))) for each in programs[:MOST_PROGRAMS]]
    rest = programs[MOST_PROGRAMS:]
    if rest:
        named.append((f"{len(rest)} more", tuple(told(together(each.moved for each in rest)))))
    return tuple(named)
