"""How long work is told, and how a person is asked."""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING

import pytest

from payforward.cli import asking
from payforward.core.errors import BadInput, Refused
from tests.cli.slips import Typing, types

if TYPE_CHECKING:
    from tests.cli.conftest import Pay


def test_on_a_terminal_one_line_is_redrawn_and_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Typing()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(asking, "REDRAW_EVERY_S", 0)
    tell = asking.progress_of("Slips written")
    for done in range(3):
        tell(done, 2)
    assert screen.getvalue() == (
        "\r\x1b[KSlips written: 0 of 2\r\x1b[KSlips written: 1 of 2\r\x1b[K"
    )


def test_elsewhere_short_work_is_silent_and_long_work_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    tell = asking.progress_of("Slips written")
    tell(0, 1000)
    tell(1000, 1000)
    assert log.getvalue() == ""
    monkeypatch.setattr(asking, "TELL_EVERY_S", 0)
    tell(500, 1000)
    assert log.getvalue() == "Slips written: 500 of 1000.\n"


def test_only_a_yes_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    asking.insist("Sure?", is_sure=True)
    types(monkeypatch, "Yes\n", at_terminal=True)
    asking.insist("Sure?", is_sure=False)
    for typed in ("no\n", "\n", ""):
        types(monkeypatch, typed, at_terminal=True)
        with pytest.raises(Refused, match="Nothing was done"):
            asking.insist("Sure?", is_sure=False)
    types(monkeypatch, "yes\n")
    with pytest.raises(BadInput, match="Add --yes"):
        asking.insist("Sure?", is_sure=False)
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(BadInput, match="Add --yes"):
        asking.insist("Sure?", is_sure=False)


def test_many_slips_say_that_they_take_a_moment(pay: Pay) -> None:
    pay.done("give", "tea", "--count", "200")
    ran = pay("vouchers", "hand-out", "tea", "--count", "100")
    assert (ran.code, ran.err) == (0, "A moment: 100 slips are being made.\n")
    assert len(re.findall(r"(?:[A-Z]{4} ){4}[A-Z]{4}$", ran.out, re.MULTILINE)) == 100
    ran = pay("vouchers", "hand-out", "tea", "--count", "100", "--json")
    assert (ran.code, ran.err) == (0, "")


def test_what_is_refused_takes_no_moment(pay: Pay) -> None:
    pay.done("give", "tea", "--count", "99")
    for ask in (["tea"], ["soup"], ["--money", "1"]):
        refusal = pay.refused("vouchers", "hand-out", *ask, "--count", "100")
        assert refusal[:2] == (1, "nothing-waiting")
