"""A new ledger is there complete or not at all, and never in the place of another file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.currencies import currency
from payforward.core.errors import BadInput, LedgerUnusable, PayforwardError, Refused
from payforward.core.menus import MenuRow
from payforward.core.model import ItemKind, ProgramKind
from payforward.core.money import Money
from tests.db.counter import raw

if TYPE_CHECKING:
    from tests.conftest import FrozenClock

ROOT = Path(__file__).parents[2]
SHOP: dict[str, Any] = {"shop": "Rosa's Café", "currency": "EUR", "timezone": "Europe/Rome"}


def test_a_new_ledger_has_its_shop_one_programme_and_an_empty_fund(
    tmp_path: Path, clock: FrozenClock
) -> None:
    path = tmp_path / "deep" / "er" / "shop.db"
    create_ledger(path, **SHOP, cutover_hour=3, clock=clock)
    assert [each.name for each in path.parent.iterdir()] == ["shop.db"]
    with Ledger.open(path, clock=clock) as ledger:
        shop = ledger.shop
        assert (shop.name, shop.currency, shop.timezone) == tuple(SHOP.values())
        assert shop.cutover_hour == 3
        assert shop.id > 0
        assert [program.kind for program in ledger.programs()] == [ProgramKind.FORWARD]
        assert ledger.fund().kind is ItemKind.MONEY
        assert ledger.items() == []
        assert ledger.board().rows == ()
        assert ledger.board().money_minor == 0
        checked = ledger.verify()
        assert (checked.entries, checked.head, checked.problems) == (0, "0-00000000", ())


def test_two_shops_have_two_numbers(tmp_path: Path) -> None:
    ids = set()
    for name in ("a", "b"):
        create_ledger(tmp_path / name, **SHOP)
        with Ledger.open(tmp_path / name) as ledger:
            ids.add(ledger.shop.id)
    assert len(ids) == 2


@pytest.mark.parametrize("content", [b"", b"my diary", None], ids=["empty", "text", "a ledger"])
def test_a_file_that_is_there_is_never_touched(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "shop.db"
    if content is None:
        create_ledger(path, **SHOP)
        content = path.read_bytes()
    path.write_bytes(content)
    with pytest.raises(Refused, match="not touched") as refused:
        create_ledger(path, **{**SHOP, "shop": "Another"})
    assert refused.value.reason == "ledger-exists"
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["shop.db"]


def test_a_link_to_nowhere_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(Refused):
        create_ledger(path, **SHOP)
    assert [each.name for each in tmp_path.iterdir()] == ["shop.db"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"shop": "   "}, "bad-name"),
        ({"shop": "x" * 61}, "bad-name"),
        ({"currency": "EURO"}, None),
        ({"currency": ""}, None),
        ({"currency": "XXX"}, None),
        ({"timezone": "Mars/Olympus"}, "unknown-timezone"),
        ({"timezone": ""}, "unknown-timezone"),
        ({"timezone": "../../etc/passwd"}, "unknown-timezone"),
        ({"timezone": "Europe"}, "unknown-timezone"),
        ({"timezone": "/etc/localtime"}, "unknown-timezone"),
        ({"cutover_hour": 24}, "bad-hour"),
        ({"cutover_hour": -1}, "bad-hour"),
    ],
    ids=str,
)
def test_what_is_none_is_refused_and_leaves_nothing(
    tmp_path: Path, wrong: dict[str, Any], reason: str | None
) -> None:
    with pytest.raises(BadInput) as refused:
        create_ledger(tmp_path / "new" / "shop.db", **{**SHOP, **wrong})
    assert reason in (None, refused.value.reason)
    assert list(tmp_path.iterdir()) == []


def _row(name: str, minor: int, code: str = "EUR") -> MenuRow:
    price = Money(minor, currency(code))
    return MenuRow(2, name, "Coffee", price, None, None, None, giftable=True)


def test_a_menu_comes_with_the_set_up(tmp_path: Path) -> None:
    create_ledger(tmp_path / "shop.db", **SHOP, menu=[_row("Latte", 360), _row("Tea", 250)])
    with Ledger.open(tmp_path / "shop.db") as ledger:
        assert [(i.name, i.price_minor) for i in ledger.items()] == [("Latte", 360), ("Tea", 250)]


@pytest.mark.parametrize(
    "menu",
    [
        [_row("Latte", 360), _row("LATTE", 370)],
        [_row("Community fund", 500)],
        [_row("Latte", 360, "JPY")],
    ],
    ids=["a name twice", "the fund's name", "another currency"],
)
def test_a_menu_that_cannot_be_leaves_nothing(tmp_path: Path, menu: list[MenuRow]) -> None:
    with pytest.raises(PayforwardError):
        create_ledger(tmp_path / "shop.db", **SHOP, menu=menu)
    assert list(tmp_path.iterdir()) == []


def test_whatever_stops_it_half_way_no_draft_stays(tmp_path: Path) -> None:
    class Unlucky:
        """A clock that somebody pulls the plug of."""

        def now(self) -> Any:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_ledger(tmp_path / "shop.db", **SHOP, clock=Unlucky())
    broken: Any = [_row("Latte", 360), None]
    with pytest.raises(AttributeError):
        create_ledger(tmp_path / "shop.db", **SHOP, menu=broken)
    assert list(tmp_path.iterdir()) == []


def test_a_place_under_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LedgerUnusable) as refused:
        create_ledger(tmp_path / "file" / "shop.db", **SHOP)
    assert refused.value.reason == "cannot-open"


def test_a_disk_that_fills_up_leaves_no_draft(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "import sqlite_utils; from db.setup import create_ledger\n"
        "from payforward.core.errors import LedgerUnusable\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), -1))\n"
        "try:\n"
        "    create_ledger(Path(sys.argv[1]), shop='S', currency='EUR', timezone='UTC')\n"
        "except LedgerUnusable as error:\n"
        "    print(error.reason)\n"
    )
    for limit in (0, 1000, 20_000, 60_000):
        done = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "shop.db"), str(limit)],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        assert (done.stderr, done.stdout.strip()) in [("", "disk-full"), ("", "disk-error")]
        assert list(tmp_path.iterdir()) == []


def test_of_set_ups_at_once_one_wins(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; import sqlite_utils, db.schema_0001\n"
        "from db.setup import create_ledger\n"
        "from payforward.core.errors import Refused\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "for path in sys.argv[2:]:\n"
        "    try:\n"
        "        create_ledger(Path(path), shop=sys.argv[1], currency='EUR', timezone='UTC')\n"
        "        print('made')\n"
        "    except Refused as refused:\n"
        "        print(refused.reason)\n"
    )
    paths = [str(tmp_path / f"{number}.db") for number in range(10)]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, f"shop {number}", *paths],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(3)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[0].split() for process in started]
    for number, path in enumerate(paths):
        answers = [each[number] for each in said]
        assert sorted(answers) == ["ledger-exists", "ledger-exists", "made"]
        with Ledger.open(Path(path)) as ledger:
            assert ledger.shop.name == f"shop {answers.index('made')}"
            assert ledger.verify().sound
    assert sorted(map(str, tmp_path.iterdir())) == sorted(paths)


def test_the_file_is_for_its_owners_umask(tmp_path: Path) -> None:
    create_ledger(tmp_path / "shop.db", **SHOP)
    with raw(tmp_path / "shop.db") as connection:
        assert connection.execute("SELECT name FROM shop").fetchall() == [("Rosa's Café",)]
    assert (tmp_path / "shop.db").stat().st_nlink == 1
