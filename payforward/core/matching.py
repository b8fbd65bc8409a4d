"""Finding an item by what somebody typed of its name: at the counter, in a script, by mistake."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´"))
# Latin letters that Unicode does not take apart and that people type as others.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
# Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels. Marks of other scripts
# (the voicing of kana, the vowels of Hindi) make another word and stay.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]")
# From here on come the scripts that are written without spaces.
_FIRST_WITHOUT_SPACES = "\u0e00"
_MAX_TYPED = 100
_NEAR = 0.6


@lru_cache(maxsize=4096)  # every key that is pressed compares the whole menu
def folded(text: str) -> str:
    """Return the words of a text as they are compared: no case, accents or apostrophes.

    >>> folded("  Zoë's CRÈME-brûlée (Ｌg) ")
    'zoes creme brulee lg'
    """
    # Taken apart before and after: some letters have a case only once they are plain.
    apart = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", apart)).translate(_LETTERS)
    plain = unicodedata.normalize("NFC", bare)
    spaced = "".join(" " if unicodedata.category(char)[0] in "PSZC" else char for char in plain)
    # A name that is only a sign, such as an emoji, is compared as it is.
    return " ".join(spaced.split()) or " ".join(text.casefold().split())


def find_by_letters(letters: str, names: Sequence[str]) -> list[int]:
    """Return the places of the names that the letters may mean, the likeliest first.

    First the name itself; then names that begin so, the shorter first; then names in which
    each typed word begins a word, in this order; then, in scripts without spaces, names that
    hold the letters. Only where there is none of these, the letters may run over the
    beginnings of several words. Within a rank the menu's order holds.

    >>> menu = ["Cappuccino", "Flat white", "Latte", "Latte Lg", "White tea"]
    >>> find_by_letters("wh", menu), find_by_letters("la", menu), find_by_letters("lalg", menu)
    ([4, 1], [2, 3], [3])
    """
    (found,) = find_in_turn(letters, [names])
    return found


def find_in_turn(letters: str, lists: Sequence[Sequence[str]]) -> list[list[int]]:
    """Return the places in each of several lists of names, as `find_by_letters` does of one.

    Letters run over the beginnings of several words only where nothing fits in any list: what
    a name of a later list is called is likelier meant than a riddle of the first.

    >>> find_in_turn("coat", [["Cold oat latte", "Tea"], ["Coat S", "Coat M"]])
    [[], [0, 1]]
    >>> find_in_turn("coat", [["Cold oat latte", "Tea"], ["Tin"]])
    [[0], []]
    """
    wanted = folded(letters[:_MAX_TYPED])
    if not wanted:
        return [[] for _ in lists]
    found = [_ranked(wanted, names) for names in lists]
    if any(found):
        return found
    run = wanted.replace(" ", "")
    return [
        [index for index, name in enumerate(names) if _runs_over(run, folded(name).split())]
        for names in lists
    ]


def _ranked(wanted: str, names: Sequence[str]) -> list[int]:
    """Return the places of the names that folded letters fit well, the likeliest first."""
    ranked = [
        (rank, index)
        for index, name in enumerate(names)
        if (rank := _rank(wanted, folded(name), name)) is not None
    ]
    return [index for _, index in sorted(ranked)]


def resolve(typed: str, names: Sequence[str]) -> int | None:
    """Return the place of the one name that was meant, or None where none or several could be.

    Only the whole name is meant, whatever its case and accents, also with a trailing
    "Regular", which tills add to an only size. Beginnings are not enough here: a script that
    says "latte" must not get the "Latte Lg" once the latte is off the menu.

    >>> menu = ["Flat white", "Latte", "Latte Lg"]
    >>> [resolve(each, menu) for each in ("LATTE", "latte regular", "flat", "la", "mocha")]
    [1, 1, None, None, None]
    """
    wanted = folded(typed[:_MAX_TYPED])
    if not wanted:
        return None
    keys = [folded(name) for name in names]
    for meant in (wanted, wanted.removesuffix(" regular")):
        same = [index for index, key in enumerate(keys) if key == meant]
        if len(same) > 1:
            same = [index for index in same if _as_typed(names[index]) == _as_typed(typed)]
        if same:
            return same[0] if len(same) == 1 else None
    return None


def nearest(typed: str, names: Sequence[str], limit: int = 3) -> list[str]:
    """Return up to ``limit`` names that somebody may have meant, the likeliest first.

    >>> nearest("capuchino", ["Latte", "Cappuccino", "Flat white"])
    ['Cappuccino']
    """
    found = find_by_letters(typed, names)[:limit]
    if len(found) < limit:
        wanted = folded(typed[:_MAX_TYPED])
        likeness = [
            (-_likeness(wanted, folded(name)), index)
            for index, name in enumerate(names)
            if index not in found
        ]
        found += [index for score, index in sorted(likeness) if -score >= _NEAR]
    return [names[index] for index in found[:limit]]


def _rank(wanted: str, key: str, name: str) -> tuple[int, int] | None:
    """Return how well folded letters fit a folded name, the smallest best; None if not at all."""
    if key == wanted:
        return (0, 0)
    if key.startswith(wanted):
        return (1, len(key))
    if _begins_words(wanted.split(), _words(key, name)):
        return (2, 0)
    if wanted[0] >= _FIRST_WITHOUT_SPACES and wanted in key:
        return (3, 0)
    return None


def _words(key: str, name: str) -> list[str]:
    """Return the words of a name, with those that follow an apostrophe or a number."""
    after = re.findall(r"(?:['’]|\b[0-9]+)(?=[^\W\d_]{2})(\w+)", name)
    return key.split() + [folded(word) for word in after]


def _begins_words(tokens: list[str], words: list[str]) -> bool:
    """Tell whether each token begins a word, in the words' order."""
    rest = iter(words)
    return bool(tokens) and all(any(word.startswith(token) for word in rest) for token in tokens)


def _runs_over(letters: str, words: list[str]) -> bool:
    """Tell whether letters are the beginnings of some words run together, in order.

    >>> _runs_over("flatwh", ["flat", "white"]), _runs_over("fwx", ["flat", "white"])
    (True, False)
    """
    # The ends of letters that the words so far can account for.
    reached = {0}
    for word in words:
        for start in sorted(reached):
            length = 0
            while letters[start + length : start + length + 1] == word[length : length + 1] != "":
                length += 1
                reached = reached | {start + length}
    return len(letters) in reached


def _as_typed(text: str) -> str:
    """Return a text as it is compared where accents tell two names apart."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _likeness(wanted: str, key: str) -> float:
    """Return how alike two folded texts are, from 0 to 1: the whole, or one of the words."""
    best = 0.0
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    for candidate in {key, *(word for word in key.split() if len(word) > 2)}:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR:
            best = max(best, matcher.ratio())
    return best
