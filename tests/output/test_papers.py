"""What papers say, and what they never say."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from payforward.core.model import ItemKind, Tender
from payforward.output import papers
from payforward.output.blocks import Big, Columns, Letters, Paper, Quote, Sign, Square
from payforward.output.partner_papers import batch_paper
from tests.output.slips import (
    AT,
    CODE,
    HOSTILE,
    PAYLOAD,
    SHOP,
    every_paper,
    given,
    issued,
    item,
    slip,
    voucher,
)


def squares(paper: Paper) -> list[str]:
    """Return what a paper's squares say."""
    return [block.payload for block in paper.blocks if isinstance(block, Square)]


def test_a_voucher_says_what_it_is_and_how_to_use_it() -> None:
    words = voucher().words().split("\n")
    for line in (
        SHOP,
        "1 Flat white",
        "Enjoy it, whoever you are.",
        "Ana",
        "Show this at the counter, any day.",
        "BCDE FGHJ KNPR STVX BCPR",
        "No cash value.",
        "Slip 212 · 21 Nov 2026",
        "120-1a2b3c4d",
    ):
        assert line in words
    assert squares(voucher()) == [PAYLOAD]


def test_a_voucher_for_several_says_what_becomes_of_the_rest() -> None:
    assert "What you leave stays on it." in voucher(left=3).words()
    assert "3 Flat white" in voucher(left=3).words()
    assert "What you leave" not in voucher().words()


def test_a_voucher_says_what_is_left_on_it() -> None:
    used = dataclasses.replace(slip(left=2), units=5)
    assert "2 Flat white" in papers.voucher_paper(SHOP, used, CODE, currency="EUR").words()


def test_a_voucher_of_money_says_its_amount() -> None:
    fund = slip(of=item("Community fund", ItemKind.MONEY), left=1000)
    words = papers.voucher_paper(SHOP, fund, CODE, currency="EUR").words()
    assert "€10.00" in words
    assert "fund" not in words


def test_a_voucher_says_until_when_where_the_shop_set_that() -> None:
    ending = slip(expires_on=date(2027, 3, 1))
    words = papers.voucher_paper(SHOP, ending, CODE, currency="EUR").words()
    assert "Show this at the counter, until 1 Mar 2027." in words


def test_a_voucher_without_words_of_a_giver_has_no_quotation() -> None:
    paper = voucher(None, giver=None)
    assert not [block for block in paper.blocks if isinstance(block, Quote)]


def test_a_receipt_thanks_and_its_square_can_only_look() -> None:
    paper = papers.receipt_paper(SHOP, given(), currency="EUR")
    assert Columns("Paid in cash", "€7.00") in paper.blocks
    assert Columns("Day", "21 Nov 2026") in paper.blocks
    assert {"Thank you.", "2 Flat white"} <= set(paper.words().split("\n"))
    assert squares(paper) == [f"ROSAS CAFE RECEIPT {CODE.letters}"]
    assert "This code buys nothing." in paper.words()
    assert "donation" not in paper.words()


@pytest.mark.parametrize("tender", Tender)
def test_a_receipt_without_a_code_has_no_square(tender: Tender) -> None:
    plain = dataclasses.replace(given(), receipt=None, tender=tender)
    paper = papers.receipt_paper(SHOP, plain, currency="EUR")
    assert not squares(paper)
    assert "buys nothing" not in paper.words()


def test_an_order_reads_like_any_paid_order() -> None:
    words = every_paper()["order"].words()
    assert words.split("\n")[1:] == [
        SHOP,
        "21 Nov 2026, 17:40",
        "No. 31",
        "1 Flat white",
        "€3.50",
        "Paid",
        "€3.50",
        "Thank you.",
    ]
    for never in ("gift", "free", "charity", "voucher", "slip", "fund", "given"):
        assert never not in words.casefold()


def test_a_batch_lists_its_slips_and_no_code() -> None:
    batch = issued(12)
    paper = batch_paper(SHOP, [each.slip for each in batch.slips], currency="EUR")
    assert not squares(paper)
    assert not [block for block in paper.blocks if isinstance(block, Letters)]
    for line in (
        Big("Batch 200"),
        Columns("Total", "12 slips"),
        Columns("Each for", "1 Flat white"),
        Sign("Received by"),
    ):
        assert line in paper.blocks
    assert Columns("For", "Night shelter") in paper.blocks
    assert ", ".join(str(number) for number in range(200, 212)) in paper.words()
    for each in batch.slips:
        assert each.code is not None
        assert each.code.letters not in paper.words().replace(" ", "")


def test_the_recovery_sheet_has_its_lines_and_no_square() -> None:
    lines = ["BCDE FGHJ KNPR STVX BCPR", "CCDE FGHJ KNPR STVX BCPR"]
    paper = papers.recovery_paper(SHOP, lines)
    assert not squares(paper)
    assert Letters(tuple(lines)) in paper.blocks


def test_a_test_bears_no_code_of_anybodys() -> None:
    assert squares(papers.test_paper(SHOP, at=AT, printer="Counter")) == ["PAYFORWARD TEST"]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_unsafe_is_in_any_block(words: str) -> None:
    paper = voucher(words, shop=words[:60], name=words[:60], giver=words[:60])
    for char in "\x1b\x1d\x10\x07\x9b\u202e\u2066\u200b":
        assert char not in paper.words()
