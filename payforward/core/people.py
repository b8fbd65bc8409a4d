"""People: who is at the counter, what proves it, and what only the owner does.

A secret is kept as ``scrypt$n$r$p$salt$hash``: a power of two, two small numbers, and two parts in
base64. The parameters are those that OWASP's Password Storage Cheat Sheet gives for 16 MiB
(https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html), which counts
as much as more memory with fewer rounds; what they are is in RFC 7914. One try takes 0.2 s on two
cores of 2020, and four tills at once fit into the memory of the smallest machine.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from payforward.core.errors import BadInput, Refused

if TYPE_CHECKING:
    from datetime import datetime

LEAST_PIN: Final = 4
MOST_PIN: Final = 8
"""Digits of a PIN."""

LEAST_PASSPHRASE: Final = 8
MOST_PASSPHRASE: Final = 200
"""Characters of the owner's passphrase."""

SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32

COST: Final = (1 << 14, 8, 5)
"""scrypt's ``n``, ``r`` and ``p`` of new secrets; a try takes ``128 * n * r`` bytes."""

_MOST_COST: Final = (1 << 20, 32, 32)
"""Nobody who writes a ledger may let a till count for hours."""
_NAME: Final = "scrypt"

FIRST_WAIT: Final = timedelta(seconds=1)
LONGEST_WAIT: Final = timedelta(minutes=15)
WRONG_BEFORE_WAITING: Final = 3
"""So many wrong tries in a row make the next one wait; each more doubles the wait."""

AGREED_SECONDS: Final = 300.0
"""For so long after the passphrase the screens of one till ask for it no more."""


class Guarded(StrEnum):
    """What asks for the owner's passphrase, where there is one."""

    SETTINGS = "settings"
    MENU = "menu"
    PROGRAMS = "programs"
    CLOSES = "closes"
    OTHER_DAYS = "other-days"
    EXPORTS = "exports"
    PEOPLE = "people"
    RECOVERY = "recovery"

    @property
    def doing(self) -> str:
        """What it is, as a sentence begins with it."""
        return _DOING[self]


_DOING: Final = {
    Guarded.SETTINGS: "Changing settings and printers",
    Guarded.MENU: "Changing the menu and its prices",
    Guarded.PROGRAMS: "Changing programs and their budgets",
    Guarded.CLOSES: "Correcting a closed day",
    Guarded.OTHER_DAYS: "Taking back what was done on another day",
    Guarded.EXPORTS: "Exporting the books",
    Guarded.PEOPLE: "Changing people, PINs and the passphrase",
    Guarded.RECOVERY: "Seeing the recovery sheet",
}


@dataclass(frozen=True, slots=True)
class Cashier:
    """Somebody who is at the counter at times.

    Args:
        id: The number that entries have; 0 for a name that is in none yet.
        name: What they are called.
        has_pin: Whether a PIN proves who they are; else it is only said.
        retired: Whether they have left.
    """

    id: int
    name: str
    has_pin: bool = False
    retired: bool = False


# -- what a secret may be ---------------------------------------------------------------------


def clean_pin(typed: str) -> str:
    """Return a new PIN: 4 to 8 digits, of whatever keyboard.

    >>> clean_pin(" 4071 "), clean_pin("４０７１")
    ('4071', '4071')

    Raises:
        BadInput: it is none.
    """
    pin = said_secret(typed)
    if not (pin.isascii() and pin.isdigit() and LEAST_PIN <= len(pin) <= MOST_PIN):
        raise BadInput(f"A PIN is {LEAST_PIN} to {MOST_PIN} digits: type others.", reason="bad-pin")
    return pin


def clean_passphrase(typed: str) -> str:
    """Return a new passphrase: at least 8 characters, in Unicode's form NFKC.

    Keyboards write one and the same letter in several ways; NFKC makes them one (NIST SP
    800-63B, 5.1.1.2). Spaces around it do not count.

    Raises:
        BadInput: it is too short, too long, or cannot be typed.
    """
    phrase = said_secret(typed)
    if len(phrase) < LEAST_PASSPHRASE:
        raise BadInput(
            f"The passphrase has {len(phrase)} characters: take {LEAST_PASSPHRASE} or more, such "
            "as four words.",
            reason="bad-passphrase",
        )
    if len(phrase) > MOST_PASSPHRASE:
        raise BadInput(
            f"The passphrase has {len(phrase)} characters: shorten it to {MOST_PASSPHRASE}.",
            reason="bad-passphrase",
        )
    if any(unicodedata.category(char) in ("Cc", "Cs", "Cn") for char in phrase):
        raise BadInput(
            "The passphrase has characters that no keyboard writes: type others.",
            reason="bad-passphrase",
        )
    return phrase


def said_secret(typed: str) -> str:
    r"""Return a secret as it is compared, whatever the keyboard.

    >>> said_secret("Cafe\u0301 ﬁne\n")
    'Café fine'
    """
    return unicodedata.normalize("NFKC", typed).strip()


# -- the slow hash ----------------------------------------------------------------------------


def hash_secret(secret: str, salt: bytes, cost: tuple[int, int, int] = COST) -> str:
    """Return what is kept of a secret: ``scrypt$n$r$p$salt$hash``.

    Args:
        secret: It, as `said_secret` answers it.
        salt: `SALT_BYTES` that nobody had before.
        cost: What each try shall cost, as `COST`.
    """
    from base64 import b64encode  # noqa: PLC0415 - only secrets pay for it

    parts = (salt, _derived(secret, salt, cost, _HASH_BYTES))
    return "$".join([_NAME, *map(str, cost), *(b64encode(part).decode() for part in parts)])


def matches(secret: str, kept: str) -> bool:
    """Return whether a secret is the one of which this was kept; a wrong one takes as long.

    Raises:
        ValueError: what was kept is damaged.
    """
    from base64 import b64decode  # noqa: PLC0415 - only secrets pay for it
    from hmac import compare_digest  # noqa: PLC0415

    name, n, r, p, salt, hashed = kept.split("$")
    cost, wanted = (int(n), int(r), int(p)), b64decode(hashed, validate=True)
    is_sane = all(0 < each <= most for each, most in zip(cost, _MOST_COST, strict=True))
    if name != _NAME or not is_sane or len(wanted) < _HASH_BYTES:
        raise ValueError("no scrypt hash that can be worked out")
    found = _derived(secret, b64decode(salt, validate=True), cost, len(wanted))
    return compare_digest(found, wanted)


def _derived(secret: str, salt: bytes, cost: tuple[int, int, int], length: int) -> bytes:
    from hashlib import scrypt  # noqa: PLC0415 - only secrets pay for it

    n, r, p = cost
    # OpenSSL wants room for all of RFC 7914's B and V, and a little more.
    room = 128 * r * (n + p + 2) + (1 << 20)
    # A lone surrogate, from a terminal that is not UTF-8, is wrong but no mistake of ours.
    said = secret.encode("utf-8", "surrogatepass")
    return scrypt(said, salt=salt, n=n, r=r, p=p, maxmem=room, dklen=length)


# -- waiting after wrong tries ----------------------------------------------------------------


def wait_after(failures: int) -> timedelta:
    """Return how long nobody may try again after so many wrong tries in a row.

    >>> [wait_after(each).seconds for each in (0, 2, 3, 4, 6, 12, 13, 500)]
    [0, 0, 1, 2, 8, 512, 900, 900]
    """
    if failures < WRONG_BEFORE_WAITING:
        return timedelta()
    doublings = min(failures - WRONG_BEFORE_WAITING, 20)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def wait_left(failures: int, failed_at: datetime | None, now: datetime) -> timedelta:
    """Return how long the next try must wait still, never longer than its whole wait.

    Args:
        failures: Wrong tries in a row.
        failed_at: When the last of them was; UTC.
        now: This instant; UTC. Where it is before the last try, the clock was put back, and the
            wait begins anew.
    """
    if failed_at is None:
        return timedelta()
    nothing = timedelta()
    passed = now - failed_at if now > failed_at else nothing
    left = wait_after(failures) - passed
    return max(nothing, left)


def said_wait(wait: timedelta) -> str:
    """Return a wait in words, rounded up.

    >>> [said_wait(timedelta(seconds=each)) for each in (0.2, 8, 61, 900)]
    ['1 second', '8 seconds', '2 minutes', '15 minutes']
    """
    seconds = -(-wait // timedelta(seconds=1))
    if seconds <= 60:
        return "1 second" if seconds <= 1 else f"{seconds} seconds"
    return f"{-(-seconds // 60)} minutes"


# -- refusals ---------------------------------------------------------------------------------


def wrong_pin(name: str, wait: timedelta) -> Refused:
    """Return the refusal of a PIN, and when the next try counts."""
    return Refused(f"That is not the PIN of {name}: {_then(wait)}", reason="wrong-pin")


def wrong_passphrase(wait: timedelta) -> Refused:
    """Return the refusal of a passphrase, and when the next try counts."""
    return Refused(f"That is not the owner's passphrase: {_then(wait)}", reason="wrong-passphrase")


def locked(whose: str, wait: timedelta) -> Refused:
    """Return the refusal of a try that came too early, right or wrong; it was not looked at."""
    return Refused(
        f"Too many wrong tries for {whose}: wait {said_wait(wait)}, then try again.",
        reason="locked",
    )


def passphrase_needed(what: Guarded) -> Refused:
    """Return the refusal of what is the owner's."""
    return Refused(f"{what.doing} needs the owner's passphrase.", reason="passphrase-needed")


def pin_needed(name: str) -> Refused:
    """Return the refusal of a name that its PIN must prove."""
    return Refused(f"{name} has a PIN: say it too.", reason="pin-needed")


def _then(wait: timedelta) -> str:
    return f"wait {said_wait(wait)}, then try again." if wait else "try again."
