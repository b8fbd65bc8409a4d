"""Papers to print, and words that do their worst."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from payforward.core.answers import Given
from payforward.core.codes import Code, with_check_letters
from payforward.core.model import Item, ItemKind, SlipState, Tender
from payforward.core.slip_answers import Issued, IssuedSlip, Slip
from payforward.output import papers
from payforward.output.partner_papers import batch_paper

if TYPE_CHECKING:
    from payforward.output.blocks import Paper

SHOP: Final = "Rosa's Café"
CODE: Final = Code("BCDEFGHJKNPRSTVXBCPR")
PAYLOAD: Final = "ROSAS CAFE GIFT BCDEFGHJKNPRSTVXBCPR"
AT: Final = datetime(2026, 11, 21, 17, 40, tzinfo=UTC)
DAY: Final = AT.date()
ADDRESS: Final = "pay.forward-cafe.rosas-cafe.example"

HOSTILE: Final = {
    "commands": "Hi\x1b@\x1bi\x1dV\x00\x10\x14\x01 there\x9b31m\x07",
    "typst": '#read("/etc/passwd") $x^2$ ] [ _a_ *b* `c` <label> @ref \\ // /* "#sys"',
    "markup": "<script>alert(1)</script>&amp;<!--]]> <img src=x onerror=alert(1)>",
    "bidi": "safe \u202eevil\u202c \u2066x\u2069 \u200b\ufeff",
    "emoji": "Thank you 😀👩‍🍳 ❤️",
    "japanese": "どうぞ、ゆっくりしていってください。",
    "hebrew": "בתאבון, חבר יקר",
    "hindi": "आनंद लें, दोस्त",
    "long": "supercalifragilistic" * 10,
    "many": ("a word and another one " * 9)[:200].strip(),
    "json": '"}],"paper_mm":9,"x":["',
    "marks": "e\u0301\u0323 Zo\u0308e o\u0302\u0301",
}


def item(name: str = "Flat white", kind: ItemKind = ItemKind.MENU) -> Item:
    """Return an item."""
    return Item(1, name, kind, None, 350, 1)


def slip(
    *,
    number: int = 212,
    of: Item | None = None,
    left: int = 1,
    message: str | None = "Enjoy it, whoever you are.",
    giver: str | None = "Ana",
    expires_on: date | None = None,
    partner: str | None = None,
    place: tuple[int, int] = (1, 1),
) -> Slip:
    """Return a slip as the ledger answers it."""
    return Slip(
        slip=number,
        gifts=(12,),
        item=of or item(),
        units=left,
        left=left,
        amount_minor=350 * left,
        state=SlipState.WAITING,
        issued_on=DAY,
        expires_on=expires_on,
        partner=partner,
        ended_at=None,
        ended_till=None,
        giver=giver,
        message=message,
        head="120-1a2b3c4d",
        number=place[0],
        of=place[1],
    )


def voucher(
    message: str | None = "Enjoy it, whoever you are.",
    *,
    shop: str = SHOP,
    name: str = "Flat white",
    giver: str | None = "Ana",
    left: int = 1,
    address: str | None = None,
    code: Code = CODE,
) -> Paper:
    """Return a slip's paper."""
    what = slip(of=item(name), message=message, giver=giver, left=left)
    return papers.voucher_paper(shop, what, code, currency="EUR", address=address)


def given() -> Given:
    """Return a gift as the ledger answers it."""
    return Given(
        action="a",
        gift=12,
        item=item(),
        units=2,
        amount_minor=700,
        waiting=3,
        tender=Tender.CASH,
        day=DAY,
        receipt=CODE,
    )


def issued(count: int) -> Issued:
    """Return slips handed out to a partner."""
    return Issued(
        action="a",
        item=item(),
        units=count,
        partner="Night shelter",
        slips=tuple(
            IssuedSlip(
                slip(number=200 + at, partner="Night shelter", place=(at + 1, count)), code_of(at)
            )
            for at in range(count)
        ),
        waiting=3,
    )


def code_of(number: int) -> Code:
    """Return a code that belongs to a number."""
    digits = f"{number:018x}"
    return Code(with_check_letters("".join("BCDEFGHJKNPRSTVX"[int(digit, 16)] for digit in digits)))


def every_paper() -> dict[str, Paper]:
    """Return one of each kind."""
    return {
        "voucher": voucher(),
        "money": papers.voucher_paper(
            SHOP, slip(of=item("Community fund", ItemKind.MONEY), left=1000), CODE, currency="EUR"
        ),
        "address": voucher(address=ADDRESS),
        "receipt": papers.receipt_paper(SHOP, given(), currency="EUR", till_receipt="0012-44"),
        "order": papers.order_paper(
            SHOP, number=31, at=AT, item=item(), units=1, price_minor=350, currency="EUR"
        ),
        "batch": batch_paper(SHOP, [each.slip for each in issued(12).slips], currency="EUR"),
        "recovery": papers.recovery_paper(SHOP, ["BCDE FGHJ KNPR STVX BCPR"] * 4),
        "test": papers.test_paper(SHOP, at=AT, printer="Counter"),
    }
