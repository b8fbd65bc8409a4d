"""The month's statement for the wall: true, in a simple sum, on one page."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from db.ledger import Ledger
from payforward.core.asks import Deliver
from payforward.core.errors import BadInput, Refused
from payforward.core.ids import new_action_id
from payforward.core.model import ProgramKind, Tender
from payforward.core.programs import Program
from payforward.core.report_answers import Amount, Moved
from payforward.core.text import cell_width
from payforward.output.blocks import Columns, Part, Small, Topic, Words
from payforward.output.escpos import escpos_bytes
from payforward.output.plain import COLUMNS, plain_text
from payforward.output.press import Press
from payforward.output.statement_papers import statement_of, statement_paper, write_statement
from payforward.output.statement_words import PROMISE, answer, apart_sections, sum_lines
from tests.conftest import FrozenClock
from tests.db.busy_months import BusyMonths
from tests.db.counter import Counter, hurried
from tests.needs import needs
from tests.output.escpos_reader import Line, read_escpos, text_of
from tests.output.fake_printer import FakePrinter
from tests.output.reading import letters_of, overprinted, pdf_pages, pdf_text, pdf_words
from tests.output.shop import with_printer
from tests.output.slips import HOSTILE
from tests.output.statements import HEAD, empty, statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from payforward.core.printers import PaperMm
    from payforward.output.statement import Statement

FORWARD = """
    SELECT entry.kind, sum(entry.amount_minor)
    FROM entry
    JOIN program USING (shop, program)
    WHERE program.kind = 'forward'
    AND substr(day, 1, 7) {which} ?
    GROUP BY entry.kind
"""
GOES = {"handed over", "given back", "taken back"}
LONG = "An Extraordinarily Long Name Of A Soup With Bread And Butter"
WIDE = "W" * 60
SHOPS = {
    "plain": statement("Flat white", "Soup"),
    "yen": statement(
        "ブレンドコーヒー", "紅茶", shop="珈琲と紅茶の店 ひだまり", currency="JPY", times=1
    ),
    "dinar": statement("قهوة عربية", "شاي", shop="مقهى روزا", currency="KWD", times=1000),
    "many": statement(*(f"{LONG} {at}" for at in range(40)), shop=LONG, times=10_000, programs=9),
    "wide": statement(*[WIDE] * 40, shop=WIDE, currency="KWD", times=10_000_000, programs=9),
    "empty": empty(),
}


@pytest.fixture(scope="module")
def busy(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """Return the counter of a shop that has lived for four months; it is only read."""
    path = tmp_path_factory.mktemp("busy") / "shop.db"
    shutil.copy(template, path)
    clock = FrozenClock()
    with Ledger.open(path, clock=clock) as ledger:
        counter = Counter(hurried(ledger))
        BusyMonths(counter, clock, 2).live(120)
        yield counter


def minor_of(amount: str) -> int:
    """Return an amount of euros as it is printed, in cents."""
    sign = -1 if amount.lstrip().startswith(("−", "-")) else 1
    return sign * int(re.sub("[^0-9]", "", amount))


def sum_of_pdf(path: Path) -> list[int]:
    """Return the sum that a page shows, line by line, as a reader finds it; the result is last."""
    rows: dict[int, list[tuple[float, str]]] = {}
    for word, (left, top, right, bottom) in pdf_words(path):
        if right < 310:
            middle = round((top + bottom) / 2)
            near = next((at for at in rows if abs(at - middle) <= 2), middle)
            rows.setdefault(near, []).append((left, word))
    found = []
    for _, row in sorted(rows.items()):
        text = " ".join(word for _, word in sorted(row))
        line = re.fullmatch("(?:([+−=]) )?([A-Z][a-z ,]+?) (€[0-9,]+[.][0-9]{2})", text)
        if line is not None:
            found.append(minor_of(line[3]) * (-1 if line[1] == "−" else 1))
            if line[1] == "=":
                break
    return found


# -- the numbers ------------------------------------------------------------------------------


@needs("pdftotext", "poppler-utils")
@pytest.mark.parametrize("month", [date(2026, 11, 1), date(2026, 12, 1), date(2027, 2, 1)])
def test_the_sum_on_the_wall_is_what_the_entries_say(
    busy: Counter, month: date, tmp_path: Path
) -> None:
    told = statement_of(busy.ledger, month)
    name = f"{month:%Y-%m}"
    with closing(sqlite3.connect(busy.ledger.path)) as raw:
        moved = dict(raw.execute(FORWARD.format(which="="), (name,)))
        opening = sum(dict(raw.execute(FORWARD.format(which="<"), (name,))).values())
    expected = [opening, moved["give"], moved["redeem"]]
    expected += [moved[kind] for kind in ("refund", "pass_on") if moved.get(kind)]
    lines = sum_lines(told)
    assert [line.minor for line in lines[:-1]] == expected
    assert lines[-1].minor == sum(expected) == sum(each.held.amount_minor for each in told.waiting)
    *parts, result = sum_of_pdf(write_statement(told, tmp_path / "wall.pdf"))
    assert parts == expected
    assert result == sum(expected)


def test_nothing_is_added_up_that_stands_apart(busy: Counter) -> None:
    ledger = busy.ledger
    told = statement_of(ledger, date(2026, 12, 24))
    report = ledger.month(date(2026, 12, 1))
    assert told.moved == report.totals
    assert {each.program.name for each in told.house} <= {"Tea for all", "At closing"}
    assert [each.program.name for each in told.goods] == ["Coats"]
    assert [each.program.name for each in told.jars] == ["Jar"]
    goods = [p.moved.given.units for p in report.pools if p.program.kind is ProgramKind.DRIVE]
    assert told.goods[0].moved.given.units == sum(goods) > 0
    assert told.rises_minor == report.contribution.rises_minor > 0
    waiting = {each.item.name: each.held.units for each in told.waiting}
    assert sum(units for name, units in waiting.items() if name != "Community fund") == (
        told.things.closing.units
    )


def test_what_stands_apart_adds_up_line_by_line(busy: Counter) -> None:
    began = set()
    for month in (date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)):
        for section in apart_sections(statement_of(busy.ledger, month)):
            if section.title not in ("Goods", "Held for others"):
                continue
            for name, parts in section.rows:
                *sums, (held, _) = [(minor_of(much), words) for much, words in parts]
                if sums:
                    adds = sum(-much if words in GOES else much for much, words in sums)
                    assert adds == held, (month, name, parts)
                began |= {section.title for _, words in parts if words == "at the start"}
    assert began == {"Goods", "Held for others"}


def test_a_month_that_is_not_over_says_up_to_when(counter: Counter, clock: FrozenClock) -> None:
    counter.give("Latte")
    told = statement_of(counter.ledger, date(2026, 11, 1))
    assert told.until == date(2026, 11, 21)
    paper = statement_paper(told)
    assert Words("up to 21 Nov 2026") in paper.blocks
    assert Columns("Waiting now", "= €3.60") in paper.blocks
    clock.forward(days=9)
    assert statement_of(counter.ledger, date(2026, 11, 1)).until == date(2026, 11, 30)
    clock.forward(days=1)
    over = statement_of(counter.ledger, date(2026, 11, 1))
    assert over.until is None
    assert Columns("Waiting at the end", "= €3.60") in statement_paper(over).blocks
    with pytest.raises(Refused, match="January 2027 has not begun") as no:
        statement_of(counter.ledger, date(2027, 1, 1))
    assert no.value.reason == "month-to-come"
    with pytest.raises(Refused, match="has no entry, for the first is of 21 Nov 2026") as no:
        statement_of(counter.ledger, date(2020, 1, 1))
    assert no.value.reason == "month-before"


def test_a_statement_vouches_for_the_ledger_with_its_head(counter: Counter) -> None:
    counter.give("Latte")
    told = statement_of(counter.ledger, date(2026, 11, 1))
    (typed,) = re.findall(r"payforward verify --head (\S+)", statement_paper(told).words())
    assert counter.ledger.verify(printed_head=typed).problems == ()
    wrong = typed[:-1] + ("0" if typed[-1] != "0" else "1")
    assert counter.ledger.verify(printed_head=wrong).problems != ()


def test_charity_money_tells_what_was_handed_over(counter: Counter) -> None:
    ledger = counter.ledger
    shelter = ledger.add_partner("Red Cross").id
    jar = ledger.add_program(Program(name="Red Cross jar", kind=ProgramKind.CHARITY)).id
    counter.give_money(1_500, program=jar)
    ledger.deliver(
        Deliver(
            action=new_action_id(),
            program=jar,
            partner=shelter,
            parts=((ledger.fund().id, 1_100),),
            tender=Tender.CASH,
        )
    )
    told = statement_of(ledger, date(2026, 11, 1))
    assert (told.moved, told.waiting) == (Moved(), ())
    blocks = statement_paper(told).blocks
    at = blocks.index(Topic("Held for others"))
    assert blocks[at + 1 : at + 5] == (
        Columns("Red Cross jar", ""),
        Part("put in", "€15.00"),
        Part("handed over", "€11.00"),
        Part("held now", "€4.00"),
    )


# -- the words --------------------------------------------------------------------------------


def test_the_answer_stays_true_of_any_month() -> None:
    plain = SHOPS["plain"]
    assert answer(plain) == (
        "Customers gave €210.00. Gifts of €192.50 were enjoyed. "
        "€30.50 was waiting at the end for whoever asks."
    )
    assert answer(empty()) == "Nothing was given and nothing was enjoyed. Nothing is waiting."
    back = replace(plain, moved=replace(plain.moved, redeemed=Amount(-2, -700)))
    assert "€7.00 more was taken back than enjoyed." in answer(back)
    enjoyed = next(line for line in sum_lines(back) if line.words == "Enjoyed")
    assert (enjoyed.sign, enjoyed.amount) == ("+", "€7.00")
    paper = statement_paper(plain)
    assert Words(PROMISE) in paper.blocks
    # Where the shop got more than the menu says, the wall says so too.
    words = paper.words()
    assert "The shop added €0.55 where the menu's price was above what the gift had paid." in words
    assert "The shop got €0.10 more where a gift had paid above the menu's price: that is" in words


def test_many_programs_are_told_together_and_lose_nothing() -> None:
    jars = statement_paper(SHOPS["many"]).blocks
    held = [minor_of(b.right) for b in jars if isinstance(b, Part) and b.left == "held at the end"]
    assert held == [3_000_000] * 4 + [15_000_000]
    rows = [b for b in jars if isinstance(b, Columns) and b.right.startswith("€")]
    waiting = [minor_of(b.right) for b in rows[1:] if not b.left.endswith(("2026",))]
    assert sum(waiting) == SHOPS["many"].moved.closing.amount_minor


def test_months_before_the_ledger_are_left_out() -> None:
    young = replace(SHOPS["plain"], first_day=date(2026, 11, 20))
    months = [b.left for b in statement_paper(young).blocks if isinstance(b, Columns)]
    assert [name for name in months if name.endswith("2026")] == ["November 2026", "December 2026"]
    assert Small("given, and enjoyed") not in statement_paper(empty()).blocks


# -- read back --------------------------------------------------------------------------------


@needs("pdftotext", "poppler-utils")
@pytest.mark.parametrize("told", SHOPS.values(), ids=SHOPS)
def test_it_is_one_page_of_a4_on_which_nothing_is_over_anything_else(
    told: Statement, tmp_path: Path
) -> None:
    file = write_statement(told, tmp_path / "wall.pdf")
    (page,) = pdf_pages(file, dpi=72)
    assert abs(page.width - 595) <= 1
    assert abs(page.height - 842) <= 1
    words = pdf_words(file)
    assert overprinted(words) == []
    for word, (left, top, right, bottom) in words:
        assert left > 50, word
        assert right < 545, word
        assert top > 30, word
        assert bottom < 805, word
    text = letters_of(pdf_text(file))
    for needed in (told.title, "Does the shop keep the money?", PROMISE, f"verify --head {HEAD}"):
        assert letters_of(needed) in text
    assert letters_of(told.money(told.moved.closing.amount_minor)) in text


@needs("pdftotext", "poppler-utils")
def test_the_wall_shows_twelve_months_with_their_numbers(tmp_path: Path) -> None:
    told = SHOPS["plain"]
    text = pdf_text(write_statement(told, tmp_path / "wall.pdf"))
    for each in told.months:
        assert told.money(each.given.amount_minor) in text
        assert told.money(each.redeemed.amount_minor) in text
        assert told.money(each.closing.amount_minor) in text


@needs("pdftoppm", "poppler-utils")
def test_a_bar_is_as_long_as_its_number_says(tmp_path: Path) -> None:
    file = write_statement(SHOPS["plain"], tmp_path / "wall.pdf")
    (page,) = pdf_pages(file, dpi=144)
    grey = page.convert("L")
    rows = {}
    for word, (left, top, right, bottom) in pdf_words(file):
        if word.startswith(("January", "December")) and right > left:
            rows[word] = int(top + bottom)
    lengths = {}
    for name, y in rows.items():
        line = grey.crop((0, y, grey.width, y + 1)).tobytes()
        lengths[name] = (_longest(line, 200), _longest(line, 70))
    given, enjoyed = (lengths["January"][side] / lengths["December"][side] for side in range(2))
    assert given == pytest.approx(13_300 / 21_000, abs=0.02)
    assert enjoyed == pytest.approx(9_350 / 19_250, abs=0.02)


def _longest(line: bytes, tone: int) -> int:
    """Return how long the longest stretch of a tone of grey is."""
    return max(len(run) for run in re.findall(b"[%c-%c]*" % (tone - 5, tone + 5), line))


@pytest.mark.parametrize("columns", [32, 42])
@pytest.mark.parametrize("told", SHOPS.values(), ids=SHOPS)
def test_a_receipt_printer_prints_every_line(told: Statement, columns: int) -> None:
    paper_mm: PaperMm = 58 if columns == 32 else 80
    paper = statement_paper(told)
    printed = read_escpos(escpos_bytes(paper, paper_mm=paper_mm, code_page="CP858"))
    assert all(each.columns <= columns for each in printed if isinstance(each, Line))
    text = letters_of(text_of(printed))
    assert HEAD in text
    if told is SHOPS["plain"]:
        for block in paper.blocks:
            if isinstance(block, Columns | Part):
                assert letters_of(block.left) in text
                assert letters_of(block.right).replace("−", "-") in text
    assert all(cell_width(line) <= COLUMNS for line in plain_text(paper).split("\n"))


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_words_of_people_are_words(words: str, tmp_path: Path) -> None:
    told = statement(words[:60], shop=words[:60])
    for char in "\x1b\x1d\x10\x07\x9b\u202e\u2066\u200b":
        assert char not in statement_paper(told).words()
    read_escpos(escpos_bytes(statement_paper(told)))
    assert write_statement(told, tmp_path / "wall.pdf").read_bytes().startswith(b"%PDF-")


# -- files and printers -----------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".pdf", ".png", ".svg", ".txt", ".escpos"])
def test_what_is_there_stays(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"wall{ending}"
    assert write_statement(SHOPS["plain"], path) == path
    before = path.read_bytes()
    with pytest.raises(BadInput, match="is there already, and is not empty"):
        write_statement(SHOPS["many"], path)
    assert path.read_bytes() == before
    write_statement(empty(), path, may_replace=True)
    assert path.read_bytes() != before


def test_it_is_printed_and_does_not_wait(counter: Counter) -> None:
    counter.give("Latte", 2)
    told = statement_of(counter.ledger, counter.ledger.today() - timedelta(days=1))
    press = Press(counter.ledger)
    assert press.print_statement(told).reason == "no-printer"
    with FakePrinter() as fake:
        with_printer(counter, fake.address)
        assert press.print_statement(told).is_out
        (text,) = (text_of(read_escpos(each)) for each in fake.papers())
    assert "November 2026" in text
    assert told.head in text
    assert counter.ledger.paper_owed() == ()
