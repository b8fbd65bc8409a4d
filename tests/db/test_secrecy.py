"""No code that was issued is found in the ledger, its journal, a trace or a word of complaint."""

from __future__ import annotations

import logging
import re
import traceback
from typing import TYPE_CHECKING

import pytest

from db.pepper import Pepper, pepper_path, read_pepper
from payforward.core.asks import RedeemSlip
from payforward.core.codes import ALPHABET, Code, format, new_code  # noqa: A004 - stdnum's verb
from payforward.core.errors import PayforwardError
from payforward.core.ids import new_action_id
from tests.db.counter import code_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.db.counter import Counter

_DIGITS = str.maketrans(ALPHABET, "0123456789abcdef")
_RUNS = re.compile(f"[{ALPHABET}]{{20,}}".encode())


def letters_in(data: bytes) -> set[str]:
    """Return every twenty letters of the alphabet in a row, in any case and grouping."""
    flat = re.sub(rb"[\s\-_.\x00]", b"", data).upper()
    runs = (run.decode() for run in _RUNS.findall(flat))
    return {run[at : at + 20] for run in runs for at in range(len(run) - 19)}


def assert_nowhere(codes: Iterable[Code], places: Iterable[Path]) -> None:
    """Fail where a code is in a file: its letters, or the random bytes behind them."""
    letters = {code.letters for code in codes}
    drawn = [bytes.fromhex(each[:18].translate(_DIGITS)) for each in letters]
    for place in places:
        data = place.read_bytes()
        assert letters_in(data).isdisjoint(letters), place
        assert not any(each in data for each in drawn), place


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    codes = [new_code() for _ in range(5)]
    place = tmp_path / "leak"
    for text in (
        codes[3].letters,
        codes[3].letters.lower(),
        f"Código {format(codes[3].letters, '-')}!",
        f"XX{format(codes[3].letters)}BB",
    ):
        place.write_text(text)
        with pytest.raises(AssertionError):
            assert_nowhere(codes, [place])
    place.write_bytes(b"x" + bytes.fromhex(codes[2].letters[:18].translate(_DIGITS)))
    with pytest.raises(AssertionError):
        assert_nowhere(codes, [place])


def test_no_code_that_was_issued_is_in_a_file(
    counter: Counter, full: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """Vouchers, receipts, slips for a partner, new codes; and what was scanned, right or wrong."""
    caplog.set_level(logging.DEBUG)
    many = 10_000 if full else 300
    # What the journal held stays readable in it.
    counter.ledger._file.connection.execute("PRAGMA journal_mode = PERSIST")
    codes: list[Code] = []
    complaints = ""
    for number in range(many // 10):
        given = counter.give("Latte", voucher=True, message=f"message {number}")
        assert given.receipt is not None
        codes += [code_of(given), given.receipt]
    counter.give("Latte", many)
    issued = counter.hand_out("Latte", many - len(codes) - 20)
    codes += [each.code for each in issued.slips if each.code is not None]
    codes += [code_of(counter.replace(each.slip.slip)) for each in issued.slips[:20]]
    assert len(set(codes)) == many
    replaced = [each.code for each in issued.slips[:20] if each.code is not None]
    for code in [*codes[-40:], *replaced, *(new_code() for _ in range(20))]:
        try:
            counter.redeem_slip(code)
        except PayforwardError as no:
            complaints += f"{no!r} {no.__dict__} "
    assert "slip-replaced" in complaints
    assert letters_in(complaints.encode()) == set()
    folder = counter.ledger.path.parent
    files = [each for each in folder.iterdir() if each != pepper_path(counter.ledger.path)]
    assert {each.name for each in files} == {"counter.db", "counter.db-journal"}
    assert (folder / "counter.db-journal").stat().st_size > 10_000
    assert_nowhere(codes, files)
    assert caplog.text == ""
    counter.assert_sound()


def test_the_pepper_is_in_its_file_alone(counter: Counter) -> None:
    counter.ledger._file.connection.execute("PRAGMA journal_mode = PERSIST")
    for _ in range(3):
        counter.give("Latte", voucher=True)
    path = pepper_path(counter.ledger.path)
    pepper = read_pepper(path)
    assert pepper is not None
    secret = pepper.secret
    lines = {line.replace(" ", "") for line in pepper.lines()}
    for place in counter.ledger.path.parent.iterdir():
        data = place.read_bytes()
        assert secret not in data
        assert secret.hex().encode() not in data.lower()
        assert letters_in(data).isdisjoint(lines) == (place != path)


def _trace(act: Callable[[], object]) -> str:
    """Return the trace with which something breaks, with every local variable; or nothing."""
    try:
        act()
    except (ZeroDivisionError, PayforwardError) as error:
        trace = traceback.TracebackException.from_exception(error, capture_locals=True)
        return "".join(trace.format())
    return ""


@pytest.mark.parametrize(
    "place",
    [
        "db.append.Appender.append",
        "db.outbox.queue",
        "db.answers.Answers.issued",
        "db.answers.Answers.given",
        "db.vouchers.slip_of_code",
        "db.vouchers.living",
    ],
)
def test_no_trace_shows_a_code_or_the_pepper(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Wherever it breaks: Textual's traces show locals."""
    given = counter.give("Latte", 5, voucher=True)
    counter.give("Latte", 5)
    code = code_of(given)
    made: list[str] = []

    def remembered(random_bytes: Callable[[int], bytes]) -> Code:
        made.append(new_code(random_bytes).letters)
        return Code(made[-1])

    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("db.issuing.new_code", remembered)
    monkeypatch.setattr(place, breaks)
    traces = "".join(
        map(
            _trace,
            (
                lambda: counter.redeem_slip(code),
                lambda: counter.give("Latte", voucher=True),
                lambda: counter.hand_out("Latte", 2),
                lambda: counter.replace(given.gift),
                lambda: counter.ledger.look_up(code),
            ),
        )
    )
    assert "ZeroDivisionError" in traces
    pepper = read_pepper(pepper_path(counter.ledger.path))
    assert pepper is not None
    secrets = {code.letters, *made, *(line.replace(" ", "") for line in pepper.lines())}
    assert letters_in(traces.encode()).isdisjoint(secrets)
    assert repr(pepper.secret)[2:-1] not in traces


def test_nothing_that_holds_a_code_shows_it(counter: Counter) -> None:
    given = counter.give("Latte", voucher=True)
    code = code_of(given)
    assert given.receipt is not None
    ask = RedeemSlip(action=new_action_id(), code=code)
    issued = counter.replace(given.gift)
    pepper = Pepper(bytes(36))
    shown = f"{given!r} {given} {ask!r} {ask} {issued!r} {issued} {pepper!r} {pepper}"
    secrets = {code.letters, given.receipt.letters, code_of(issued).letters}
    assert letters_in(shown.encode()).isdisjoint(secrets)
    assert "00" not in repr(pepper)
