"""Bytes for receipt printers, read back by a reader that knows only the command reference."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from payforward.core.errors import BadInput
from payforward.core.text import shown
from payforward.output import escpos
from payforward.output.blocks import Columns, Paper, Rule, Square, Words
from payforward.output.escpos import PaperMm, escpos_bytes
from tests.conftest import ROOT
from tests.output.escpos_reader import (
    Cut,
    Feed,
    Line,
    Printed,
    Symbol,
    Unreadable,
    read_escpos,
    text_of,
)
from tests.output.reading import letters_of, scanned
from tests.output.slips import HOSTILE, every_paper, voucher

if TYPE_CHECKING:
    from pathlib import Path

PAPERS = every_paper()
WIDTHS: dict[PaperMm, tuple[int, int]] = {58: (32, 384), 80: (42, 504)}
LATIN = st.text(st.characters(codec="cp858", exclude_categories=["C"]), max_size=200)


def said(paper: Paper) -> list[str]:
    """Return what a paper's squares say."""
    return [block.payload for block in paper.blocks if isinstance(block, Square)]


def read(paper: Paper, **how: object) -> list[Printed]:
    """Return what is on the paper."""
    return read_escpos(escpos_bytes(paper, **how))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("paper_mm", [58, 80])
@pytest.mark.parametrize("native_qr", [True, False])
def test_every_paper_reads_back(name: str, paper_mm: PaperMm, native_qr: bool) -> None:
    paper = PAPERS[name]
    printed = read(paper, paper_mm=paper_mm, native_qr=native_qr, code_page="CP858")
    columns, dots = WIDTHS[paper_mm]
    for each in printed:
        if isinstance(each, Line):
            assert each.columns <= columns
            assert each.align == "center"
        if isinstance(each, Image.Image):
            assert each.width == dots
    symbols = [each for each in printed if isinstance(each, Symbol)]
    images = [each for each in printed if isinstance(each, Image.Image)]
    if native_qr:
        assert [symbol.data for symbol in symbols] == said(paper)
        assert all((each.level, each.model) == ("Q", 2) for each in symbols)
        assert all(33 * each.size < dots for each in symbols)
    else:
        assert not symbols
        assert [text for image in images for text in scanned(image)] == said(paper)


@pytest.mark.parametrize("name", sorted(PAPERS.keys() - {"test"}))
def test_all_the_words_are_printed(name: str) -> None:
    paper = PAPERS[name]
    printed = letters_of(text_of(read(paper, native_qr=True, code_page="CP858")))
    for block in paper.blocks:
        if isinstance(block, Words):
            assert letters_of(block.text) in printed


def test_a_job_begins_anew_and_ends_with_a_partial_cut() -> None:
    data = escpos_bytes(voucher())
    assert data.startswith(b"\x1b@")
    printed = read_escpos(data)
    assert printed[-1] == Cut(partial=True)
    assert isinstance(printed[-2], Feed)
    assert printed[-2].lines >= 4
    assert sum(isinstance(each, Cut) for each in printed) == 1


@pytest.mark.parametrize(
    ("page", "name"),
    [("CP858", "Crème brûlée €"), ("CP866", "Кофе"), ("CP737", "Καφές"), ("CP1252", "“Tea”")],
)
def test_the_code_page_that_was_asked_for_is_used(page: str, name: str) -> None:
    printed = read(voucher(name=name), code_page=page, native_qr=True)
    assert f"1 {name}" in text_of(printed).replace("\n", " ")


@pytest.mark.parametrize("page", ["CP437", "ASCII"])
@pytest.mark.parametrize("words", ["Кофе", "コーヒー", "קפה", "قهوة", "กาแฟ", "coffee ☕"])
def test_what_the_page_lacks_is_an_image_and_no_question_mark(page: str, words: str) -> None:
    paper = Paper("x", (Words(words), Words("after")))
    printed = read(paper, code_page=page)
    images = [each for each in printed if isinstance(each, Image.Image)]
    assert len(images) == 1
    assert images[0].getextrema() == (0, 255)
    assert text_of(printed) == "after"


@pytest.mark.parametrize(
    ("page", "words"), [("CP862", "קפה"), ("CP864", "قهوة"), ("CP1256", "قهوة"), ("CP874", "ที่")]
)
def test_what_is_not_one_cell_after_the_other_is_an_image(page: str, words: str) -> None:
    printed = read(Paper("x", (Words(words),)), code_page=page)
    assert text_of(printed) == ""
    assert any(isinstance(each, Image.Image) for each in printed)


def test_typographic_marks_become_plain_where_the_page_lacks_them() -> None:
    paper = Paper("x", (Words("“Well” – it’s tea…"), Rule()))
    lines = text_of(read(paper, code_page="ASCII")).split("\n")
    assert lines[-1] == "-" * 42
    assert text_of(read(Paper("x", (Words("“Well” – it’s tea"),)), code_page="ASCII")) == (
        '"Well" - it\'s tea'
    )


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("paper_mm", [58, 80])
def test_hostile_words_are_words(words: str, paper_mm: PaperMm) -> None:
    paper = voucher(words, shop=words[:60], name=words[:60], giver=words[:60])
    printed = read(paper, paper_mm=paper_mm, code_page="CP437")
    columns, dots = WIDTHS[paper_mm]
    assert all(each.columns <= columns for each in printed if isinstance(each, Line))
    assert all(each.width == dots for each in printed if isinstance(each, Image.Image))
    squares = [text for each in printed if isinstance(each, Image.Image) for text in scanned(each)]
    assert squares == said(paper)
    assert "BCDE FGHJ KNPR STVX BCPR" in text_of(printed)
    if shown(words).isascii():
        assert letters_of(shown(words)) in letters_of(text_of(printed))


@given(words=LATIN, columns=st.sampled_from([32, 42, 48]))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_is_printed_whole(words: str, columns: int) -> None:
    printed = read_escpos(
        escpos_bytes(voucher(words), columns=columns, code_page="CP858", native_qr=True)
    )
    lines = [each for each in printed if isinstance(each, Line)]
    assert all(each.columns <= columns for each in lines)
    assert letters_of(shown(words)) in letters_of(text_of(printed)) or any(
        isinstance(each, Image.Image) for each in printed
    )


def test_a_name_that_fits_is_twice_as_large_and_a_long_one_twice_as_high() -> None:
    def size_of(name: str) -> set[tuple[int, int]]:
        lines = [each for each in read(voucher(name=name), paper_mm=58) if isinstance(each, Line)]
        return {(each.width, each.height) for each in lines if each.height > 1 and each.bold}

    assert (2, 2) in size_of("Flat white")
    assert (2, 2) not in size_of("Jamaican Blue Mountain Coffee River Reserve")
    assert (2, 2) not in size_of("Donaudampfschifffahrtskaffee")


@pytest.mark.parametrize("name", ["", "CP932", "Unknown", "UTF-8", "\x1b"])
def test_a_page_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="use one such as CP437, CP858 or ASCII"):
        escpos.check_code_page(name)
    with pytest.raises(BadInput):
        escpos_bytes(voucher(), code_page=name)


def test_pages_are_found_whatever_their_case() -> None:
    assert escpos.check_code_page(" cp858 ") == "CP858"
    assert {"ASCII", "CP437", "CP858", "CP1252", "ISO_8859-15"} <= set(escpos.code_pages())


def test_the_library_leaves_nothing_behind(tmp_path: Path) -> None:
    code = (
        "import logging, os, tempfile\n"
        "from payforward.output.escpos import code_pages\n"
        "code_pages()\n"
        "assert logging.root.handlers == []\n"
        "assert os.listdir(tempfile.gettempdir()) == []\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "data",
    [
        b"Hello\n",
        b"\x1b@Hello",
        b"\x1b@\x1bi",
        b"\x1b@\x10\x04\x01",
        b"\x1b@Hi\x1d",
        b"\x1b@Hi\x1ba\x01\n",
        b"\x1b@\x1b@",
        b"\x1b@\x1dv0\x00\x01\x00\x02\x00\xff",
    ],
)
def test_the_reader_is_strict(data: bytes) -> None:
    with pytest.raises((Unreadable, IndexError)):
        read_escpos(data)


@pytest.mark.parametrize("code_page", ["ASCII", "CP437", "CP858"])
def test_a_space_that_does_not_break_is_worth_no_image(code_page: str) -> None:
    blocks = (Words("1\u00a0234.500\u00a0KWD"), Columns("Gifts", "3.500\u00a0KWD"))
    printed = read_escpos(escpos_bytes(Paper("x", blocks), code_page=code_page))
    lines = [" ".join(each.text.split()) for each in printed if isinstance(each, Line)]
    assert lines == ["1 234.500 KWD", "Gifts 3.500 KWD"]
