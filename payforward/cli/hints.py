"""What to type, for errors whose own sentence names no command: the screens show those too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from payforward.core.errors import PayforwardError

HINTS: Final = {
    "clock-jumped": "If it is, run 'payforward clock --accept' once.",
    "item-exists": "'payforward items price' changes a price.",
    "ledger-exists": "--ledger PATH names another place.",
    "no-ledger": "'payforward setup' makes one.",
    "not-a-ledger": "--ledger PATH names another file.",
    "unknown-action": "'payforward entries' lists today's.",
    "unknown-gift": "'payforward entries' lists gifts by number.",
    "unknown-item": "'payforward items' lists the menu.",
}
"""By the error's reason; each is a sentence that follows the error's own."""


def with_hint(error: PayforwardError) -> str:
    """Return an error's sentence, and what to type where that helps."""
    hint = HINTS.get(error.reason)
    return error.message if hint is None else f"{error.message} {hint}"
