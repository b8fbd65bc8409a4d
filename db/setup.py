"""A new ledger: made whole beside its place, then put there in one step."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from db import chain
from db.connection import connect, is_there
from db.filesystem import refuse_network_share, sync_folder_of
from db.menu import insert_item, read_items
from db.menu_import import import_rows
from db.migrations import apply_migrations
from db.pepper import pepper_path
from db.programs import INSERT_PROGRAM
from payforward.core.clock import DEFAULT_CUTOVER_HOUR, Clock, SystemClock, utc_text, zone
from payforward.core.currencies import currency as find_currency
from payforward.core.errors import BadInput, LedgerUnusable, Refused
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.names import name_key
from payforward.core.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from db.connection import LedgerFile
    from payforward.core.menus import MenuRow

FIRST_PROGRAM: Final = "Pay it forward"
FUND_NAME: Final = "Community fund"

INSERT_SHOP: Final = """
    INSERT INTO shop (shop, name, currency, timezone, cutover_hour, created_at)
    VALUES (:shop, :name, :currency, :timezone, :cutover_hour, :at)
"""

INSERT_HEAD: Final = """
    INSERT INTO head (shop, no, hash, day)
    VALUES (:shop, 0, :hash, :day)
"""


def create_ledger(
    path: Path,
    *,
    shop: str,
    currency: str,
    timezone: str,
    cutover_hour: int = DEFAULT_CUTOVER_HOUR,
    menu: Sequence[MenuRow] = (),
    clock: Clock | None = None,
    shop_id: int | None = None,
) -> None:
    """Make a ledger for a shop, with one forward programme and its fund.

    The file appears at ``path`` complete or not at all: whatever stops this half-way leaves
    nothing there, and of two set-ups at one instant one wins.

    Args:
        path: Where it will be; the folder is made if need be.
        shop: The shop's name, as slips and pages will show it.
        currency: Its ISO 4217 code.
        timezone: Its IANA name.
        cutover_hour: The hour, 0 to 23, of local time at which a business day ends.
        menu: The first items.
        clock: What time it is.
        shop_id: Its number, above zero; a random one without it, so that ledgers of many shops
            can stand in one database later.

    Raises:
        Refused: there is a file already.
        BadInput: a name, currency, time zone or hour that is none.
        LedgerUnusable: the folder is on a network share or cannot be written.
    """
    name = clean_name(shop, what="shop's name")
    money = find_currency(currency)
    zone(timezone)
    if not 0 <= cutover_hour <= 23:
        raise BadInput("The hour at which a day ends is from 0 to 23.", reason="bad-hour")
    if is_there(path):
        raise _exists(path)
    refuse_network_share(path)
    at = utc_text((clock or SystemClock()).now())
    facts: dict[str, str | int] = {
        "shop": secrets.randbits(48) | 1 if shop_id is None else shop_id,
        "name": name,
        "currency": money.code,
        "timezone": timezone,
        "cutover_hour": cutover_hour,
    }
    _make(path, at, facts, menu)


def discard_ledger(path: Path) -> None:
    """Remove a throw-away ledger that was not finished, with what stands beside it."""
    for each in (path, pepper_path(path)):
        each.unlink(missing_ok=True)


def _make(path: Path, at: str, facts: Mapping[str, str | int], menu: Sequence[MenuRow]) -> None:
    """Write the ledger beside its place, and put it there when it is whole."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = connect(draft, create=True)
        try:
            with file.write_transaction() as database:
                apply_migrations(database)
                _fill(file, database, at, facts, menu)
        finally:
            file.close()
        _publish(draft, path)
    except OSError as error:
        raise LedgerUnusable(
            f"The ledger cannot be made at {path} ({error.strerror}): choose another place.",
            reason="cannot-open",
        ) from error
    finally:
        # Where the folder itself is gone, so is the draft.
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _fill(
    file: LedgerFile,
    database: Database,
    at: str,
    facts: Mapping[str, str | int],
    menu: Sequence[MenuRow],
) -> None:
    shop = int(facts["shop"])
    row = {"shop": shop, "at": at}
    database.execute(INSERT_SHOP, {**row, **facts})
    database.execute(INSERT_HEAD, {"shop": shop, "hash": chain.GENESIS, "day": chain.FIRST_DAY})
    database.execute(
        INSERT_PROGRAM,
        {
            **row,
            "name": FIRST_PROGRAM,
            "name_key": name_key(FIRST_PROGRAM),
            "kind": str(ProgramKind.FORWARD),
        },
    )
    insert_item(database, shop, at, name=FUND_NAME, price_minor=1, kind=ItemKind.MONEY)
    if menu:
        items = list(read_items(file, shop).values())
        import_rows(database, shop, at, items, menu, currency=str(facts["currency"]))


def _publish(draft: Path, path: Path) -> None:
    """Give the finished file its name, and never another file's place."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise _exists(path) from None
    except OSError:
        # A file system without hard links (exFAT, some sticks).
        if path.exists():
            raise _exists(path) from None
        draft.rename(path)
    sync_folder_of(path)


def _exists(path: Path) -> Refused:
    return Refused(
        f"There is a ledger at {path} already, and it was not touched: open it, or choose "
        "another place.",
        reason="ledger-exists",
    )
