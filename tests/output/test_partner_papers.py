"""What partners sign: counts and descriptions of goods, money where some goes along."""

from __future__ import annotations

import csv
import io
import re
import stat
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from payforward.core.asks import HandOut, Undo
from payforward.core.errors import BadInput
from payforward.core.ids import new_action_id
from payforward.core.model import Item, ItemKind, ProgramKind, Tender
from payforward.core.printers import PrinterKind, PrinterOptions
from payforward.core.program_answers import Waits
from payforward.core.programs import Program
from payforward.core.text import cell_width
from payforward.output.blocks import Columns, Part, Sign, Words
from payforward.output.escpos import escpos_bytes
from payforward.output.partner_files import (
    MANIFEST_ENDINGS,
    check_manifest_target,
    list_path,
    manifest_csv,
    write_batch_list,
    write_manifest,
)
from payforward.output.partner_papers import batch_paper, manifest_paper
from payforward.output.plain import COLUMNS, plain_text
from payforward.output.press import Press
from tests.needs import needs
from tests.output.escpos_reader import Line, read_escpos, text_of
from tests.output.fake_printer import FakePrinter
from tests.output.handovers import COATS, FUND, TINS, coats, goods, handed, jar, program, surplus
from tests.output.reading import letters_of, overprinted, pdf_pages, pdf_text, pdf_words
from tests.output.shop import with_printer
from tests.output.slips import HOSTILE, SHOP, issued

if TYPE_CHECKING:
    from pathlib import Path

    from payforward.core.printers import PaperMm
    from payforward.core.program_answers import HandedOver
    from payforward.output.blocks import Paper
    from tests.db.counter import Counter

LONG = "The Extraordinarily Long Name Of A Shelter For Everybody Here"[:60]
FORTY = handed(
    [(goods(100 + at, f"Kind {at // 8}", f"size {at % 8}"), at + 1) for at in range(40)],
    partner=LONG,
)


def paper(handed_over: HandedOver, currency: str = "EUR") -> Paper:
    return manifest_paper(SHOP, handed_over, currency=currency)


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# -- words ------------------------------------------------------------------------------------


def test_a_manifest_groups_goods_by_kind_with_their_sizes() -> None:
    blocks = paper(coats()).blocks
    at = blocks.index(Columns("Coat", "12"))
    assert blocks[at : at + 5] == (
        Columns("Coat", "12"),
        Part("S", "3"),
        Part("M", "5"),
        Part("L", "4"),
        Columns("Tin", "40"),
    )
    for block in (
        Columns("For", "Night shelter"),
        Columns("From", "Winter coats"),
        Columns("Day", "21 Nov 2026"),
        Columns("Total", "52"),
        Sign("Received by"),
        Sign("Date"),
    ):
        assert block in blocks
    words = paper(coats()).words()
    assert "Manifest 4711" in words
    assert "4712-1a2b3c4d" in words


def test_surplus_of_several_programs_is_from_all_of_them() -> None:
    names = ("Pay it forward", "Class 3b", "Soup fund")
    both = surplus(programs=tuple(program(ProgramKind.FORWARD, name=name) for name in names))
    assert Columns("From", "Pay it forward, Class 3b and Soup fund") in paper(both).blocks
    (first, *_) = rows(manifest_csv(both, currency="EUR"))[1:]
    assert first[2] == "Pay it forward, Class 3b and Soup fund"


def test_goods_have_no_value() -> None:
    priced = handed([(COATS[0], 3, 6_000), (TINS, 2, 150)], tender=Tender.CASH)
    for handed_over in (coats(), FORTY, coats(tender=Tender.CASH), priced):
        assert b"60.00" not in manifest_csv(handed_over, currency="EUR")
        words = paper(handed_over).words().casefold()
        for never in ("€", "eur", "money", "cash", "tax", "deductible", "value", "donation"):
            assert never not in words


def test_one_size_stands_beside_its_kind_and_none_of_several_says_so() -> None:
    blocks = paper(handed([(COATS[1], 2), (TINS, 1)])).blocks
    assert Columns("Coat M", "2") in blocks
    blocks = paper(handed([(COATS[1], 2), (goods(30, "Coat"), 1)])).blocks
    assert (Columns("Coat", "3"), Part("M", "2"), Part("no size", "1")) == tuple(
        block for block in blocks if isinstance(block, Part) or block == Columns("Coat", "3")
    )


def test_a_thing_that_is_listed_twice_is_counted_together() -> None:
    blocks = paper(handed([(TINS, 2), (TINS, 3)])).blocks
    assert Columns("Tin", "5") in blocks


@pytest.mark.parametrize(
    ("tender", "left"),
    [
        (Tender.CASH, "Money, in cash"),
        (Tender.CARD, "Money, by card"),
        (Tender.OTHER, "Money, not in cash"),
        (None, "Money"),
    ],
)
def test_a_jar_tells_its_money_and_how_it_went(tender: Tender, left: str) -> None:
    blocks = paper(jar(tender=tender)).blocks
    assert Columns(left, "€123.40") in blocks
    assert not [each for each in blocks if isinstance(each, Columns) and each.left == "Total"]


@pytest.mark.parametrize(
    ("currency", "amount"), [("EUR", "€42.00"), ("JPY", "¥4,200"), ("KWD", "KWD 4.200")]
)
def test_surplus_tells_its_items_and_the_money_with_it(currency: str, amount: str) -> None:
    blocks = paper(surplus(), currency).blocks
    assert Columns("Flat white", "12") in blocks
    assert Columns("Total", "12") in blocks
    assert Columns("Money with it, in cash", amount) in blocks


@pytest.mark.parametrize(
    ("handed_over", "said"),
    [
        (coats(taken_back=52), "All of this was taken back: this manifest no longer counts."),
        (coats(taken_back=2), "2 of these 52 were taken back since."),
        (coats(taken_back=1), "1 of these 52 was taken back since."),
        (
            coats(taken_back=3, came_back=(Waits(COATS[1], 2, 0), Waits(TINS, 1, 0))),
            "Taken back since: 2 Coat M, 1 Tin.",
        ),
        (jar(taken_back=12_340), "All of this was taken back: this manifest no longer counts."),
        (jar(taken_back=340), "€3.40 of this was taken back since."),
    ],
)
def test_what_was_taken_back_is_told_plainly(handed_over: HandedOver, said: str) -> None:
    assert Words(said) in paper(handed_over).blocks


def test_a_manifest_that_is_printed_again_is_the_same(tmp_path: Path) -> None:
    again = coats(left=0, repeated=True)
    assert paper(again) == paper(coats())
    for ending in MANIFEST_ENDINGS:
        files = [tmp_path / f"{at}{ending}" for at in range(2)]
        for file, each in zip(files, (coats(), again), strict=True):
            write_manifest(SHOP, each, file, currency="EUR")
        assert files[0].read_bytes() == files[1].read_bytes()


def test_a_manifest_of_nothing_says_so() -> None:
    assert Columns("Total", "0") in paper(handed([])).blocks


def test_a_list_is_the_same_whatever_became_of_its_slips() -> None:
    slips = [each.slip for each in issued(12).slips]
    first = batch_paper(SHOP, slips, currency="EUR")
    assert Columns("For", "Night shelter") in first.blocks
    assert Columns("Each for", "1 Flat white") in first.blocks
    assert Words(", ".join(map(str, range(200, 212)))) in first.blocks


# -- read back --------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [32, 42])
@pytest.mark.parametrize("handed_over", [coats(), FORTY, jar(), surplus(), handed([])])
def test_a_receipt_printer_prints_every_line(handed_over: HandedOver, columns: int) -> None:
    paper_mm: PaperMm = 58 if columns == 32 else 80
    data = escpos_bytes(paper(handed_over), paper_mm=paper_mm, code_page="CP858")
    printed = read_escpos(data)
    lines = [each for each in printed if isinstance(each, Line)]
    assert all(each.columns <= columns for each in lines)
    text = letters_of(text_of(printed))
    for block in paper(handed_over).blocks:
        if isinstance(block, Columns | Part):
            assert letters_of(block.left) in text
            assert letters_of(block.right) in text
    assert len([each for each in lines if set(each.text) == {"_"}]) == 3


def test_parts_are_set_in_and_counts_stand_at_the_edge() -> None:
    printed = text_of(read_escpos(escpos_bytes(paper(coats())))).split("\n")
    text = plain_text(paper(coats())).split("\n")
    for lines in (printed, text):
        assert f"{'Coat':40}12" in [line[:42] for line in lines]
        assert f"  {'S':39}3" in [line[:42] for line in lines]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_words_of_people_are_words(words: str, tmp_path: Path) -> None:
    name = words[:60]
    of = program(name=name)
    worst = handed([(goods(1, name, "M"), 2), (goods(2, name, "L"), 1)], of=of, partner=name)
    for char in "\x1b\x1d\x10\x07\x9b\u202e\u2066\u200b":
        assert char not in paper(worst).words()
    read_escpos(escpos_bytes(manifest_paper(name, worst, currency="EUR")))
    assert all(cell_width(line) <= COLUMNS for line in plain_text(paper(worst)).split("\n"))
    file = write_manifest(name, worst, tmp_path / "m.pdf", currency="EUR")
    assert file.read_bytes().startswith(b"%PDF-")


@needs("pdftotext", "poppler-utils")
@pytest.mark.parametrize("words", [*HOSTILE.values(), "W" * 60], ids=[*HOSTILE, "wide"])
def test_on_a4_nothing_is_printed_over_anything_else(words: str, tmp_path: Path) -> None:
    name = words[:60]
    worst = handed([(goods(1, name, name), 10_000), (goods(2, name), 1)], partner=name)
    file = write_manifest(name, worst, tmp_path / "m.pdf", currency="EUR")
    found = pdf_words(file)
    assert overprinted(found) == []
    assert all(left > 0 and right < 595.3 for _, (left, _, right, _) in found)


@needs("pdftotext", "poppler-utils")
def test_a4_tells_all_in_the_order_of_reading(tmp_path: Path) -> None:
    file = write_manifest(SHOP, coats(), tmp_path / "m.pdf", currency="EUR")
    text = pdf_text(file)
    last = -1
    for words in ("Manifest 4711", "Night shelter", "Winter coats", "21 Nov 2026", "Coat", "Total"):
        at = text.index(words)
        assert at > last
        last = at
    for words in ("Handed over by", "Received by", "Signature", "Date", "4712-1a2b3c4d"):
        assert words in text
    assert len(pdf_pages(file, dpi=20)) == 1
    assert "1 of 1" not in text


@needs("pdftotext", "poppler-utils")
def test_many_lines_flow_to_a_second_page_with_their_head(tmp_path: Path) -> None:
    file = write_manifest(SHOP, FORTY, tmp_path / "m.pdf", currency="EUR")
    pages = pdf_text(file).split("\f")[:-1]
    assert len(pages) == 2
    assert all("Goods" in page for page in pages)
    assert "2 of 2" in pages[1]
    assert "Received by" in pages[1]
    counts = sorted(map(int, re.findall(r"^(\d+)$", "\n".join(pages), re.MULTILINE)))
    assert set(range(1, 41)) <= set(counts)
    assert 820 in counts


@needs("pdftotext", "poppler-utils")
def test_a_list_of_a_hundred_is_one_page(tmp_path: Path) -> None:
    slips = [each.slip for each in issued(100).slips]
    file = write_batch_list(SHOP, slips, tmp_path / "list.pdf", currency="EUR")
    (page, _) = pdf_text(file).split("\f")
    for number in range(200, 300):
        assert str(number) in page
    assert "100 slips" in page
    for each in issued(100).slips:
        assert each.code is not None
        assert each.code.letters not in letters_of(page)


def test_a_table_has_a_row_an_item(tmp_path: Path) -> None:
    head, *body = rows(manifest_csv(coats(), currency="EUR"))
    assert head == ["manifest", "day", "program", "partner", "item kind", "description", "count"]
    of_all = ["4711", "2026-11-21", "Winter coats", "Night shelter"]
    assert body == [
        [*of_all, "Coat", "S", "3"],
        [*of_all, "Coat", "M", "5"],
        [*of_all, "Coat", "L", "4"],
        [*of_all, "Tin", "", "40"],
    ]


def test_money_is_a_row_in_words() -> None:
    (_, money) = rows(manifest_csv(jar(), currency="EUR"))
    assert money[4:] == ["Money", "€123.40 in cash", ""]
    (_, item, money) = rows(manifest_csv(surplus(), currency="KWD"))
    assert item[4:] == ["Flat white", "", "12"]
    assert money[4:] == ["Money", "KWD 4.200 in cash", ""]


def test_no_name_in_a_table_is_a_formula() -> None:
    of = program(name="=cmd|' /C calc'!A0")
    evil = handed([(goods(1, "@SUM", "+1\r\n=2"), 1)], of=of, partner=" -2+3")
    data = manifest_csv(evil, currency="EUR")
    assert data.count(b"\r\n") == 2
    (_, row) = rows(data)
    assert [cell[:1] for cell in row[2:6]] == ["'"] * 4


# -- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", MANIFEST_ENDINGS)
def test_the_ending_decides_and_what_is_there_stays(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"manifest{ending.upper()}"
    check_manifest_target(path)
    assert write_manifest(SHOP, coats(), path, currency="EUR") == path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(BadInput, match="is there already, and is not empty"):
        write_manifest(SHOP, jar(), path, currency="EUR")
    assert path.read_bytes() == before
    write_manifest(SHOP, jar(), path, currency="EUR", may_replace=True)
    assert path.read_bytes() != before
    assert list(tmp_path.iterdir()) == [path]


def test_an_ending_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"use \.pdf, \.png, \.svg, \.txt, \.escpos or \.csv"):
        check_manifest_target(tmp_path / "manifest.doc")
    slips = [each.slip for each in issued(2).slips]
    with pytest.raises(BadInput, match=r"\.txt or \.escpos"):
        write_batch_list(SHOP, slips, tmp_path / "list.csv", currency="EUR")
    assert not list(tmp_path.iterdir())


def test_a_slip_is_as_wide_as_the_printers_roll(tmp_path: Path) -> None:
    options = PrinterOptions(paper_mm=58)
    file = write_manifest(SHOP, coats(), tmp_path / "m.png", currency="EUR", options=options)
    with Image.open(file) as image:
        assert abs(image.width / 300 * 25.4 - 58) < 0.2


def test_a_list_goes_beside_its_slips(tmp_path: Path) -> None:
    assert list_path(tmp_path / "slips-1-9.pdf") == tmp_path / "slips-1-9-list.pdf"


# -- with a ledger ----------------------------------------------------------------------------


@needs("pdftotext", "poppler-utils")
def test_a_drive_a_jar_and_surplus_come_out_of_the_ledger(counter: Counter, tmp_path: Path) -> None:
    ledger = counter.ledger
    shelter = ledger.add_partner("Night shelter").id
    drive = ledger.add_program(Program(name="Winter coats", kind=ProgramKind.DRIVE)).id
    small, large = ledger.add_goods(drive, "Coat", ("S", "L"))
    (tins,) = ledger.add_goods(drive, "Tin")
    for item, units in ((small, 3), (large, 4), (tins, 9)):
        counter.collect(drive, item.id, units)
    out = counter.deliver(drive, shelter, (small.id, 2), (large.id, 4))
    blocks = paper(out).blocks
    kind = [block for block in blocks if isinstance(block, Columns | Part)][3:]
    assert kind == [Columns("Coat", "6"), Part("S", "2"), Part("L", "4"), Columns("Total", "6")]
    assert paper(ledger.handed_over(out.number)) == paper(out)
    file = write_manifest(ledger.shop.name, out, tmp_path / "m.pdf", currency="EUR")
    assert out.head in pdf_text(file)

    counter.give("Flat white", 3)
    away = counter.pass_on("Flat white", 2, shelter)
    assert Columns("Money with it, in cash", "€7.00") in paper(away).blocks
    ledger.undo(Undo(action=new_action_id(), undoes=out.action))
    again = ledger.handed_over(out.number)
    assert Words("All of this was taken back: this manifest no longer counts.") in (
        paper(again).blocks
    )


def test_a_manifest_and_a_list_are_printed_and_do_not_wait(counter: Counter) -> None:
    press = Press(counter.ledger)
    outcome = press.print_manifest(coats())
    assert (outcome.slip, outcome.state, outcome.reason) == (None, "dropped", "no-printer")
    with FakePrinter() as fake:
        with_printer(counter, fake.address)
        assert press.print_manifest(coats()).is_out
        assert press.print_manifest(jar()).is_out
        first, second = (text_of(read_escpos(each)) for each in fake.papers())
        fake.cut_after = 30
        assert press.print_manifest(coats()).reason == "printer-stopped"
    assert "Manifest 4711" in first
    assert "Red Cross" in second
    assert counter.ledger.paper_owed() == ()


def test_slips_of_a_batch_say_which_of_how_many(counter: Counter, tmp_path: Path) -> None:
    folder = tmp_path / "slips"
    folder.mkdir()
    counter.give("Flat white", 3)
    shelter = counter.ledger.add_partner("Night shelter").id
    batch = counter.ledger.hand_out(
        HandOut(
            action=new_action_id(), item=counter.item("Flat white").id, slips=3, partner=shelter
        )
    )
    with FakePrinter() as fake:
        with_printer(counter, fake.address, kind=PrinterKind.NETWORK)
        Press(counter.ledger).print_batch(batch)
        texts = [text_of(read_escpos(each)) for each in fake.papers()]
    for at, text in enumerate(texts[:3], start=1):
        assert f"{at} of 3" in text
    assert "3 slips" in texts[3]


def test_what_is_of_the_fund_is_money() -> None:
    of = program(ProgramKind.FORWARD, name="Pay it forward")
    away = handed([(FUND, 500, 500)], of=of, tender=Tender.OTHER, partner="Café Nord")
    assert Columns("Money, not in cash", "€5.00") in paper(away).blocks
    both = handed([(FUND, 500, 500), (Item(1, "Tea", ItemKind.MENU, None, 250, 1), 2, 500)], of=of)
    assert Columns("Money with it", "€10.00") in paper(both).blocks
