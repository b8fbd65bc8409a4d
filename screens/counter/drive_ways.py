"""What Enter could do for a drive: take goods in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from payforward.core.asks import Collect
from screens.counter import program_words

if TYPE_CHECKING:
    from payforward.core.programs import Program
    from screens.counter.typeable import Goods
    from screens.counter.ways import Surroundings
    from screens.counter.words import Variants


@dataclass(frozen=True, slots=True)
class BringerWords:
    """What whoever brings goods may say of them."""

    giver: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class CollectWay:
    """Take ``units`` of goods in."""

    goods: Goods
    units: int
    said: BringerWords = field(default_factory=BringerWords)

    def sentence(self, around: Surroundings) -> Variants:
        """Ask, and say how far the drive has come."""
        drive = around.state(self.goods.drive.program.id) or self.goods.drive
        return program_words.take_in_question(self.goods.item, self.units, drive)

    def keys(self, around: Surroundings) -> Variants:  # noqa: ARG002
        """Return what the keys do now."""
        return program_words.ENTER_TAKES_IN

    def with_words(self, said: BringerWords) -> CollectWay:
        """Return the same goods with what the form said."""
        return replace(self, said=said)

    def ask(self, action: str) -> Collect:
        """Return the taking in."""
        return Collect(
            action=action,
            item=self.goods.item.id,
            program=self.goods.drive.program.id,
            units=self.units,
            giver=self.said.giver,
            message=self.said.message,
        )

    @property
    def row(self) -> Program:
        """Whose goods they are."""
        return self.goods.drive.program
