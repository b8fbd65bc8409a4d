"""What people type, made safe once on its way in and again where it is shown.

Nothing that was typed may move the cursor, reverse the reading order, hide inside another
word or pile up over the lines above it. What people are called stays as they wrote it.
"""

from __future__ import annotations

import unicodedata

from payforward.core.errors import BadInput

MAX_NAME = 60
"""Characters in a name: of an item, a person, a shop."""
MAX_MESSAGE = 200
"""Characters in a giver's message."""
MAX_RECEIPT = 40
"""The most characters of a till's receipt number."""
MAX_STACKED_MARKS = 4
"""Combining marks on one letter; no living orthography needs more."""

ELLIPSIS = "…"
_ZWNJ, _ZWJ, _VS16 = "\u200c", "\u200d", "\ufe0f"
_JOINERS = frozenset((_ZWNJ, _ZWJ))
_UNSAFE_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_ZERO_WIDTH_CATEGORIES = _UNSAFE_CATEGORIES | {"Mn", "Mc", "Me"}
# Letters and signs that show nothing (or a box) and so could make a name that looks empty.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc")
# What a U+FE0F makes wide besides symbols: keycaps and the few punctuation marks that are emoji.
_WIDENED = frozenset("#*0123456789‼⁉ℹ⤴⤵↔◻◼◽◾")
# Blocks of the scripts that use joiners inside words: Arabic to Myanmar, Khmer and Mongolian,
# the later Indic blocks, Arabic's presentation forms, the Indic blocks beyond U+FFFF, Adlam.
_JOINING_BLOCKS = (
    (0x0600, 0x109F),
    (0x1780, 0x18AF),
    (0x1900, 0x1CFF),
    (0xA800, 0xABFF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFE),
    (0x11000, 0x11FFF),
    (0x1E900, 0x1E95F),
)
_PLAIN_FORMS = (
    {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
    | {0xFFE0: "¢", 0xFFE1: "£", 0xFFE5: "¥", 0xFFE6: "₩"}
    | {zero + digit: str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)}
    | dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x202F, 0x3000), " ")
)


def clean_line(text: str, *, max_length: int) -> str:
    r"""Return text as one safe line of at most ``max_length`` characters.

    The line is in Unicode's form NFC. Removed are control, format, private and unassigned
    characters, lone surrogates, blank letters, and marks beyond `MAX_STACKED_MARKS`; any run
    of white space is one space. A joiner (U+200C, U+200D) stays only between two letters of
    a script that joins, such as Persian and Hindi, or two parts of an emoji; elsewhere it is
    invisible and could make two names look alike. Brackets of any markup stay: they are text.

    >>> clean_line("  Zoe\u0308 \x1b[31m\u202e and\r\nfriends ", max_length=60)
    'Zoë [31m and friends'
    >>> clean_line("Hello", max_length=4)
    'Hell'
    """
    line = shown(text)
    if len(line) <= max_length:
        return line
    cut = 0
    for cluster in _clusters(line):
        if cut + len(cluster) > max_length:
            break
        cut += len(cluster)
    return shown(line[:cut])


def clean_name(text: str, *, what: str = "name", max_length: int = MAX_NAME) -> str:
    """Return a name as one safe line.

    >>> clean_name(" [b]O'Hara[/b] ")
    "[b]O'Hara[/b]"

    Args:
        text: What was typed.
        what: The word for it in complaints: ``name``, ``item``.
        max_length: The longest that it may be, in characters.

    Raises:
        BadInput: nothing readable is left of it, or it is too long.
    """
    name = shown(text)
    if not name:
        raise BadInput(
            f"The {what} is empty: write at least one letter or digit.", reason="bad-name"
        )
    if len(name) > max_length:
        raise BadInput(
            f"The {what} has {len(name)} characters: shorten it to {max_length}.",
            reason="bad-name",
        )
    return name


def clean_giver(text: str) -> str | None:
    """Return a giver's name as one safe line, or None where none was given.

    Raises:
        BadInput: it is too long.
    """
    return clean_name(text, what="giver's name") if text.strip() else None


def clean_receipt(text: str) -> str | None:
    """Return the number of a till's receipt as one safe line, or None where there is none.

    Raises:
        BadInput: it is too long.
    """
    number = shown(text)
    if len(number) > MAX_RECEIPT:
        raise BadInput(
            f"The till's receipt number has {len(number)} characters: shorten it to {MAX_RECEIPT}.",
            reason="bad-receipt",
        )
    return number or None


def clean_message(text: str) -> str | None:
    """Return a giver's message as one safe line, or None where nothing was written.

    Raises:
        BadInput: it has more than `MAX_MESSAGE` characters.
    """
    message = shown(text)
    if len(message) > MAX_MESSAGE:
        raise BadInput(
            f"The message has {len(message)} characters: shorten it to {MAX_MESSAGE}.",
            reason="bad-message",
        )
    return message or None


def shown(text: str) -> str:
    """Return stored text as it may be shown: safe by the rules of `clean_line`, of any length.

    It changes nothing that `clean_line` let through, and never raises.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    # One round can bring together what the next must look at: a mark whose letter was apart,
    # a joiner whose neighbour went. Rounds after the first only remove, so they end.
    while (safer := _safer(text)) != text:
        text = safer
    return text


def plain_forms(text: str) -> str:
    """Return text with the full-width forms, digits and spaces of other keyboards made plain.

    >>> plain_forms("＋２ ca ٣")
    '+2 ca 3'
    """
    return text.translate(_PLAIN_FORMS)


def cell_width(text: str) -> int:
    """Return how many cells of a terminal the text takes.

    Wide and full-width characters take two (Unicode standard annex 11), marks and joiners
    none; what a zero-width joiner joins, takes the place of its first part.

    >>> [cell_width(each) for each in ("latte", "李雷", "Zoe\u0308", "👩‍🍳")]
    [5, 4, 3, 2]
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_cluster_width(cluster) for cluster in _clusters(text))


def fit_name(name: str, width: int) -> str:
    """Return a name in exactly ``width`` cells, cut before its last word.

    What tells sizes apart stands at the end: "Jamaican Coffee River Lg".

    >>> fit_name("Jamaican Coffee River Lg", 17)
    'Jamaican Coff… Lg'
    """
    first, _, last = shown(name).rpartition(" ")
    room = width - cell_width(last) - 1
    if cell_width(name) <= width or not first or room < 4:
        return fit(name, width)
    return fit(f"{fit(first, room).rstrip()} {last}", width)


def fit(text: str, width: int) -> str:
    """Return text made safe, cut with an ellipsis and padded to exactly ``width`` cells.

    >>> fit("Cappuccino", 6), fit("Tea", 6), fit("李雷李雷", 6)
    ('Cappu…', 'Tea   ', '李雷… ')
    """
    line = shown(text)
    taken = cell_width(line)
    if taken > width:
        line, taken, clusters = "", 0, _clusters(line)
        room = width - cell_width(ELLIPSIS)
        while clusters and taken + _cluster_width(clusters[0]) <= room:
            line += clusters[0]
            taken += _cluster_width(clusters.pop(0))
        if room >= 0:
            line += ELLIPSIS
            taken += cell_width(ELLIPSIS)
    return line + " " * (width - taken)


def _safer(text: str) -> str:
    """Return text after one round of every rule."""
    kept: list[str] = []
    for char in text:
        if char.isspace():
            kept.append(" ")
        elif char in _JOINERS or _is_safe(char):
            kept.append(char)
    joined = [
        char
        for before, char, after in zip(["", *kept], kept, [*kept[1:], ""], strict=False)
        if char not in _JOINERS or _joins(before, after)
    ]
    line = unicodedata.normalize("NFC", " ".join("".join(joined).split()))
    return _unstacked(line).strip(" ")


def _is_safe(char: str) -> bool:
    """Tell whether a character shows itself and does nothing else."""
    return unicodedata.category(char) not in _UNSAFE_CATEGORIES and char not in _BLANK


def _joins(before: str, after: str) -> bool:
    """Tell whether a joiner between these has a meaning; a missing neighbour is empty."""
    return bool(before and after) and (
        (_is_of_joining_script(before) and _is_of_joining_script(after))
        or (_is_part_of_emoji(before) and _is_part_of_emoji(after))
    )


def _is_of_joining_script(char: str) -> bool:
    """Tell whether a letter or mark belongs to a script that joins."""
    return unicodedata.category(char)[0] in "LM" and any(
        first <= ord(char) <= last for first, last in _JOINING_BLOCKS
    )


def _is_part_of_emoji(char: str) -> bool:
    """Tell whether a character may be next to a joiner in an emoji."""
    if unicodedata.category(char) == "So" or char in (_VS16, "\u2194"):
        return True
    return _is_skin_tone(char)


def _is_skin_tone(char: str) -> bool:
    """Tell whether a character only colours the emoji before it."""
    return "\U0001f3fb" <= char <= "\U0001f3ff"


def _is_stacked(char: str) -> bool:
    """Tell whether a character is a mark that is drawn over, under or around its letter."""
    return unicodedata.category(char) in ("Mn", "Me")


def _unstacked(line: str) -> str:
    """Return a line without marks that have no letter, and without marks beyond the limit."""
    kept: list[str] = []
    marks = MAX_STACKED_MARKS
    for char in line:
        if _is_stacked(char):
            marks += 1
            if marks > MAX_STACKED_MARKS:
                continue
        elif char == " ":
            marks = MAX_STACKED_MARKS
        elif char not in _JOINERS:
            marks = 0
        kept.append(char)
    return "".join(kept)


def _clusters(text: str) -> list[str]:
    """Return text in the pieces that people see as one character each.

    It is Unicode standard annex 29 in short: marks, joiners, what a U+200D joins, skin tones
    and the second half of a flag stay with what they follow.
    """
    clusters: list[str] = []
    for char in text:
        last = clusters[-1] if clusters else ""
        if last and (
            unicodedata.category(char)[0] == "M"
            or char in _JOINERS
            or last[-1] == _ZWJ
            or _is_skin_tone(char)
            or (_is_flag_half(char) and len(last) == 1 and _is_flag_half(last))
        ):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def _is_flag_half(char: str) -> bool:
    """Tell whether a character is one of the two letters of a flag."""
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _cluster_width(cluster: str) -> int:
    """Return the cells of one piece of `_clusters`."""
    width = 0
    for before, char in zip(" " + cluster, cluster, strict=False):
        if char == _VS16:
            width += _char_width(before) == 1 and _is_widened(before)
        elif before != _ZWJ:
            width += _char_width(char)
    return width


def _is_widened(char: str) -> bool:
    """Tell whether U+FE0F turns a narrow character into a wide emoji."""
    return char in _WIDENED or (unicodedata.category(char) == "So" and char != "°")


def _char_width(char: str) -> int:
    """Return the cells of one character by itself."""
    if unicodedata.category(char) in _ZERO_WIDTH_CATEGORIES or _is_skin_tone(char):
        return 0
    if "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff":  # follow a Hangul consonant
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
