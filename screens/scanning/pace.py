"""How fast keys come: nobody's hand is as fast as a scanner."""

from __future__ import annotations

import math
from typing import Final

GAP_SECONDS: Final = 0.08
"""Characters that are nearer than this come from a scanner, or in a lump through ssh."""

END_SECONDS: Final = 0.1
"""An Enter this soon after such text belongs to it."""


class Typing:
    """What was typed, and how fast; times are those of `time.monotonic`."""

    def __init__(self) -> None:
        self.last = -math.inf
        self._run = 0

    def add(self, at: float) -> bool:
        """Count a character; tell whether it stands alone so far."""
        self._run = self._run + 1 if at - self.last < GAP_SECONDS else 1
        self.last = at
        return self._run == 1

    def restart(self) -> None:
        """Begin anew: a key came between that was no text."""
        self._run = 0

    def ends(self, at: float, *, fewest: int) -> bool:
        """Tell whether an Enter belongs to quick text of at least so many characters."""
        if self._run < fewest or at - self.last >= END_SECONDS:
            return False
        self.last = at  # CR may be followed by LF
        return True
