"""Questions that a person must say yes to, and how far long work has come."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

from payforward.cli.output import complain
from payforward.core.errors import BadInput, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[int, int], None]

TELL_EVERY_S: Final = 5.0
"""Where nobody watches, long work says how far it is no oftener."""

REDRAW_EVERY_S: Final = 0.1


def insist(question: str, *, is_sure: bool) -> None:
    """Go on only if a person says yes; ``--yes`` said it already.

    Raises:
        Refused: a person said no.
        BadInput: nobody is there to ask.
    """
    if is_sure:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise BadInput(f"{question} Add --yes to say so.", reason="not-confirmed")
    complain(f"{question} Type yes to go on:")
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        raise Refused("Nothing was done.", reason="not-confirmed")


def progress_of(what: str) -> Progress:
    """Return what tells on standard error how far long work has come: done, of how many.

    On a terminal one line is redrawn; elsewhere a line comes every few seconds at most, so that
    short work is silent.
    """
    redraws = sys.stderr is not None and sys.stderr.isatty()
    told_at = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told_at
        now = time.monotonic()
        is_last = redraws and done >= total
        if not is_last and now - told_at < (REDRAW_EVERY_S if redraws else TELL_EVERY_S):
            return
        told_at = now
        if redraws:
            _redraw("" if is_last else f"{what}: {done} of {total}")
        else:
            complain(f"{what}: {done} of {total}.")

    return tell


def _redraw(line: str) -> None:
    """Write over the line that stands there; no words leave an empty one."""
    try:
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
    except OSError:
        return
