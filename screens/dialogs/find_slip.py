"""Asks for a slip: scanned, its letters typed, or its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core import codes
from payforward.core.errors import BadInput
from payforward.core.text import plain_forms
from screens.dialogs.ask_line import AskLine, Line

if TYPE_CHECKING:
    from payforward.core.codes import Code


class FindSlip(AskLine["Code | int"]):
    """Asks for a code or a number; a scan answers it, and serves nothing here.

    Args:
        typed: What was typed before.
        problem: Why it did not do.
    """

    def __init__(self, typed: str = "", *, problem: str = "") -> None:
        super().__init__(
            "Find a slip",
            "Code, number",
            typed,
            read_slip,
            yes="Find",
            said="Scan it: here that only looks. Or type its letters, its number, or its gift’s.",
            problem=problem,
        )

    def scanned(self, code: Code) -> None:
        """Take a scanned code as the answer."""
        self.dismiss(Line("", code))

    def misread(self) -> None:
        """Say that it is no code of ours."""
        self.complain(codes.UNREADABLE)


def read_slip(typed: str) -> Code | int:
    """Return the code or the number that was typed.

    >>> read_slip(" 12 ")
    12

    Raises:
        BadInput: it is neither.
    """
    number = plain_forms(typed).strip()
    if number.isascii() and number.isdigit() and len(number) <= 12:
        return int(number)
    code = codes.find(typed)
    if code is None:
        raise BadInput(codes.UNREADABLE, reason="unreadable-code")
    return code
