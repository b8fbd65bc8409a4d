"""A slip's whole life at one terminal: given, shown, photographed, scanned, scanned again."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from db.ledger import Ledger
from payforward.core import codes
from tests.needs import needs
from tests.output.reading import scanned
from tests.terminal.picture import terminal_picture
from tests.terminal.test_terminal import shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import OpenTmux, Tmux

__all__ = ["shop"]

SCANNERS_GAP_SECONDS = 0.02


def _scan(tmux: Tmux, payload: str) -> None:
    """Type as a scanner does: key by key, then Enter."""
    for key in payload:
        tmux.type(key)
        time.sleep(SCANNERS_GAP_SECONDS)
    tmux.keys("Enter")


def _switch_to_slip(tmux: Tmux) -> None:
    """Go through the form's fields to the last one, and choose the slip there."""
    for _ in range(8):
        line = next(line for line in tmux.text().split("\n") if "a slip of paper" in line)
        if "(•) a slip" in line:
            return
        tmux.keys("Tab")
        time.sleep(0.2)
        tmux.keys("Right")
        time.sleep(0.2)


@needs("tmux")
@needs("chromium")
def test_a_slip_is_given_shown_scanned_and_refused(
    shop: Path, open_tmux: OpenTmux, tmp_path: Path
) -> None:
    tmux = open_tmux("--ledger", shop, "--till", "till 3")
    tmux.see("Community fund")
    tmux.type("+lat")
    tmux.see("Give 1 Latte, €3.75, cash?")
    tmux.keys("Right")
    tmux.see("a slip of paper")
    _switch_to_slip(tmux)
    time.sleep(0.3)
    tmux.keys("Enter")
    tmux.see("Thank you. 1 Latte on a slip.")
    tmux.keys("Right")
    letters = re.search(r"(?:[B-X]{4} ){4}[B-X]{4}", tmux.see("Close"))
    assert letters is not None

    # What a phone's camera sees is read by something that did not draw it.
    (payload,) = scanned(terminal_picture(tmux.run("capture-pane", "-p", "-e"), tmp_path))
    assert codes.compact(letters[0]) in payload
    tmux.keys("Escape")
    tmux.see("here just now")
    time.sleep(0.5)

    _scan(tmux, payload)
    tmux.see("✓ 1 Latte.")
    time.sleep(3.2)  # longer than a scanner that reads twice
    _scan(tmux, payload)
    tmux.see("This slip has been used.")
    tmux.keys("Right")
    tmux.see("at till 3")

    with Ledger.open(shop) as ledger:
        kinds = [view.kind.value for view in ledger.entries()]
        assert kinds == ["give", "redeem"]
        assert ledger.verify().sound
