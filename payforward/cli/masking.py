"""Codes kept out of complaints, which say back what was typed and end up in logs."""

from __future__ import annotations

import re
from typing import Final

from payforward.core.codes import ALPHABET, GROUP

MASK: Final = "(a code)"

MOST_SHOWN: Final = 12
"""So many letters of the alphabet in a row can be a word; more are a code, or part of one."""

_LETTER: Final = f"[{ALPHABET}{ALPHABET.lower()}]"
_WHOLE: Final = f"{_LETTER}{{{MOST_SHOWN + 1},}}"
_GROUPS: Final = rf"\b{_LETTER}{{{GROUP}}}(?:[\s\W_]{{1,3}}{_LETTER}{{{GROUP}}}){{2,}}\b"
_CODES: Final = re.compile(rf"{_GROUPS}|{_WHOLE}")


def masked(sentence: str) -> str:
    """Return a sentence without any code that was typed.

    >>> masked("There is no HTTPS://HOST/V/bcdefghjknprstvxbcpr on the menu.")
    'There is no HTTPS://HOST/V/(a code) on the menu.'
    >>> masked("There is no BCDE FGHJ-KNPR STVX BCPR on it.")
    'There is no (a code) on it.'
    """
    return _CODES.sub(MASK, sentence)
