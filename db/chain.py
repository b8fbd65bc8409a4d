"""The chain: each entry's hash covers all its fields and the hash before it."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from payforward.core.model import Entry, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

VERSION: Final = 1
"""The form in which entries are written now."""

# Written out for good, and never made of the entry's class: a field that a later program adds
# must not change what the entries of ten years hash to. It comes with a next version.
FIELDS: Final[Mapping[int, tuple[str, ...]]] = {
    1: (
        "shop",
        "no",
        "version",
        "book",
        "seq",
        "gift",
        "action",
        "line",
        "request",
        "kind",
        "place",
        "slip",
        "program",
        "item",
        "units",
        "balance",
        "unit_minor",
        "amount_minor",
        "currency",
        "pool_units",
        "pool_minor",
        "served_item",
        "served",
        "list_price_minor",
        "tax_kind",
        "tax_rate",
        "till_receipt",
        "expires",
        "till",
        "cashier",
        "partner",
        "tender",
        "undoes",
        "code",
        "at",
        "day",
    ),
}
"""Which fields each version hashes, in which order; after them stand ``prev`` and ``hash``."""

GENESIS: Final = bytes(32)
"""What stands in ``prev`` of a shop's first entry."""

FIRST_DAY: Final = "0001-01-01"
"""The day of a head that nothing moved yet."""

_CLOSE: Final = str(Kind.CLOSE)

COLUMNS: Final = Entry._fields
"""All that is stored of an entry, in the order of the table."""

HASHED: Final = FIELDS[VERSION]

Value = int | str | bytes | None

_STORED: Final = frozenset({int, str, bytes, type(None)})


def _picker(names: tuple[str, ...]) -> Callable[[Entry], tuple[Value, ...]]:
    if names == COLUMNS[: len(names)]:
        return itemgetter(slice(len(names)))  # three times as fast
    return itemgetter(*map(COLUMNS.index, names))


_VERSION_BYTES: Final = {version: bytes((version,)) for version in FIELDS}

_pick: Final = {version: _picker(names) for version, names in FIELDS.items()}


class _Encodings(dict[Value, bytes]):
    """What fields come to, remembered: most are the same in thousands of entries.

    Values of the types in `_STORED` are never equal across types; those that could be, such as
    1.0 and True, never get here.
    """

    most: Final = 20_000

    def __missing__(self, value: Value) -> bytes:
        if isinstance(value, bytes):
            return b"b%d:%b" % (len(value), value)
        encoded = _encoded(value)
        if len(self) >= self.most:
            # A number met now comes again soon, if it comes again at all: begin anew.
            self.clear()
        self[value] = encoded
        return encoded


def _encoded(value: int | str | None) -> bytes:
    if value is None:
        return b"n"
    if isinstance(value, int):
        digits = b"%d" % value
        return b"i%d:%b" % (len(digits), digits)
    text = value.encode()
    return b"t%d:%b" % (len(text), text)


_encoding: Final = _Encodings().__getitem__


def entry_hash(prev: bytes, values: Sequence[Value], version: int = VERSION) -> bytes:
    """Return SHA-256 over ``prev``, the version byte, and each field with type tag and length.

    Tag and length make the encoding injective: no two different entries share one.

    Args:
        prev: The 32 bytes of the entry before.
        values: The values of `FIELDS` of that version, in their order.
        version: The entry's.

    Raises:
        TypeError: a value is of a type that no field has; a float or a bool, say.
    """
    if not _STORED.issuperset(map(type, values)):
        raise TypeError
    return sha256(prev + bytes((version,)) + b"".join(map(_encoding, values))).digest()


def hash_of(entry: Entry) -> bytes:
    """Return the hash that an entry should have by what it states.

    Raises:
        KeyError: it is of a version that this program does not know.
        TypeError: a value is of a type that no field has.
    """
    version = entry.version
    values = _pick[version](entry)
    # What SQLite can answer, and no field has.
    if float in map(type, values):
        raise TypeError
    return sha256(entry.prev + _VERSION_BYTES[version] + b"".join(map(_encoding, values))).digest()


def day_after(kind: str, day: str) -> str:
    """Return the earliest day of what follows an entry: after a close, the next one."""
    if kind != _CLOSE:
        return day
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day


def head_text(no: int, digest: bytes) -> str:
    """Return a head as slips and closings print it.

    >>> head_text(1234, bytes.fromhex("9f3a2b1c") + bytes(28))
    '1234-9f3a2b1c'
    """
    return f"{no}-{digest[:4].hex()}"
