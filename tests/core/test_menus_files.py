"""Files of any bytes are read whole, read in part with reasons, or refused in one sentence."""

from __future__ import annotations

import codecs
import io
import zipfile

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from payforward.core.currencies import currency
from payforward.core.errors import BadInput
from payforward.core.menus import Menu, parse_menu
from payforward.core.menus.decoding import MAX_BYTES
from payforward.core.menus.table import MAX_ROWS

EUR = currency("EUR")
PLAIN = "name,price\nCafé crème,3.50\n抹茶,4.00\n"


def names(menu: Menu) -> list[str]:
    return [row.name for row in menu.rows]


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.rstrip("\n").encode(),
        b"\n\n" + PLAIN.encode() + b"\n,\n",
    ],
)
def test_every_encoding_and_line_end_is_read(data: bytes) -> None:
    menu = parse_menu(data, EUR)
    assert names(menu) == ["Café crème", "抹茶"]
    assert not menu.notes
    assert not menu.skipped


def test_older_spreadsheets_are_read_with_a_note() -> None:
    menu = parse_menu("name,price\nCafé crème,3,\n".encode("cp1252"), EUR)
    assert names(menu) == ["Café crème"]
    assert len(menu.notes) == 1
    assert "Windows-1252" in menu.notes[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n \n", "empty"),
        ("\ufeff".encode(), "empty"),
        (zipped(), "save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as CSV"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"%PDF-1.7\n", "PDF"),
        (b'{"items": []}', "JSON"),
        (b'[{"name": "Latte", "price": 3}]', "JSON"),
        (b"<!doctype html><title>Sign in</title>", "web page"),
        (b"name,price\nLatte\0,3", "not a text file"),
        ("name,price\nLatte,3".encode("utf-16-le"), "not a text file"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "not a text file"),
        (codecs.BOM_UTF32_LE + PLAIN.encode("utf-32-le"), "not a text file"),
        (b"name,price\n\x81\xff", "not a text file"),
        (b"Dear Sir or Madam", "name and price"),
        (b"Latte,3.50\nTea,2.50", "name and price"),
        (b"name,cost\nLatte,3.50", "name and price"),
        (b"title,price\nLatte,3.50", "name and price"),
        (b"Handle,SKU,Name,Category\nlatte,1,Latte,Coffee", "name and price"),
        (b'"name,price\nLatte,3.50', "name and price"),
        (b"sep=;", "name and price"),
        (b"name,price\n" + b"x" * MAX_BYTES, "larger than 5 MB"),
        (b"name,price\n" + b"a,1\n" * (MAX_ROWS + 1), "more than 20,000 rows"),
    ],
)
def test_what_is_no_menu_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words) as refused:
        parse_menu(data, EUR)
    assert refused.value.reason == "not-a-menu"
    assert refused.value.message.endswith(".")


def test_a_header_alone_is_a_menu_without_rows() -> None:
    assert parse_menu(b"name,price", EUR) == Menu("plain", [], [], [])


BAD_QUOTES = "its quotation marks do not match"


@pytest.mark.parametrize(
    ("rows", "read", "lines"),
    [
        (['"Latte,3.50', "Tea,2.50", "Bun,1"], ["Tea", "Bun"], [2]),
        (["Tea,2.50", "Bun,1", '"Latte,3.50'], ["Tea", "Bun"], [4]),
        (['"Latte,3.50', "Tea,2.50", '"Hot, dark",4', "Bun,1"], ["Tea", "Hot, dark", "Bun"], [2]),
        (['"Latte,3.50', "Tea,2.50", '",4', "Bun,1"], ["Tea", "Bun"], [2, 4]),
        (['"La"tte,3.50', "Tea,2.50"], ["Tea"], [2]),
        (['La"tte,3.50', 'Tea 5",2.50'], ['La"tte', 'Tea 5"'], []),
        (['"La""tte""",3.50', ' "Tea, x", 2'], ['La"tte"', "Tea, x"], []),
        (['"Flat\nwhite",3.50', "Tea,2"], ["Flat white", "Tea"], []),
    ],
)
def test_a_quote_never_swallows_the_rows_after_it(
    rows: list[str], read: list[str], lines: list[int]
) -> None:
    menu = parse_menu("\n".join(["name,price", *rows]).encode(), EUR)
    assert names(menu) == read
    assert [row.line for row in menu.skipped] == lines
    assert {row.reason for row in menu.skipped} <= {BAD_QUOTES}


def test_a_quote_that_nobody_closes_in_a_long_file_costs_its_line() -> None:
    rows = [f"Item {number},1" for number in range(2000)]
    rows[700] = '"' + rows[700]
    menu = parse_menu("\n".join(["name,price", *rows]).encode(), EUR)
    assert len(menu.rows) == 1999
    assert [row.line for row in menu.skipped] == [702]


def test_text_of_several_lines_with_commas_is_only_text() -> None:
    text = 'name,price,notes\nLatte,3.50,"with oat,\nsoy, rice,\nor almond"\nTea,2,\n'
    menu = parse_menu(text.encode(), EUR)
    assert [(row.line, row.name) for row in menu.rows] == [(2, "Latte"), (5, "Tea")]
    assert menu.skipped == []


def test_a_comma_without_quotes_is_reported_not_guessed() -> None:
    menu = parse_menu(b"name,price\nLatte,3,50\nTea, black,2.50\nBun,1,\nRoll", EUR)
    assert names(menu) == ["Bun"]
    assert [(row.line, row.reason.split(":")[0]) for row in menu.skipped] == [
        (2, "more cells than the first line has names"),
        (3, "more cells than the first line has names"),
        (5, "no fixed price"),
    ]


def test_of_two_columns_with_one_name_the_first_counts() -> None:
    menu = parse_menu(b"name,price,price\nLatte,3,4\n", EUR)
    assert menu.rows[0].price.minor == 300


HEADERS = st.sampled_from(
    ["name,price", "Item Name,Variation Name,Price", "Handle,Title,Variant Price",
     "Handle,Name,Option 1 value,Price [A]", "name;price"]
)  # fmt: skip


@given(st.binary())
@example(b'name,price\n"\n""\n\'')
def test_any_bytes_are_a_menu_or_refused(data: bytes) -> None:
    try:
        parse_menu(data, EUR)
    except BadInput as error:
        refused = error
    else:
        return
    assert refused.reason == "not-a-menu"


@given(HEADERS, st.text('ab12.,;"\n\r\t \u0301é', max_size=80))
def test_any_rows_are_read_or_reported(header: str, rows: str) -> None:
    menu = parse_menu(f"{header}\n{rows}".encode(), EUR)
    event(f"{len(menu.rows)} read")
    lines = [row.line for row in menu.rows]
    assert lines == sorted(set(lines))
    assert [row.line for row in menu.skipped] == sorted(row.line for row in menu.skipped)
    assert not set(lines) & {row.line for row in menu.skipped}
    assert all(row.line >= 2 for row in menu.skipped)
    assert all(row.name and row.price.minor > 0 for row in menu.rows)
    assert len({row.name.casefold() for row in menu.rows}) == len(menu.rows)
