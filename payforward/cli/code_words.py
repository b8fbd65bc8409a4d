"""Codes in and out at the command line: read as scanners type them, shown once, in groups."""

from __future__ import annotations

import sys
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from payforward.cli.output import complain
from payforward.core import codes
from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from payforward.core.codes import Code

FROM_INPUT: Final = "-"
"""What stands for a code that is read from standard input, where no list of commands keeps it."""

MOST_LINES: Final = 200

CODE_HELP: Final = (
    "as scanned or typed; - reads it from standard input, so that no history keeps it"
)


def code_of(typed: str) -> Code:
    """Return the code in whatever a scanner typed, on the command line or on standard input.

    Raises:
        BadCode: there is none.
        BadInput: it should be on standard input, and nothing is.
    """
    if typed.strip() == FROM_INPUT:
        typed = _line_of_input("Scan the slip, or type the letters under its square:")
    return codes.parse(typed)


def code_and_rest(typed: str, words: Sequence[str]) -> tuple[Code, tuple[str, ...]]:
    """Return a code and the words behind it, where its groups may have come as words of their own.

    Raises:
        BadCode: there is no code.
    """
    rest = list(words)
    while (
        typed.strip() != FROM_INPUT
        and rest
        and _is_group(rest[0])
        and len(codes.compact(typed)) < codes.LENGTH
    ):
        typed = f"{typed} {rest.pop(0)}"
    return code_of(typed), tuple(rest)


def lines_of_input(count: int) -> list[str]:
    """Return so many lines of letters that a person types, or that stand in a sheet's file.

    They may come as one line, or group by group. A person is asked again for what is wrong.

    Raises:
        BadInput: nothing is there to be read.
    """
    if sys.stdin is not None and sys.stdin.isatty():
        return _typed_lines(count)
    lines = [_line_of_input("").strip()]
    while len(lines) < MOST_LINES and (line := _line_of_input("", may_end=True)):
        lines.append(line.strip())
    return _told_apart(lines, count)


def letters(code: Code | None) -> str | None:
    """Return a code's twenty letters for scripts; None where it was told before."""
    return None if code is None else code.letters


def grouped(code: Code) -> str:
    """Return a code in five groups of four, as it is printed."""
    return codes.format(code.letters)


def _is_group(word: str) -> bool:
    return len(word) == codes.GROUP and _is_of_letters(word.upper())


def _typed_lines(count: int) -> list[str]:
    """Return so many lines as a person types them, each asked for until it is as it should be."""
    lines: list[str] = []
    begun = ""
    while len(lines) < count:
        goes_on = ", from its next group on" if begun else ""
        begun += codes.compact(_line_of_input(f"Line {len(lines) + 1} of {count}{goes_on}:"))
        if len(begun) < codes.LENGTH and len(begun) % codes.GROUP == 0 and _is_of_letters(begun):
            continue
        found = _cut(begun) if len(begun) <= (count - len(lines)) * codes.LENGTH else [begun]
        begun = ""
        right = [*takewhile(codes.is_valid, found)]
        lines += right
        if len(right) < len(found):
            complain(
                f"Line {len(lines) + 1} is not as the sheet has it: type its {codes.LENGTH} "
                "letters again."
            )
    return lines


def _told_apart(lines: Sequence[str], count: int) -> list[str]:
    """Return the lines of letters among others, however they were broken."""
    codes_alone = [line for line in lines if codes.looks_like_code(line)]
    if len(codes_alone) == count:
        return codes_alone
    said = [line for line in lines if line]
    whole = codes.compact("".join(said))
    is_broken_otherwise = len(said) != count and len(whole) == count * codes.LENGTH
    return _cut(whole) if is_broken_otherwise else said[:count]


def _cut(typed: str) -> list[str]:
    return [typed[at : at + codes.LENGTH] for at in range(0, len(typed), codes.LENGTH)]


def _is_of_letters(typed: str) -> bool:
    return all(char in codes.ALPHABET for char in typed)


def _line_of_input(question: str, *, may_end: bool = False) -> str:
    """Return one line of standard input; people are told what is awaited."""
    if sys.stdin is None:
        raise _nothing()
    if sys.stdin.isatty():
        complain(question)
    try:
        line = sys.stdin.readline()
    except OSError:
        raise _nothing() from None
    if not line and not may_end:
        raise _nothing()
    return line


def _nothing() -> BadInput:
    return BadInput(
        "Nothing came on standard input: scan or type a code there, and end it with Enter.",
        reason="no-input",
    )
