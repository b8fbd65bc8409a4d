"""What was hashed once hashes the same for ever, and what was asked once is known again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from db.chain import COLUMNS, FIELDS, VERSION, day_after, entry_hash, hash_of
from db.requests import ExpireSlips, RedeemDigest, request_digest
from payforward.core.asks import (
    Collect,
    Deliver,
    Give,
    HandOut,
    MakeSlip,
    PassOn,
    Redeem,
    Refund,
    Replace,
    TakeBack,
    Undo,
)
from payforward.core.model import Entry, PaidFrom, Tender

if TYPE_CHECKING:
    from db.requests import Ask

ACTION = "00000000-0000-7000-8000-000000000001"
FACTS: dict[str, Any] = {
    **dict.fromkeys(COLUMNS),
    "shop": 7,
    "no": 2,
    "version": 1,
    "book": 1,
    "seq": 2,
    "gift": 1,
    "action": ACTION,
    "line": 1,
    "request": bytes(32),
    "kind": "redeem",
    "place": "board",
    "program": 1,
    "item": 3,
    "units": -1,
    "balance": 1,
    "unit_minor": 360,
    "amount_minor": -360,
    "currency": "EUR",
    "pool_units": 1,
    "pool_minor": 360,
    "served_item": 3,
    "served": 1,
    "list_price_minor": 360,
    "till": 1,
    "at": "2026-11-21T17:40:00.000Z",
    "day": "2026-11-21",
    "prev": bytes(32),
    "hash": bytes(32),
}


def test_an_entry_of_version_1_hashes_as_it_always_did() -> None:
    """Never change this digest: shops have chains of it."""
    assert hash_of(Entry(**FACTS)).hex() == (
        "fc38ab6205c006aaf1da62156f0a5600e5ecdf1e1f2fc26b5255993bcbf7f663"
    )


def test_every_field_but_the_chains_own_is_hashed() -> None:
    assert FIELDS[VERSION] == COLUMNS[:-2]
    assert COLUMNS[-2:] == ("prev", "hash")


def test_the_version_is_hashed() -> None:
    values = [FACTS[name] for name in FIELDS[1]]
    assert entry_hash(bytes(32), values, 1) != entry_hash(bytes(32), values, 2)


def test_an_unknown_version_has_no_hash() -> None:
    with pytest.raises(KeyError):
        hash_of(Entry(**FACTS | {"version": 99}))


@pytest.mark.parametrize("impostor", [1.0, True])
def test_what_equals_a_number_is_none(impostor: Any) -> None:
    """A cache of encodings must not take 1.0 or True for 1, whichever comes first."""
    for value in (1, impostor, 1):
        if value is impostor:
            with pytest.raises(TypeError):
                entry_hash(bytes(32), [value])
        else:
            entry_hash(bytes(32), [value])
    assert entry_hash(bytes(32), [1]) != entry_hash(bytes(32), ["1"])
    assert entry_hash(bytes(32), ["1"]) != entry_hash(bytes(32), [b"1"])


@pytest.mark.parametrize(
    ("kind", "day", "after"),
    [
        ("give", "2026-12-31", "2026-12-31"),
        ("close", "2026-12-31", "2027-01-01"),
        ("close", "9999-12-31", "9999-12-31"),
        ("close", "no day", "no day"),
    ],
)
def test_after_a_close_the_next_day_begins(kind: str, day: str, after: str) -> None:
    assert day_after(kind, day) == after


# Never change these: a retry after an upgrade is known by them.
DIGESTS: list[tuple[Ask, str]] = [
    (
        Give(action=ACTION, item=4, units=2),
        "4cc5c5c62691f3f43d1ddb0261037aa4cd9e5987708446a685d7b67b1716445b",
    ),
    (
        Give(
            action=ACTION,
            item=4,
            units=2,
            paid_minor=700,
            tender=Tender.CARD,
            till_receipt="A 12",
            program=1,
            giver="Ana",
            message="Enjoy",
        ),
        "868a59c45c48b6a7a3f52fb294d3f9eda0f89e7a4ed4279dc4d2561cfeed4ccc",
    ),
    (
        Redeem(action=ACTION, item=4),
        "047556dcf8664be2ea11cce62a3eef549006b2fcd4dfa7beb9c422c29ae58b1d",
    ),
    (
        Redeem(action=ACTION, item=4, units=2, paid_from=PaidFrom.GROUP, substitute=3),
        "a7738be41c96b65addcd3e034f2dfa39fe16116ec3f0655b328bbe284690fd4a",
    ),
    (
        Undo(action=ACTION, undoes=ACTION),
        "19075ab3e92f809e66b9625d8e3afc21f6c2c3653ad2e29a4567094b991ac93f",
    ),
    (
        Undo(action=ACTION, undoes=ACTION, units=1, reason="a slip"),
        "0603d98c453957c03440b4aa6ab7c93f1a928a8190120991c30e7126e57edf7a",
    ),
    (
        Refund(action=ACTION, gift=1),
        "adf5b1420f1c46ceea91f0c55d6d99708de80062c618aad8eaf0d212f5cf6b59",
    ),
    (
        Refund(action=ACTION, gift=1, units=2, tender=Tender.CASH),
        "9aad3186a7256eafacc381142aea2d50cb41330cbfa0ca6109918a7c29d06c91",
    ),
    (
        Give(action=ACTION, item=4, units=2, voucher=True),
        "3a7365713e0eb89753ca8b06660c7dd9e992744c847f69c2dd3522a78556e2d7",
    ),
    (
        RedeemDigest(action=ACTION, code="00" * 32),
        "46ce54b1140fc256c72a86939bec5a9bfe284b875d60ccca2e047e1321fa2355",
    ),
    (
        RedeemDigest(action=ACTION, code="00" * 32, item=4, units=2),
        "7752b49a97a12af8782dfc96ebd50f485d8d224735de036492ffc24eacbe8c49",
    ),
    (
        Replace(action=ACTION, slip=1),
        "2ff9c25019488e0ef131b1765d0111e4b5434ff68cc64464e6e5dc89046d7a34",
    ),
    (
        HandOut(action=ACTION, item=4),
        "729f6dbc3155019b86913076bfe08e2bdb2333ae894d7820c698a3cef3d3fff7",
    ),
    (
        HandOut(action=ACTION, item=4, slips=10, units_each=2, partner=1),
        "507ff38cbed2ea852e1f001cdb79c1f3819d23b8af889d046b3fc593a5e4b7a8",
    ),
    (
        MakeSlip(action=ACTION, gift=1),
        "1d905159610ff3e4c935a4585367bd2028de0fca71e7955231a16b0e347f63c8",
    ),
    (
        MakeSlip(action=ACTION, gift=1, units=2),
        "5bcf6037a921844a01915929dfcba29e91eee49cdce06a546e5eeba4b0622369",
    ),
    (
        TakeBack(action=ACTION, slips=(1, 3)),
        "9773b28f42fce74e17c71e7b59954e6d500ae068e8429626b0e6bf925d3104f1",
    ),
    (
        ExpireSlips(action=ACTION, slips=(1, 3)),
        "d37b951df3cb0c2ae2f86c3b09f4afe8b82d9d214d255011790875ffb453000d",
    ),
    (
        Collect(action=ACTION, item=6, program=2, units=3, giver="Ana"),
        "44310c07df0d7b47c9b31d286d1a642c9554f73ce2b937f9a82bae976dd9ac75",
    ),
    (
        Deliver(action=ACTION, program=2, partner=1),
        "873e470e5716b43e59c4c70666f699b14c96c36e18ef7805a5cd3c9b2214a29a",
    ),
    (
        Deliver(action=ACTION, program=2, partner=1, parts=((6, 3), (7, 1)), tender=Tender.CARD),
        "9f488c26bf29aef32f469728c11a6bd1a6d83c4721b68df427c327fcd494ad74",
    ),
    (
        PassOn(action=ACTION, item=4, partner=1, units=5),
        "9b2e99f6a10d6754c25f16d299f3cd88fe17dfe393882346c35547d6c0fe8909",
    ),
    (
        PassOn(action=ACTION, item=4, partner=1, tender=Tender.OTHER, program=1),
        "6479ecf960ba702982107dc9912eb5b6fa603a429b851b1374c456acf7908860",
    ),
]


@pytest.mark.parametrize(("ask", "digest"), DIGESTS)
def test_what_is_asked_has_the_digest_that_it_always_had(ask: Ask, digest: str) -> None:
    assert request_digest(ask).hex() == digest


@dataclass(frozen=True, kw_only=True)
class _Later(Redeem):
    """What a later program may ask: the same and more."""

    voucher: bool = False
    note: str | None = None


_Later.__name__ = "Redeem"


def test_a_field_that_comes_later_does_not_change_what_was_asked_without_it() -> None:
    old = request_digest(Redeem(action=ACTION, item=4, units=2))
    assert request_digest(_Later(action=ACTION, item=4, units=2)) == old
    assert request_digest(_Later(action=ACTION, item=4, units=2, voucher=True)) != old
