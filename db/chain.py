"""The chain: each entry's hash covers all its fields and the hash before it."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from payforward.core.model import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION: Final = 1
"""Which fields, in which order; a later form of the entry gets the next number."""

GENESIS: Final = bytes(32)
"""What stands in ``prev`` of a shop's first entry."""

FIRST_DAY: Final = "0001-01-01"
"""The day of a head that nothing moved yet."""

COLUMNS: Final = tuple(field.name for field in fields(Entry))
HASHED: Final = tuple(name for name in COLUMNS if name not in {"prev", "hash"})

Value = int | str | bytes | None


def entry_hash(prev: bytes, values: Iterable[Value]) -> bytes:
    """Return SHA-256 over ``prev``, the version byte, and each field with type tag and length.

    Tag and length make the encoding injective: no two different entries share one.

    Args:
        prev: The 32 bytes of the entry before.
        values: The values of `HASHED`, in that order.
    """
    parts = [prev, bytes([VERSION])]
    for value in values:
        if value is None:
            parts.append(b"n")
            continue
        if isinstance(value, int):
            tag, body = b"i", b"%d" % value
        elif isinstance(value, str):
            tag, body = b"t", value.encode()
        else:
            tag, body = b"b", value
        parts.append(b"%b%d:" % (tag, len(body)))
        parts.append(body)
    return hashlib.sha256(b"".join(parts)).digest()


def head_text(no: int, digest: bytes) -> str:
    """Return a head as slips and closings print it.

    >>> head_text(1234, bytes.fromhex("9f3a2b1c") + bytes(28))
    '1234-9f3a2b1c'
    """
    return f"{no}-{digest[:4].hex()}"
