"""From the bytes of a file to its text, or to a sentence on what the file is instead."""

from __future__ import annotations

import codecs

from payforward.core.menus.model import not_a_menu

MAX_BYTES = 5_000_000
"""The largest file that is read; a menu of 20,000 rows has about half of it."""

_SAVE_AS_CSV = "open it, save it as CSV, and import that file"
_BEGINNINGS = (
    (b"PK\x03\x04", f"This is a spreadsheet or archive (.xlsx, .ods, .zip): {_SAVE_AS_CSV}."),
    (b"\xd0\xcf\x11\xe0", f"This is an old spreadsheet (.xls): {_SAVE_AS_CSV}."),
    (b"%PDF", "This is a PDF: export the menu from the till as CSV instead."),
    (b"\x89PNG", "This is a picture: export the menu from the till as CSV instead."),
    (b"\xff\xd8\xff", "This is a picture: export the menu from the till as CSV instead."),
    (b"GIF8", "This is a picture: export the menu from the till as CSV instead."),
)
_TEXT_BEGINNINGS = (
    (("{", "["), "This is JSON, not CSV: export the menu from the till as CSV instead."),
    (("<",), "This is a web page, not CSV: download the export itself and import that."),
)
_NOT_TEXT = "This is not a text file: export the menu from the till as CSV and import that."


def decode(data: bytes) -> tuple[str, list[str]]:
    """Return a file's text without its byte order mark, and notes on how it was read.

    UTF-8 and UTF-16 (by its mark) are read for certain. Other text is taken for Windows-1252,
    which older spreadsheets write, and a note says so.

    Raises:
        BadInput: it is empty, too large, or no text that could be CSV.
    """
    if len(data) > MAX_BYTES:
        raise not_a_menu(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB: export the menu alone."
        )
    for beginning, sentence in _BEGINNINGS:
        if data.startswith(beginning):
            raise not_a_menu(sentence)
    text, notes = _text(data)
    if "\0" in text:
        raise not_a_menu(_NOT_TEXT)
    start = text.lstrip()[:1]
    if not start:
        raise not_a_menu("The file is empty: export the menu from the till as CSV again.")
    for beginnings, sentence in _TEXT_BEGINNINGS:
        if start in beginnings:
            raise not_a_menu(sentence)
    return text, notes


def _text(data: bytes) -> tuple[str, list[str]]:
    """Return bytes as text, and notes on a guess."""
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        if utf16 or b"\0" in data:
            raise not_a_menu(_NOT_TEXT)
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise not_a_menu(_NOT_TEXT) from None
    return text, [
        "The file is not UTF-8 and was read as Windows-1252: look whether its accents are right."
    ]
