"""The chain: each entry's hash covers all its fields and the hash before it."""

from __future__ import annotations

import hashlib
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

COLUMNS: Final = Entry._fields
HASHED: Final = COLUMNS[:-2]
"""All but ``prev`` and ``hash``, which come last."""
assert COLUMNS[-2:] == ("prev", "hash")

Value = int | str | bytes | None


_VERSION_BYTE: Final = bytes([VERSION])


class _Encodings(dict[Value, bytes]):
    """What fields come to, remembered: most are the same in thousands of entries."""

    most: Final = 20_000

    def __missing__(self, value: Value) -> bytes:
        encoded = _encoded(value)
        if len(self) < self.most and not isinstance(value, bytes):
            self[value] = encoded
        return encoded


def _encoded(value: Value) -> bytes:
    if value is None:
        return b"n"
    if isinstance(value, int):
        tag, body = b"i", b"%d" % value
    elif isinstance(value, str):
        tag, body = b"t", value.encode()
    else:
        tag, body = b"b", value
    return b"%b%d:%b" % (tag, len(body), body)


_encodings: Final = _Encodings()


def entry_hash(prev: bytes, values: Iterable[Value]) -> bytes:
    """Return SHA-256 over ``prev``, the version byte, and each field with type tag and length.

    Tag and length make the encoding injective: no two different entries share one.

    Args:
        prev: The 32 bytes of the entry before.
        values: The values of `HASHED`, in that order.
    """
    parts = (prev, _VERSION_BYTE, *map(_encodings.__getitem__, values))
    return hashlib.sha256(b"".join(parts)).digest()


def hash_of(entry: Entry) -> bytes:
    """Return the hash that an entry should have by what it states."""
    return entry_hash(entry.prev, entry[:-2])


def head_text(no: int, digest: bytes) -> str:
    """Return a head as slips and closings print it.

    >>> head_text(1234, bytes.fromhex("9f3a2b1c") + bytes(28))
    '1234-9f3a2b1c'
    """
    return f"{no}-{digest[:4].hex()}"
