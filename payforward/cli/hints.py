"""What to type, for errors whose own sentence names no command: the screens show those too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from payforward.core.errors import PayforwardError

HINTS: Final = {
    "clock-jumped": "If it is, run 'payforward clock --accept' once.",
    "item-needed": "Name it behind the code.",
    "item-exists": "'payforward items price' changes a price.",
    "ledger-exists": "--ledger PATH names another place.",
    "no-ledger": "'payforward setup' makes one.",
    "last-program": "'payforward programs add NAME --kind forward' adds one.",
    "not-a-ledger": "--ledger PATH names another file.",
    "no-pepper": "'payforward give ITEM --voucher' makes the first.",
    "no-printer": "'payforward printers add' adds one, 'payforward printers use' chooses.",
    "other-item": "Name another, or leave it out.",
    "passphrase-needed": "--passphrase-file FILE names a file with it.",
    "pepper-lost": "'payforward vouchers recovery --restore' reads it.",
    "pin-needed": "--pin-file FILE names a file with it.",
    "program-holds-gifts": "'payforward programs change NAME --to DAY' ends it.",
    "several-items": "'payforward vouchers' lists them.",
    "slip-expired": "'payforward board' shows it.",
    "unknown-action": "'payforward entries --ids' lists today's.",
    "unknown-batch": "'payforward partners batches' lists them.",
    "unknown-cashier": "'payforward people' lists them.",
    "unknown-gift": "'payforward entries' lists gifts by number.",
    "unknown-item": "'payforward items' lists the menu.",
    "unknown-manifest": "'payforward manifest' lists them.",
    "unknown-note": "'payforward asked' lists them.",
    "unknown-partner": "'payforward partners' lists them, 'payforward partners add' adds one.",
    "unknown-printer": "'payforward printers' lists them.",
    "unknown-program": "'payforward programs' lists them.",
    "unknown-slip": "'payforward vouchers' lists them.",
}
"""By the error's reason; each is a sentence that follows the error's own."""


def with_hint(error: PayforwardError) -> str:
    """Return an error's sentence, and what to type where that helps."""
    hint = HINTS.get(error.reason)
    return error.message if hint is None else f"{error.message} {hint}"
