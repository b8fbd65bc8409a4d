"""Text is made safe on its way in, stays as people wrote it, and fits its cells."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from payforward.core.errors import BadInput
from payforward.core.text import (
    MAX_MESSAGE,
    MAX_NAME,
    MAX_STACKED_MARKS,
    cell_width,
    clean_line,
    clean_message,
    clean_name,
    fit,
    plain_forms,
    shown,
)

ANY = st.text(st.characters())
MEAN = st.text(
    st.sampled_from("ae \t\n\x1b\x9b\u0301\u0302\u0308\u200b\u200c\u200d\u202e\u2066\ufeff"
                    "\u2028\ud800\ufe0f\u094d\u0915\u0645👩🍳🏽🇮李ﾊ\u1161\u1100"),
    max_size=30,
)  # fmt: skip

KEPT = [
    "Zoë",
    "李雷",
    "O'Hara",
    "مريم",
    "[b]bold[/b]",
    "[link=https://example.org]x[/]",
    "=1+1",
    "Café “Rosa” – 100 %",
    "می\u200cخواهم",  # Persian: a non-joiner inside a word
    "क्\u200dष",  # Hindi: a joiner between two consonants
    "👩\u200d🍳",
    "🏳\ufe0f\u200d🌈",
    "👍🏽",
    "🇮🇹",
    "葛\U000e0100",
    "Nguyễn Thị Hồng",
    "שָׁלוֹם",
]

CHANGED = [
    ("Zoe\u0308", "Zoë"),
    ("\x1b[31mred\x1b[0m", "[31mred[0m"),
    ("\x9b31mred", "31mred"),
    ("a\x00b\x07c\x7fd", "abcd"),
    ("evil\u202egnp.exe", "evilgnp.exe"),
    ("\u2066a\u2069\u200e\u200f\u061cb", "ab"),
    ("a\u00adb\u200bc\u2060d\ufeffe", "abcde"),
    ("a\u2028b\u2029c\u0085d", "a b c d"),
    ("line\r\nline\ttab\u00a0nbsp\u3000wide", "line line tab nbsp wide"),
    ("  in   and out  ", "in and out"),
    ("tag\U000e0041\U000e007f", "tag"),
    ("\ud800half\udfff", "half"),
    ("\ue000\U000f0000private", "private"),
    ("\uffff\u0378unassigned", "unassigned"),
    ("a\u200db\u200c", "ab"),
    ("e\u200d\u0301", "é"),
    ("क्\u200d", "क्"),
    ("क्\u200d and", "क् and"),
    ("\u200d👩", "👩"),
    ("👩\u200d\u200d🍳", "👩🍳"),
    ("\u0301abc", "abc"),
    ("a \u0301b", "a b"),
    ("\u3164\u2800\uffa0", ""),
    ("a\u034f\u0301", "á"),
]


@pytest.mark.parametrize("text", KEPT)
def test_what_people_are_called_stays(text: str) -> None:
    assert clean_line(text, max_length=60) == text
    assert clean_name(text) == text
    assert clean_message(text) == text
    assert shown(text) == text


@pytest.mark.parametrize(("text", "safe"), CHANGED)
def test_what_acts_is_removed(text: str, safe: str) -> None:
    assert clean_line(text, max_length=60) == safe
    assert shown(text) == safe


def test_marks_do_not_pile_up() -> None:
    marks = "\u0334\u0335\u0336\u0337\u0338\u0339\u033a\u033b" * 5
    line = clean_line(f"Z{marks}a{marks}", max_length=60)
    assert len(line) == 2 * (1 + MAX_STACKED_MARKS)


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("Hello", 5, "Hello"),
        ("Hello", 4, "Hell"),
        ("Hello you", 6, "Hello"),
        ("Hello", 0, ""),
        ("x\u0304\u0301y", 2, ""),
        ("ax\u0304\u0301y", 3, "a"),
        ("a👩\u200d🍳", 3, "a"),
        ("a👍🏽", 2, "a"),
        ("a🇮🇹", 2, "a"),
        ("a🇮🇹🇫🇷", 4, "a🇮🇹"),
    ],
)
def test_a_cut_goes_between_what_people_see_as_characters(text: str, length: int, cut: str) -> None:
    assert clean_line(text, max_length=length) == cut


@pytest.mark.parametrize("text", ["", "  ", "\x1b\x00", "\u200b\u200d", "\u0301", "\u3164"])
def test_an_empty_name_is_refused_and_an_empty_message_is_none(text: str) -> None:
    with pytest.raises(BadInput, match="The item is empty") as refused:
        clean_name(text, what="item")
    assert refused.value.reason == "bad-name"
    assert clean_message(text) is None


def test_what_is_too_long_is_refused_with_the_limit() -> None:
    assert clean_name("x" * MAX_NAME) == "x" * MAX_NAME
    with pytest.raises(BadInput, match="shorten it to 60") as name:
        clean_name("x" * (MAX_NAME + 1))
    assert name.value.reason == "bad-name"
    assert clean_message("x " * (MAX_MESSAGE // 2)) is not None
    with pytest.raises(BadInput, match="shorten it to 200") as message:
        clean_message("x" * (MAX_MESSAGE + 1))
    assert message.value.reason == "bad-message"


@given(st.one_of(ANY, MEAN), st.integers(0, 40))
@example("e\u0301" * 3, 2)
def test_a_clean_line_is_safe_and_short(text: str, length: int) -> None:
    line = clean_line(text, max_length=length)
    assert len(line) <= length
    assert line == line.strip()
    assert "  " not in line
    assert unicodedata.is_normalized("NFC", line)
    for char in line:
        assert char in "\u200c\u200d" or unicodedata.category(char)[0] != "C"
        assert char == " " or not char.isspace()
    line.encode()
    assert shown(line) == line


@given(st.one_of(ANY, MEAN))
def test_showing_changes_nothing_the_second_time(text: str) -> None:
    once = shown(text)
    assert shown(once) == once
    assert clean_line(text, max_length=max(len(once), 1)) == once


@given(st.text(st.characters(categories=["L", "N", "P"], max_codepoint=0x2FF)))
def test_western_words_are_not_touched(text: str) -> None:
    assert shown(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("latte", 5),
        ("Zoë", 3),
        ("Zoe\u0308", 3),
        ("李雷", 4),
        ("ﾊﾟﾝ", 3),
        ("Ａ", 2),
        ("€3.50", 5),
        ("…", 1),
        ("👩‍🍳", 2),
        ("👍🏽", 2),
        ("❤️", 2),
        ("1️⃣", 2),
        ("🇮🇹", 2),
        ("क्षि", 2),
        ("\u1112\u1161\u11ab", 2),
    ],
)
def test_cells_are_counted_as_the_terminal_library_counts_them(text: str, cells: int) -> None:
    assert cell_width(text) == cells == cell_len(text)


@given(st.text(st.characters(categories=["L", "Nd", "P"], max_codepoint=0xFFEF)))
def test_cells_agree_with_the_terminal_library_for_any_words(text: str) -> None:
    line = shown(text)
    assert cell_width(line) == cell_len(line)


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("Tea", 5, "Tea  "),
        ("Tea", 3, "Tea"),
        ("Teas", 3, "Te…"),
        ("Tea", 1, "…"),
        ("Tea", 0, ""),
        ("", 2, "  "),
        ("李雷", 3, "李…"),
        ("李雷", 2, "… "),
        ("Zoë and", 4, "Zoë…"),
        ("\x1b[2JTea", 8, "[2JTea  "),
        ("👩‍🍳 cooks", 3, "👩‍🍳…"),
    ],
)
def test_text_is_cut_and_padded_to_its_cells(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@given(st.one_of(ANY, MEAN), st.integers(0, 30))
def test_fitted_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_width(fit(text, width)) == width


def test_other_keyboards_forms_become_plain() -> None:
    assert plain_forms("＋１２．５０\u3000ｃａ ٣۴ ￥") == "+12.50 ca 34 ¥"
    assert plain_forms("Zoë 李雷") == "Zoë 李雷"
