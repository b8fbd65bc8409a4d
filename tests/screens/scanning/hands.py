"""Scanners and hands at a stage: keys that come at a pace, as the terminal's driver brings them."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from textual import events
from textual.keys import _character_to_key
from textual.widgets import DataTable, OptionList

from payforward.core import codes
from screens.scanning.taking_back import TakesBack
from screens.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App

    from payforward.core.codes import Code
    from tests.screens.stage import Actor

ENDINGS = {
    "nothing": "",
    "Enter": "\r",
    "CR LF": "\r\n",
    "Tab": "\t",
    "ETX": "\x03",
    "ETX CR LF": "\x03\r\n",
}
CONTROLS = {
    "\r": "enter",
    "\n": "ctrl+j",
    "\t": "tab",
    "\x02": "ctrl+b",
    "\x03": "ctrl+c",
    "\x1b": "escape",
}
BARCODE = "4006381333931"


def key_of(char: str) -> events.Key:
    """Return the key that a terminal's character is."""
    return events.Key(CONTROLS.get(char) or _character_to_key(char), char)


async def type_at(app: App[Any], text: str, gap: float) -> None:
    """Send characters as the terminal's driver does, so many seconds apart.

    They say so themselves, whatever else keeps the machine busy.
    """
    driver = app._driver
    assert driver is not None
    at = time.monotonic()
    for number, char in enumerate(text):
        key = key_of(char)
        key.time = at + number * gap
        driver.send_message(key)
        if gap:
            await asyncio.sleep(gap)


def address(code: Code) -> str:
    return f"HTTPS://COFFEE.EXAMPLE/V/{code.letters}"


def words(code: Code) -> str:
    return f"ROSA'S CAFE GIFT {code.letters}"


@dataclass
class Heard:
    """What an app was told of scans."""

    codes: list[Code] = field(default_factory=list)
    misread: int = 0

    def take(self) -> list[Code]:
        """Return the codes heard since the last time."""
        heard, self.codes = self.codes, []
        return heard


def new_code() -> Code:
    return codes.new_code(secrets.token_bytes)


def with_error(code: Code) -> str:
    """Return the letters with one of them wrong."""
    letters = code.letters
    other = next(letter for letter in codes.ALPHABET if letter != letters[7])
    return letters[:7] + other + letters[8:]


def everything(actor: Actor) -> object:
    """Return what a key could change: the screens, the focus, what stands in every field."""
    screens = actor.stage.screen_stack
    return (
        [id(screen) for screen in screens],
        id(actor.stage.focused),
        list(states(node for screen in screens for node in screen.query("*"))),
    )


def states(nodes: Iterable[object]) -> Iterable[object]:
    for node in nodes:
        if isinstance(node, TakesBack):
            yield id(node), node.state(), getattr(node, "value", getattr(node, "text", None))
        elif isinstance(node, Choice):
            yield node.chosen
        elif isinstance(node, OptionList):
            yield node.highlighted
        elif isinstance(node, DataTable):
            yield node.cursor_coordinate
