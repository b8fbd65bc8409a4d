"""What went to partners, as scripts and people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.cli.program_words import waits_said
from payforward.cli.words import money, table, tender
from payforward.core.clock import utc_text
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
    """Return for people what went to whom, and what is left of it."""
    if done.repeated:
        yield "That was done before, and was not done again:"
    what = waits_said(done.lines, currency)
    yield f"{what} to {shown(done.partner)}, of {shown(done.program.name)}."
    if done.amount_minor:
        yield f"{money(done.amount_minor, currency)} goes along, {tender(done.tender)}."
    yield f"{_left(done, currency)}."
    if done.taken_back:
        yield "It was taken back since."
    yield f"Manifest {done.number}; to take it back: payforward undo {done.action}"


def handed_over_table(done: Sequence[HandedOver], currency: str) -> list[str]:
    """Return several hand-overs for people, a line each."""
    rows = [
        [
            str(each.number),
            each.day.isoformat(),
            each.partner,
            each.program.name,
            waits_said(each.lines, currency),
            _money(each, currency),
        ]
        for each in done
    ]
    return table([["manifest", "day", "partner", "program", "what", ""], *rows], "><<<<<")


def _money(done: HandedOver, currency: str) -> str:
    if done.taken_back:
        return "taken back"
    if done.program.kind is ProgramKind.CHARITY or not done.amount_minor:
        return ""
    return money(done.amount_minor, currency)


def _left(done: HandedOver, currency: str) -> str:
    is_money = any(line.item.kind is ItemKind.MONEY for line in done.lines)
    left = money(done.left, currency) if is_money else str(done.left)
    if done.program.kind is ProgramKind.CHARITY:
        return f"{left} still in the jar"
    if done.program.kind is ProgramKind.DRIVE:
        return f"{left} of them still here"
    return f"{left} still {'in the fund' if is_money else 'on the board'}"
