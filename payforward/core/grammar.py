"""The counter's input: an optional sign, an optional number, the first letters of an item."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from payforward.core.errors import BadInput
from payforward.core.text import clean_line, plain_forms

MAX_COUNT = 99
"""The most units of one entry at the counter."""

_MAX_TYPED = 80
_GIVE = "+﹢➕"
_SERVE = "-−–—‐‑﹣➖"
_NUMBER = r"[0-9][0-9.,]*|[.,][0-9][0-9.,]*"
_NUMBER_FIRST = re.compile(rf"(?P<number>{_NUMBER}) ?(?P<letters>.*)")
_NUMBER_LAST = re.compile(rf"(?P<letters>[^0-9]*[^0-9.,]) ?(?P<number>{_NUMBER})")


class Verb(StrEnum):
    """What the counter is asked to do."""

    GIVE = "give"
    SERVE = "serve"


@dataclass(frozen=True, slots=True)
class Typed:
    """The parts of what stands in the counter's input.

    Args:
        verb: What to do; None where nothing was typed at all.
        number: The number as typed, a count or an amount of money; None without one.
        letters: What was typed of an item's name; empty for the highlighted row.
        explicit: Whether the verb was typed; without a sign it is to serve.
        name: Letters and a number behind them as typed, for what is called "Shoes 42"; empty
            where no number stands behind letters.
    """

    verb: Verb | None
    number: str | None
    letters: str
    explicit: bool
    name: str = field(default="", compare=False, repr=False)


def parse_entry(text: str) -> Typed:
    """Return the parts of an entry; any text has some.

    A sign is ``+`` or ``-`` in any of their forms. The number stands before the letters, or
    after letters that have no number before them.

    >>> parse_entry("+2ca")
    Typed(verb=<Verb.GIVE: 'give'>, number='2', letters='ca', explicit=True)
    >>> parse_entry("fu 12,50")
    Typed(verb=<Verb.SERVE: 'serve'>, number='12,50', letters='fu', explicit=False)
    >>> parse_entry("-")
    Typed(verb=<Verb.SERVE: 'serve'>, number=None, letters='', explicit=True)
    """
    line = clean_line(plain_forms(text), max_length=_MAX_TYPED)
    if not line:
        return Typed(None, None, "", explicit=False)
    explicit = line[0] in _GIVE + _SERVE
    verb = Verb.GIVE if line[0] in _GIVE else Verb.SERVE
    rest = line[1:].strip() if explicit else line
    first = _NUMBER_FIRST.fullmatch(rest)
    parts = first or _NUMBER_LAST.fullmatch(rest)
    if parts is None:
        return Typed(verb, None, rest, explicit)
    name = "" if first else rest
    return Typed(verb, parts["number"], parts["letters"].strip(), explicit, name)


def quantity(typed: Typed) -> int | None:
    """Return the number as a count of units, or None where none was typed.

    >>> quantity(parse_entry("+2ca")), quantity(parse_entry("ca"))
    (2, None)

    Raises:
        BadInput: it is not a whole number from 1 to 99.
    """
    if typed.number is None:
        return None
    if re.fullmatch("[0-9]{1,2}", typed.number) and int(typed.number):
        return int(typed.number)
    raise BadInput(
        f"{typed.number[:12]} is not a count: write a whole number from 1 to {MAX_COUNT}.",
        reason="bad-count",
    )
