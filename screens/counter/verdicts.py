"""What was done, in a sentence and in passing: whatever the ledger answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from payforward.core.answers import Given, Redeemed, Undone
from payforward.core.model import PaidFrom, ProgramKind
from payforward.core.program_answers import AskedNote, Collected
from payforward.core.programs import Program
from payforward.core.slip_answers import TakenBack
from payforward.core.text import shown
from screens.counter import gift_words, house_words, program_words, words
from screens.counter.asked_ways import Forgotten

if TYPE_CHECKING:
    from screens.counter.words import MoneyWords, Variants

Answer: TypeAlias = Given | Redeemed | Undone | TakenBack | Collected | AskedNote | Forgotten


def done(answer: Answer, money: MoneyWords, *, named: bool = False) -> Variants:
    """Say what was done; ``named`` says whether a gift's program is to be told."""
    said: Variants
    match answer:
        case Given(program=Program(kind=ProgramKind.CHARITY) as jar):
            said = program_words.in_the_jar(answer, jar, money)
        case Given():
            to = shown(answer.program.name) if named and answer.program is not None else ""
            said = gift_words.given(answer, money, to=to)
        case Redeemed(paid_from=PaidFrom.GIVEAWAY):
            said = house_words.house_served(answer)
        case Redeemed():
            said = words.served(answer, money)
        case TakenBack():
            said = words.on_board(answer, money)
        case Undone():
            said = words.taken_back(answer, money)
        case Collected():
            said = program_words.taken_in(answer)
        case AskedNote():
            said = program_words.noted(answer)
        case Forgotten():
            said = program_words.forgotten(answer.note)
    return said


def in_passing(answer: Answer, money: MoneyWords) -> str:
    """Return what was done in a word: for the line of what happened here just now."""
    if isinstance(answer, Forgotten):
        return f"↶ note of {words.said(answer.note.item, answer.note.units, money)}"
    others = answer.others if isinstance(answer, Undone) else 0
    what = words.said_all(answer.item, answer.units, others, money)
    if isinstance(answer, AskedNote):
        return f"noted {what}"
    if isinstance(answer, Given | Collected):
        in_jar = answer.program is not None and answer.program.kind is ProgramKind.CHARITY
        return f"+ {what} jar" if in_jar else f"+ {what}"
    return f"− {what}" if isinstance(answer, Redeemed) else f"↶ {what}"
