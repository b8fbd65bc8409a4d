"""Names for actions that no two tills can both make: UUID version 7 (RFC 9562, section 5.7)."""

from __future__ import annotations

import secrets
import time
import uuid
from typing import Final

from payforward.core.errors import BadInput

_NAMESPACE: Final = uuid.UUID("0191f6f2-5b1c-5c1e-9d0f-6a1d8c2e4b70")
"""Any UUID that stays the same for ever."""


def new_action_id(*, unix_ms: int | None = None, random_80: int | None = None) -> str:
    """Return a new UUIDv7 in its usual 36-character form.

    Args:
        unix_ms: Milliseconds since 1970 (UTC); the system clock's without it.
        random_80: 80 random bits, of which 74 are used; from ``secrets`` without it.

    >>> new_action_id(unix_ms=0x017F22E279B0, random_80=(0xCC3 << 62 | 0x18C4DC0C0C07398F) << 6)
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f'
    """
    if unix_ms is None:
        unix_ms = time.time_ns() // 1_000_000
    if random_80 is None:
        random_80 = secrets.randbits(80)
    random_74 = random_80 >> 6
    rand_a, rand_b = random_74 >> 62, random_74 & ((1 << 62) - 1)
    value = (unix_ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b
    return str(uuid.UUID(int=value))


def action_id_of(*facts: str | int) -> str:
    """Return the id of an action that is what these facts say: the same wherever it is made.

    UUID version 5 (RFC 9562, section 5.5).

    >>> action_id_of("budget", 7, 2, "2026-11-23", 1)
    'a495e60b-8c4e-5e1b-a084-000f917b9cca'
    """
    return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, facts))))


def parse_action_id(text: str) -> str:
    """Return any UUID that a person or a script gave, in lower case with its hyphens.

    Raises:
        BadInput: it is no UUID.
    """
    try:
        return str(uuid.UUID(text.strip()))
    except ValueError:
        raise BadInput(
            f"{text[:40]!r} is not an action's id: give a UUID such as {uuid.UUID(int=0)}.",
            reason="bad-id",
        ) from None
