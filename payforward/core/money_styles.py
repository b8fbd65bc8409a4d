"""How a shop's locale writes money: the marks alone, kept so that nothing is looked up again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from payforward.core.text import plain_forms, shown

NO_BREAK: Final = "\N{NO-BREAK SPACE}"
MINUS: Final = "\N{MINUS SIGN}"
_DECIMALS: Final = (".", ",")
_GROUPS: Final = ("", ".", ",", "'", "’", NO_BREAK)
_MOST_AROUND: Final = 16
_PARTER: Final = "\t"


@dataclass(frozen=True, slots=True)
class MoneyStyle:
    """What stands in and around an amount of a shop's currency, in its locale.

    Args:
        locale: Its name, such as ``it_IT``.
        decimal: Between whole units and the rest.
        group: Between thousands; empty where they are not parted.
        last_group: How many digits the last group has.
        other_groups: How many each group before it has: 2 in India.
        before: Before an amount: the currency's sign, or nothing.
        after: After it.
        before_negative: Before one below zero.
        after_negative: After that.
    """

    locale: str
    decimal: str
    group: str
    last_group: int
    other_groups: int
    before: str
    after: str
    before_negative: str
    after_negative: str

    def __post_init__(self) -> None:
        """Let nothing be a style that could make one amount look like another.

        Raises:
            ValueError: it is none.
        """
        around = (self.before, self.after, self.before_negative, self.after_negative)
        is_plain = self.decimal in _DECIMALS and self.group in _GROUPS
        if not is_plain or self.decimal == self.group:
            raise ValueError(f"{self.decimal!r} and {self.group!r} do not part an amount")
        if self.last_group != 3 or self.other_groups not in (2, 3):
            raise ValueError(f"groups of {self.last_group} and {self.other_groups}")
        is_told = self.sign and MINUS in self.before_negative + self.after_negative
        if not is_told or MINUS in self.before + self.after:
            raise ValueError(f"{around} tell neither the currency nor what is below zero")
        if self.locale != shown(self.locale) or not all(map(_may_stand_around, around)):
            raise ValueError(f"{around} cannot stand around an amount")

    def __str__(self) -> str:
        """Return it as it is kept."""
        facts = (getattr(self, name) for name in self.__slots__)
        return _PARTER.join(map(str, facts))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return what was kept.

        Raises:
            ValueError: it is none.
        """
        locale, decimal, group, last, other, *around = text.split(_PARTER)
        if len(around) != 4:
            raise ValueError(text)
        return cls(locale, decimal, group, int(last), int(other), *around)

    @property
    def sign(self) -> str:
        """How the currency is written, in the plain forms that typed amounts have."""
        return plain_forms(self.before + self.after).strip()

    def grouped(self, whole: int) -> str:
        """Return whole units, in groups.

        >>> rupees = MoneyStyle("en_IN", ".", ",", 3, 2, "₹", "", "−₹", "")
        >>> rupees.grouped(123), rupees.grouped(1234567)
        ('123', '12,34,567')
        """
        digits = str(whole)
        head, tail = digits[: -self.last_group], digits[-self.last_group :]
        if not self.group or not head:
            return digits
        # Only the first group may have fewer.
        first = len(head) % self.other_groups or self.other_groups
        starts = range(first, len(head), self.other_groups)
        groups = [head[:first], *(head[at : at + self.other_groups] for at in starts), tail]
        return self.group.join(groups)

    def around(self, *, is_negative: bool) -> tuple[str, str]:
        """Return what stands before and after an amount."""
        if is_negative:
            return self.before_negative, self.after_negative
        return self.before, self.after


def kept_style(text: str) -> MoneyStyle | None:
    """Return what was kept, or None where a newer program may have written it."""
    try:
        return MoneyStyle.parse(text)
    except ValueError:
        return None


def _may_stand_around(text: str) -> bool:
    """Tell whether text moves nothing, hides nothing and adds no digit to an amount."""
    bare = text.replace(NO_BREAK, " ").strip()
    is_short = len(text) <= _MOST_AROUND
    return is_short and bare == shown(bare) and not any(each.isnumeric() for each in bare)
