"""What may be asked of the ledger, and what makes two requests the same one."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Union

from db import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.closing import CloseDay
    from db.settling import SettleBudget
    from payforward.core.asks import (
        Collect,
        Deliver,
        Give,
        GiveAway,
        HandOut,
        MakeSlip,
        PassOn,
        Redeem,
        Refund,
        Replace,
        TakeBack,
        Undo,
    )

_WORDS_OF_ASK: Final = {"giver": words.GIVER, "message": words.MESSAGE, "reason": words.REASON}


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemDigest:
    """`RedeemSlip` with what the ledger knows of the code, in hexadecimal digits.

    The code itself is in no request, not even hashed with others' help.
    """

    action: str
    code: str
    item: int | None = None
    units: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireSlips:
    """What the calendar asks: put what is left on slips past their day on the board."""

    action: str
    slips: tuple[int, ...]


Ask = Union[
    "Give",
    "Redeem",
    "Undo",
    "Refund",
    RedeemDigest,
    "Replace",
    "HandOut",
    "MakeSlip",
    "TakeBack",
    ExpireSlips,
    "GiveAway",
    "Collect",
    "Deliver",
    "PassOn",
    "SettleBudget",
    "CloseDay",
]


def request_digest(ask: Ask) -> bytes:
    """Return SHA-256 of what was asked, without the action's id and without personal words.

    Words stay out of the chain, where they could never be erased; `same_words` compares them.
    What was left at its default counts as not asked: a program with one field more must know a
    retry of what the one before it wrote. So a default, once released, is never changed.
    """
    facts = {
        each.name: said
        for each in fields(ask)
        if each.name not in _WORDS_OF_ASK
        and each.name != "action"
        and (said := getattr(ask, each.name)) is not None
        and said != each.default
    }
    text = json.dumps([type(ask).__name__, facts], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


def asked_words(ask: Ask) -> Mapping[str, str | None]:
    """Return the personal words of a request, by their kind."""
    return {kind: getattr(ask, name) for name, kind in _WORDS_OF_ASK.items() if hasattr(ask, name)}
