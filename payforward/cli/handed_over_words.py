"""What went to partners, as scripts and people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.cli.program_words import waits_said
from payforward.cli.words import money, table, tender
from payforward.core.clock import utc_text
from payforward.core.days import day_text
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from payforward.core.program_answers import HandedOver


def handed_over_document(done: HandedOver, currency: str) -> dict[str, object]:
    """Return one hand-over for scripts; goods have no value, so theirs is 0."""
    return {
        "action": done.action,
        "manifest": done.number,
        "program": done.program.name,
        "partner": done.partner,
        "lines": [
            {
                "item": line.item.name,
                "units": line.units,
                "amount_minor": line.amount_minor,
            }
            for line in done.lines
        ],
        "units": done.units,
        "amount_minor": done.amount_minor,
        "currency": currency,
        "tender": None if done.tender is None else done.tender.value,
        "day": done.day.isoformat(),
        "at": utc_text(done.at),
        "head": done.head,
        "left": done.left,
        "taken_back": done.taken_back,
        "repeated": done.repeated,
    }


def handed_over_lines(done: HandedOver, currency: str) -> Iterator[str]:
    """Return for people what has just gone to whom, and what is left of it."""
    if done.repeated:
        yield "That was done before, and was not done again:"
    yield from _what_lines(done, currency)
    yield f"{_left(done, currency)}."
    yield f"Manifest {done.number}; to take it back: payforward undo {done.action}"


def manifest_lines(done: HandedOver, currency: str) -> Iterator[str]:
    """Return for people what once went to whom."""
    yield f"Manifest {done.number} of {day_text(done.day)}:"
    yield from _what_lines(done, currency)
    if done.taken_back >= done.units:
        yield "It was taken back since."
    elif done.taken_back:
        back = money(done.taken_back, currency) if _is_money(done) else str(done.taken_back)
        if len(done.lines) > 1:
            back = waits_said(done.came_back, currency)
        yield f"{back} of it was taken back since."


def _is_money(done: HandedOver) -> bool:
    return all(line.item.kind is ItemKind.MONEY for line in done.lines)


def _what_lines(done: HandedOver, currency: str) -> Iterator[str]:
    what = waits_said(done.lines, currency)
    how = f", {tender(done.tender)}" if done.tender else ""
    whose = f"to {shown(done.partner)}, of {shown(done.program_names)}"
    yield f"{what} {whose}{how}." if _is_money(done) else f"{what} {whose}."
    if done.amount_minor and not _is_money(done):
        yield f"{money(done.amount_minor, currency)} goes along{how}."


def handed_over_table(done: Sequence[HandedOver], currency: str) -> list[str]:
    """Return several hand-overs for people, a line each."""
    rows = [
        [
            str(each.number),
            day_text(each.day),
            each.partner,
            each.program_names,
            waits_said(each.lines, currency),
            _money(each, currency),
        ]
        for each in done
    ]
    return table([["manifest", "day", "partner", "program", "what", ""], *rows], "><<<<<")


def _money(done: HandedOver, currency: str) -> str:
    if done.taken_back:
        return "taken back" if done.taken_back >= done.units else "partly taken back"
    if _is_money(done) or not done.amount_minor:
        return ""
    return money(done.amount_minor, currency)


def _left(done: HandedOver, currency: str) -> str:
    is_money = _is_money(done)
    left = money(done.left, currency) if is_money else str(done.left)
    if done.program.kind is ProgramKind.CHARITY:
        return f"{left} still in the jar"
    if done.program.kind is ProgramKind.DRIVE:
        if not done.left:
            return "None of those goods is here any more"
        return f"{left} of those goods {'is' if done.left == 1 else 'are'} still here"
    return f"{left} still {'in the fund' if is_money else 'on the board'}"
