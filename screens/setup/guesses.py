"""What the machine already knows: where it stands, and so what money is used there."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from payforward.core.clock import zone
from payforward.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LOCALTIME: Final = Path("/etc/localtime")
ELSEWHERE: Final = "EUR"

# Territories as ISO 3166 names them, by the currency of their shops; the others use the euro
# or are asked.
_TERRITORIES: Final = {
    "AUD": "AU",
    "BRL": "BR",
    "CAD": "CA",
    "CHF": "CH LI",
    "CLP": "CL",
    "CNY": "CN",
    "COP": "CO",
    "CZK": "CZ",
    "DKK": "DK GL FO",
    "GBP": "GB IM JE GG",
    "HKD": "HK",
    "HUF": "HU",
    "ILS": "IL",
    "INR": "IN",
    "ISK": "IS",
    "JPY": "JP",
    "KRW": "KR",
    "KWD": "KW",
    "MAD": "MA",
    "MXN": "MX",
    "NOK": "NO",
    "NZD": "NZ",
    "PHP": "PH",
    "PLN": "PL",
    "RON": "RO",
    "RSD": "RS",
    "SEK": "SE",
    "SGD": "SG",
    "THB": "TH",
    "TND": "TN",
    "TRY": "TR",
    "TWD": "TW",
    "UAH": "UA",
    "USD": "US PR EC SV",
    "ZAR": "ZA",
}
_CURRENCY_OF: Final = {
    territory: code for code, names in _TERRITORIES.items() for territory in names.split()
}


def guess_currency(env: Mapping[str, str]) -> str:
    """Return the currency of the locale's territory; the euro where there is none known.

    >>> guess_currency({"LANG": "ja_JP.UTF-8"}), guess_currency({"LANG": "C.UTF-8"})
    ('JPY', 'EUR')
    """
    named = (env.get(name, "") for name in ("LC_ALL", "LC_MONETARY", "LANG"))
    locale = next((each for each in named if each), "")
    territory = locale.partition(".")[0].partition("@")[0].rpartition("_")[2]
    return _CURRENCY_OF.get(territory.upper(), ELSEWHERE)


def guess_zone(env: Mapping[str, str], *, localtime: Path = LOCALTIME) -> str:
    """Return the IANA name of the machine's time zone; UTC where it does not say.

    Args:
        env: The environment; ``TZ`` comes first.
        localtime: The link that names the zone on most systems.
    """
    named = [env.get("TZ", "").removeprefix(":")]
    with suppress(OSError):  # a copy of the zone's file does not say its name
        named.append(str(localtime.readlink()))
    for text in named:
        name = text.rpartition("zoneinfo/")[2]
        if name and _is_zone(name):
            return name
    return "UTC"


def zone_names() -> list[str]:
    """Return every time zone's name; it reads the disk."""
    return sorted(available_timezones())


def find_zone(typed: str, names: Collection[str]) -> str:
    """Return the zone that was meant: its name in any case, or the city alone.

    >>> find_zone("europe/rome", ["Europe/Rome"]), find_zone("new york", ["America/New_York"])
    ('Europe/Rome', 'America/New_York')

    Raises:
        BadInput: none or several fit.
    """
    wanted = typed.strip().replace(" ", "_").casefold()
    exact = [name for name in names if name.casefold() == wanted]
    if exact:
        return exact[0]
    cities = [name for name in names if wanted and name.casefold().rpartition("/")[2] == wanted]
    if len(cities) > 1:
        raise BadInput(
            f"There are several: write {' or '.join(sorted(cities)[:3])}.",
            reason="unknown-timezone",
        )
    found = cities[0] if cities else typed.strip()
    zone(found)
    return found


def _is_zone(name: str) -> bool:
    try:
        zone(name)
    except BadInput:
        return False
    return True
