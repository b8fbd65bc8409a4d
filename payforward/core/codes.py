"""Codes on vouchers and receipts: twenty letters that no scanner or reader gets wrong unseen.

Sixteen letters that look like no other and sit on the same keys of the usual keyboards, four
bits each: eighteen at random (72 bits) and two check letters. Case, spaces and hyphens do not
matter. The verbs are those of python-stdnum.

>>> compact("bcde-fghj knpr stvx bcpr")
'BCDEFGHJKNPRSTVXBCPR'
>>> is_valid("BCDE FGHJ KNPR STVX BCPR"), is_valid("BCDE FGHJ KNPR STVX CBPR")
(True, False)
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from payforward.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ALPHABET: Final = "BCDEFGHJKNPRSTVX"
LENGTH: Final = 20
RANDOM_LETTERS: Final = 18
RANDOM_BYTES: Final = 9
"""Eighteen letters of four bits."""
GROUP: Final = 4

MOST_TYPED: Final = 1_000
"""Only the end of a longer text is looked at: no payload is so long."""

UNREADABLE: Final = (
    "I can't read this as one of our slips. Scan again, or type the letters under the square."
)

_BETWEEN: Final = r"[\s\-‐‑‒–—−_.·\u00ad\u200b\u2060\ufeff]"
_SEPARATORS: Final = re.compile(f"{_BETWEEN}+")
_RUN: Final = re.compile(f"[{ALPHABET}]+")
_LAST: Final = re.compile(
    f"(?<![{ALPHABET}])"
    f"(?:[{ALPHABET}]{{{LENGTH}}}"
    f"|(?:[{ALPHABET}]{{{GROUP}}}{_BETWEEN}+){{{LENGTH // GROUP - 1}}}[{ALPHABET}]{{{GROUP}}})$"
)
"""A code at the end of a text, whole or in groups; no letter of the alphabet right before it."""


class BadCode(Refused):
    """What was typed or scanned is no code at all; the ledger was not even asked."""

    def __init__(self, message: str = UNREADABLE) -> None:
        super().__init__(message, reason="unreadable-code")


@dataclass(frozen=True, slots=True)
class Ending:
    """What looks like a code at the end of a text.

    Args:
        start: Where it begins.
        code: The code; None where there is a typing error in it.
    """

    start: int
    code: Code | None


@dataclass(frozen=True, slots=True)
class Code:
    """A code in clear, which is as good as what it buys; its letters show only when asked for.

    Logs and tracebacks print `repr`, so that says nothing.

    Args:
        letters: Twenty letters; whoever makes one from typed text uses `parse`.
    """

    letters: str = field(repr=False)

    def __str__(self) -> str:
        """Return nothing that could be spent."""
        return "Code()"


def new_code(random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> Code:
    """Return a new code.

    Args:
        random_bytes: Answers so many bytes that nobody can guess.
    """
    drawn = random_bytes(RANDOM_BYTES).hex()
    return Code(with_check_letters("".join(ALPHABET[int(digit, 16)] for digit in drawn)))


def compact(typed: str) -> str:
    """Return what was typed in capitals, without what people put between groups."""
    return _SEPARATORS.sub("", _folded(typed))


def validate(typed: str) -> str:
    """Return a code's twenty letters.

    Raises:
        BadCode: it has another length, other letters, or a typing error.
    """
    letters = compact(typed)
    if len(letters) != LENGTH or not _is_sound(letters):
        raise BadCode
    return letters


def is_valid(typed: str) -> bool:
    """Return whether `validate` would take it."""
    try:
        validate(typed)
    except BadCode:
        return False
    return True


def format(code: str, separator: str = " ") -> str:  # noqa: A001 - python-stdnum's verb
    """Return a code in five groups of four, as it is printed.

    >>> format("BCDEFGHJKNPRSTVXBCPR", "-")
    'BCDE-FGHJ-KNPR-STVX-BCPR'
    """
    letters = compact(code)
    return separator.join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def find(typed: str) -> Code | None:
    """Return the code in whatever a scanner typed, or None.

    It is the last twenty letters that pass the check, whole words before parts of longer ones;
    all else, such as an address or a shop's name before it, is ignored.
    """
    text = _folded(typed[-MOST_TYPED:])
    runs = list(_RUN.finditer(text))
    for letters in (*_whole_runs(text, runs), *_parts(runs)):
        if _is_sound(letters):
            return Code(letters)
    return None


def parse(typed: str) -> Code:
    """Return the code in whatever was typed or scanned.

    Raises:
        BadCode: there is none.
    """
    code = find(typed)
    if code is None:
        raise BadCode
    return code


def looks_like_code(typed: str) -> bool:
    """Return whether what was typed has a code's length and letters, right or wrong."""
    letters = compact(typed)
    return len(letters) == LENGTH and all(letter in ALPHABET for letter in letters)


def ending(typed: str) -> Ending | None:
    """Return what looks like a code at the very end of a text, or None.

    Whoever looks while letter after letter arrives needs more than twenty letters that pass the
    check, as one of 256 does: here they stand alone, whole or in groups of four.

    >>> ending("HTTPS://HOST/V/BCDEFGHJKNPRSTVXBCPR")
    Ending(start=15, code=Code())
    """
    text = _folded(typed)
    found = _LAST.search(text)
    if found is None:
        return None
    letters = _SEPARATORS.sub("", found[0])
    return Ending(found.start(), Code(letters) if _is_sound(letters) else None)


# -- check letters ----------------------------------------------------------------------------

# Arithmetic of GF(16) with the polynomial x^4 + x + 1, a generator of which is x: sums are
# exclusive ors, products add the powers of x. Each place of a code has a column of two numbers;
# the letters times their columns add up to (0, 0).
#
# A single error is found because no column is (0, 0); swapped neighbours, swaps over one letter
# and twins (BB for CC) because no column near is a multiple of another. There are only
# seventeen columns of which none is another's multiple, so three places repeat one, as far apart
# as can be: 3 of 190 pairs of places, in which 1 of 15 double errors is missed, 0.105 %.
# After J. Verhoeff, Error Detecting Decimal Codes (1969), and the Hamming codes over GF(q).

_POWERS: Final = (1, 2, 4, 8, 3, 6, 12, 11, 5, 10, 7, 14, 15, 13, 9)
_LOGARITHMS: Final = {value: power for power, value in enumerate(_POWERS)}
_COLUMNS: Final = (
    *((1, value) for value in _POWERS),
    (1, 0),
    (0, 1),
    # Twice the first three columns, over GF(16): (x, x), (x, x^2), (x, x^3).
    (2, 2),
    (2, 4),
    (2, 8),
)


def with_check_letters(letters: str) -> str:
    """Return eighteen letters with the two check letters behind them.

    The last two columns are (x, x^2) and (x, x^3), so the two letters a and b that make all add
    up to (0, 0) are those of x(a + b) = s and x(xa + x^2 b) = t.
    """
    first, second = _sums(letters)
    # With s' = s / x and t' = t / x^2: a + b = s' and a + x b = t', so b = (s' + t') / (1 + x).
    first, second = _divided(first, 2), _divided(second, 4)
    last = _divided(first ^ second, 3)
    return f"{letters}{ALPHABET[first ^ last]}{ALPHABET[last]}"


def _is_sound(letters: str) -> bool:
    return all(letter in ALPHABET for letter in letters) and _sums(letters) == (0, 0)


def _sums(letters: str) -> tuple[int, int]:
    first = second = 0
    for letter, (one, other) in zip(letters, _COLUMNS, strict=False):
        value = ALPHABET.index(letter)
        first ^= _product(value, one)
        second ^= _product(value, other)
    return first, second


def _product(one: int, other: int) -> int:
    if one == 0 or other == 0:
        return 0
    return _POWERS[(_LOGARITHMS[one] + _LOGARITHMS[other]) % 15]


def _divided(one: int, other: int) -> int:
    return 0 if one == 0 else _POWERS[(_LOGARITHMS[one] - _LOGARITHMS[other]) % 15]


# -- what people and scanners type ------------------------------------------------------------


def _folded(typed: str) -> str:
    """Return text in capitals, each character by itself: ß must not become two letters."""
    return "".join(map(_capital, unicodedata.normalize("NFC", typed)))


def _capital(char: str) -> str:
    wide = unicodedata.normalize("NFKC", char).upper()
    return wide if len(wide) == 1 else char


def _whole_runs(text: str, runs: list[re.Match[str]]) -> Iterator[str]:
    """Return every twenty letters made of whole runs with separators between, the last ones first.

    Twenty letters that begin or end within a word pass the check once in 256 times.
    """
    for last in range(len(runs) - 1, -1, -1):
        start, letters = last, runs[last][0]
        while len(letters) < LENGTH and start > 0:
            if not _SEPARATORS.fullmatch(text, runs[start - 1].end(), runs[start].start()):
                break
            start -= 1
            letters = runs[start][0] + letters
        if len(letters) == LENGTH:
            yield letters


def _parts(runs: list[re.Match[str]]) -> Iterator[str]:
    """Return every twenty letters within a longer run, the last ones first."""
    for run in reversed(runs):
        for start in range(len(run[0]) - LENGTH, -1, -1):
            yield run[0][start : start + LENGTH]
