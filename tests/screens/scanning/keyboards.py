"""What a terminal receives from a scanner that believes in another country's keyboard.

A scanner sends the keys of a US keyboard; the host makes characters of them by its own layout.
That layout is what xkbcli compiles of xkeyboard-config; it is read here, as text.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import re
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = {
    "AE": ("1234567890-=", "!@#$%^&*()_+"),
    "AD": ("qwertyuiop[]", "QWERTYUIOP{}"),
    "AC": ("asdfghjkl;'", 'ASDFGHJKL:"'),
    "AB": ("zxcvbnm,./", "ZXCVBNM<>?"),
}
US_KEYS = {
    " ": ("SPCE", False),
    **{
        char: (f"{row}{place:02}", shifted)
        for row, both in ROWS.items()
        for shifted, chars in zip((False, True), both, strict=True)
        for place, char in enumerate(chars, 1)
    },
}
"""Which key of a US keyboard a character is, and whether with Shift."""

ACCENTS = {
    "dead_grave": "\u0300",
    "dead_acute": "\u0301",
    "dead_circumflex": "\u0302",
    "dead_tilde": "\u0303",
    "dead_macron": "\u0304",
    "dead_breve": "\u0306",
    "dead_abovedot": "\u0307",
    "dead_diaeresis": "\u0308",
    "dead_abovering": "\u030a",
    "dead_doubleacute": "\u030b",
    "dead_caron": "\u030c",
    "dead_belowdot": "\u0323",
    "dead_cedilla": "\u0327",
    "dead_ogonek": "\u0328",
    "dead_stroke": "\u0335",
}

_KEY = re.compile(r"key <(\w+)>\s*\{(.*?)\};", re.DOTALL)
_TYPE = re.compile(r'type "(\w+)" \{(.*?)\n\t\};', re.DOTALL)
_TYPE_OF_KEY = re.compile(r'type(?:\[\w+\])?= "(\w+)"')
_SYMBOLS = re.compile(r"\[([^\]=]*)\](?!=)")
_MAP = re.compile(r"map\[([\w+]+)\]= (\d+);")
_MODIFIERS = re.compile(r"modifiers= ([\w+]+);")


@dataclass(frozen=True)
class Key:
    """A key's symbols by level, and the type that tells the level."""

    symbols: tuple[str, ...]
    type: str


@dataclass(frozen=True)
class Layout:
    """A compiled layout.

    Args:
        keys: What each key gives.
        levels: For each type, the level of each set of modifiers.
        heeded: For each type, the modifiers that it heeds.
    """

    keys: dict[str, Key]
    levels: dict[str, dict[frozenset[str], int]]
    heeded: dict[str, frozenset[str]]

    def symbol(self, key: str, modifiers: frozenset[str]) -> str:
        """Return the symbol of a key, by its name; a letter in capitals where Lock makes it so."""
        found = self.keys[key]
        heeded = self.heeded[found.type]
        level = self.levels[found.type].get(modifiers & heeded, 1)
        symbol = found.symbols[min(level, len(found.symbols)) - 1]
        if "Lock" in modifiers - heeded and len(symbol) == 1:
            return symbol.upper()
        return symbol

    def received(self, typed: str, *, caps_lock: bool = False) -> str:
        """Return what a terminal receives when a scanner types."""
        lock = {"Lock"} if caps_lock else set()
        keys = [US_KEYS[char] for char in typed]
        symbols = [self.symbol(k, frozenset(lock | ({"Shift"} if up else set()))) for k, up in keys]
        return "".join(composed(symbols))


def composed(symbols: list[str]) -> Iterator[str]:
    """Yield the characters of symbols; a dead key that goes with nothing takes the next along."""
    dead = None
    for symbol in symbols:
        char = character(symbol)
        if dead is not None:
            both = unicodedata.normalize("NFC", char + ACCENTS.get(dead, "\u0307")) if char else ""
            if char == " ":
                yield "´"
            elif len(both) == 1:
                yield both
            dead = None
        elif symbol.startswith("dead_"):
            dead = symbol
        else:
            yield char


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(ctypes.util.find_library("xkbcommon") or "libxkbcommon.so.0")


@cache
def character(symbol: str) -> str:
    """Return the character of a symbol's name, or nothing."""
    number = _library().xkb_keysym_from_name(symbol.encode(), 0)
    point = _library().xkb_keysym_to_utf32(number)
    return chr(point) if point else ""


@cache
def layout(name: str) -> Layout:
    """Return a layout: ``de``, or ``ch(fr)`` for a variant."""
    country, _, variant = name.rstrip(")").partition("(")
    command = ["xkbcli", "compile-keymap", "--layout", country, "--variant", variant]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    types, _, symbols = done.stdout.partition("xkb_symbols")
    levels, heeded = {}, {}
    for kind, body in _TYPE.findall(types):
        levels[kind] = {
            frozenset(mods.split("+")): int(level) for mods, level in _MAP.findall(body)
        }
        heeded[kind] = frozenset(chain(*(mods.split("+") for mods in _MODIFIERS.findall(body))))
    return Layout({code: _key(body) for code, body in _KEY.findall(symbols)}, levels, heeded)


def _key(body: str) -> Key:
    symbols = tuple(part.strip() for part in _SYMBOLS.findall(body)[-1].split(","))
    named = _TYPE_OF_KEY.search(body)
    return Key(symbols, named[1] if named else _automatic(symbols))


def _automatic(symbols: tuple[str, ...]) -> str:
    """Return the type that a key has where none is named."""
    if len(symbols) == 1:
        return "ONE_LEVEL"
    first, second = (_is_letter(*symbols[at : at + 2]) for at in (0, 2))
    if len(symbols) == 2:
        return "ALPHABETIC" if first else "TWO_LEVEL"
    if not first:
        return "FOUR_LEVEL"
    return "FOUR_LEVEL_ALPHABETIC" if second else "FOUR_LEVEL_SEMIALPHABETIC"


def _is_letter(*pair: str) -> bool:
    if len(pair) < 2:
        return False
    lower, upper = map(character, pair)
    return lower != upper and lower.upper() == upper
