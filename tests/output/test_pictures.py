"""Slips as PDF, PNG, SVG and text, each read back by something that did not write it."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from payforward.core.text import cell_width, shown
from payforward.output import typeset
from payforward.output.blocks import Paper, Square
from payforward.output.image import png_bytes, svg_bytes
from payforward.output.pdf import LAYOUTS, sheets_pdf, ticket_pdf
from payforward.output.plain import COLUMNS, plain_text
from payforward.output.qr import half_blocks
from tests.needs import needs
from tests.output.reading import (
    letters_of,
    overprinted,
    pdf_pages,
    pdf_text,
    pdf_words,
    preformatted,
    scanned,
    screenshot,
)
from tests.output.slips import ADDRESS, CODE, HOSTILE, PAYLOAD, code_of, every_paper, voucher

if TYPE_CHECKING:
    from pathlib import Path

PAPERS = every_paper()
WORST = {
    name: voucher(words, shop=words[:60], name=words[:60], giver=words[:60], address=ADDRESS)
    for name, words in HOSTILE.items()
}
SVG = "{http://www.w3.org/2000/svg}"


def said(papers: list[Paper]) -> list[str]:
    """Return what the squares of some papers say."""
    return [
        block.payload for paper in papers for block in paper.blocks if isinstance(block, Square)
    ]


@pytest.mark.parametrize(("number", "name"), list(enumerate([*PAPERS, *WORST])))
def test_a_png_scans(number: int, name: str, full: bool) -> None:
    paper = (PAPERS | WORST)[name]
    for paper_mm in (58, 80) if full else ((58, 80)[number % 2],):
        with Image.open(io.BytesIO(png_bytes(paper, paper_mm=paper_mm))) as image:
            assert abs(image.width / 300 * 25.4 - paper_mm) < 0.2
            assert scanned(image.convert("RGB")) == said([paper])


@needs("pdftoppm", "poppler-utils")
def test_tickets_in_a_pdf_scan_and_tell_all_their_words(tmp_path: Path) -> None:
    papers = list(PAPERS.values())
    for paper_mm in (58, 80):
        path = tmp_path / f"{paper_mm}.pdf"
        path.write_bytes(ticket_pdf(papers, paper_mm=paper_mm))
        pages = pdf_pages(path, dpi=203)
        assert len(pages) == len(papers)
        assert [text for page in pages for text in scanned(page)] == said(papers)
        text = letters_of(pdf_text(path))
        for words in ("Rosa's Café", "“Enjoy it, whoever you are.”", "No cash value.", "€10.00"):
            assert letters_of(words) in text


@needs("pdftoppm", "poppler-utils")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_slip_on_a_sheet_scans(layout: str, tmp_path: Path) -> None:
    count = LAYOUTS[layout].count + 2
    papers = [voucher(code=code_of(number), address=ADDRESS) for number in range(count)]
    path = tmp_path / "sheet.pdf"
    path.write_bytes(sheets_pdf(papers, layout))
    pages = pdf_pages(path, dpi=200)
    assert len(pages) == 2
    sheet = LAYOUTS[layout]
    width, height = pages[0].size
    assert abs(width / 200 * 25.4 - sheet.page_width_mm) < 0.3
    assert abs(height / 200 * 25.4 - sheet.page_height_mm) < 0.3
    assert sorted(text for page in pages for text in scanned(page)) == sorted(said(papers))


@needs("pdftoppm", "poppler-utils")
@pytest.mark.parametrize("layout", ["a4-3x8", "letter-2x5"])
def test_the_worst_words_leave_their_label_and_its_neighbours_alone(
    layout: str, tmp_path: Path
) -> None:
    sheet = LAYOUTS[layout]
    quiet = voucher(None, giver=None, shop="A", name="B")
    around = [paper for worst in WORST.values() for paper in (worst, quiet)][: sheet.count]
    path = tmp_path / "sheet.pdf"
    path.write_bytes(sheets_pdf(around, layout))
    (page,) = pdf_pages(path, dpi=200)
    assert sorted(scanned(page)) == sorted(said(around))
    dots = 200 / 25.4
    for number in range(len(around)):
        row, column = divmod(number, sheet.columns)
        left = int((sheet.left_mm + column * (sheet.width_mm + sheet.gap_mm)) * dots)
        top = int((sheet.top_mm + row * sheet.height_mm) * dots)
        width, height, edge = int(sheet.width_mm * dots), int(sheet.height_mm * dots), 16
        label = page.crop((left, top, left + width, top + height)).convert("L")
        label.paste(255, (edge, edge, width - edge, height - edge))
        # Only the marks to cut by are near the edge, and they are pale.
        assert not any(label.histogram()[:100]), number


@needs("pdftotext", "poppler-utils")
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("length", [30, 60])
def test_long_words_are_cut_short_rather_than_printed_over_others(
    layout: str, length: int, tmp_path: Path
) -> None:
    words = ("Jamaican Blue Mountain Coffee River Reserve Large " * 5)[:200]
    name = words[:length].strip()
    paper = voucher(words, shop=name, name=name, giver=name, left=10_000)
    path = tmp_path / "sheet.pdf"
    path.write_bytes(sheets_pdf([paper], layout))
    found = pdf_words(path)
    assert overprinted(found) == []
    text = letters_of(" ".join(word for word, _ in found))
    for whole in (name, f"10000 {name}", "Show this at the counter, any day.", "No cash value."):
        assert letters_of(whole) in text
    assert letters_of(f"“{words.strip()}”") in text or "…”" in text


@needs("pdftoppm", "poppler-utils")
@pytest.mark.parametrize("name", WORST)
def test_hostile_words_are_words_in_a_pdf(name: str, tmp_path: Path) -> None:
    path = tmp_path / "slip.pdf"
    for made in (ticket_pdf([WORST[name]]), sheets_pdf([WORST[name]], "letter-2x5")):
        path.write_bytes(made)
        text = letters_of(pdf_text(path))
        assert letters_of("BCDE FGHJ KNPR STVX BCPR") in text
        if shown(HOSTILE[name]).isascii():
            assert letters_of(shown(HOSTILE[name])) in text
        (page,) = pdf_pages(path, dpi=120)
        assert scanned(page) == said([WORST[name]])


@pytest.mark.parametrize("name", [*PAPERS, *WORST])
def test_an_svg_is_nothing_but_shapes(name: str) -> None:
    made = svg_bytes((PAPERS | WORST)[name])
    for element in ET.fromstring(made).iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "g", "path", "use", "defs", "symbol", "image", "clipPath", "style",
        }, element.tag  # fmt: skip
        assert not element.text or not element.text.strip()
        for key, value in element.attrib.items():
            assert not key.lower().startswith("on")
            if key.endswith("href"):
                assert re.match(r"#g|data:image/(svg\+xml|png);base64,", value)


@given(words=st.text(max_size=200), paper_mm=st.sampled_from([58, 80]))
@settings(max_examples=30, deadline=None)
def test_whatever_is_typed_is_set(words: str, paper_mm: int) -> None:
    paper = voucher(words, shop=words[:60], name=words[:60], giver=words[:60])
    assert ET.fromstring(svg_bytes(paper, paper_mm=paper_mm)).tag == f"{SVG}svg"
    assert sheets_pdf([paper], "a4-3x8").startswith(b"%PDF-")
    assert "BCDE FGHJ KNPR STVX BCPR" in plain_text(paper)


@needs("chromium")
def test_svgs_and_half_blocks_scan_in_a_browser(tmp_path: Path) -> None:
    papers = [PAPERS["voucher"], PAPERS["address"], PAPERS["receipt"], *WORST.values()]
    pieces = []
    for number, paper in enumerate(papers):
        path = tmp_path / f"{number}.svg"
        path.write_bytes(svg_bytes(paper, paper_mm=(58, 80)[number % 2]))
        pieces.append(f'<img src="{path.name}">')
    shown_as_text = [
        half_blocks(PAYLOAD),
        half_blocks("A" * 67),
        plain_text(WORST["markup"]).split("\n"),
    ]
    pieces += [preformatted(lines) for lines in shown_as_text]
    shot = screenshot("".join(pieces), tmp_path, width=600, height=700 * len(pieces))
    assert scanned(shot) == [*said(papers), PAYLOAD, "A" * 67, *said([WORST["markup"]])]


@pytest.mark.parametrize("name", [*PAPERS, *WORST])
def test_plain_text_fits_and_is_safe(name: str) -> None:
    paper = (PAPERS | WORST)[name]
    text = plain_text(paper)
    lines = text.split("\n")
    assert all(cell_width(line) <= COLUMNS for line in lines)
    assert all(line == line.rstrip() for line in lines)
    assert all(shown(line) == " ".join(line.split()) for line in lines)
    for payload in said([paper]):
        first = half_blocks(payload)[2].strip()
        assert first in text


def test_what_every_machine_can_draw_needs_no_fonts_of_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bool] = []
    real = typeset._fonts

    def fonts(*, with_the_machines: bool) -> object:
        asked.append(with_the_machines)
        return real(with_the_machines=False)

    monkeypatch.setattr(typeset, "_fonts", fonts)
    for words in ("Crème", "Καφές", "Кофе", "“–”…€"):
        ticket_pdf([voucher(words)])
    assert asked == [False] * 4
    # Letters that only this machine may have are drawn as boxes where it has none, too.
    ticket_pdf([voucher("どうぞ")])
    assert asked[-1]


def test_the_fonts_that_come_with_typst_have_what_we_say() -> None:

    letters = [
        chr(point)
        for first, last in typeset._DRAWN
        for point in range(first, last + 1)
        if unicodedata.category(chr(point))[0] in "LNPS"
    ]
    form = b"""
        #set page(width: 40pt, height: 40pt, margin: 5pt)
        #set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))
        #for (at, each) in json(bytes(sys.inputs.data)).enumerate() {
          if at > 0 { pagebreak() }
          each
        }
    """
    compiler = typst.Compiler(
        form,
        font_paths=typeset._fonts(with_the_machines=False),
        sys_inputs={"data": json.dumps(["珈", *letters])},
    )
    pages = compiler.compile(format="png", ppi=72)
    assert isinstance(pages, list)
    box, *drawn = pages
    assert [letter for letter, page in zip(letters, drawn, strict=True) if page == box] == []


def test_a_pdf_is_the_same_wherever_and_whenever_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ticket_pdf([voucher()])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert ticket_pdf([voucher()]) == first
    assert CODE.letters.encode() not in first
    assert b"CreationDate" not in first
    assert b"CreateDate" not in first
    for trace in (b"/tmp", b"/usr", b"/home", str(typeset.FORMS.parent).encode()):
        assert trace not in first
