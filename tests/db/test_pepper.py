"""The pepper: made once, beside the ledger, never in it; lost and found again."""

from __future__ import annotations

import random
import stat
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from db import peppers
from db.ledger import Ledger
from db.pepper import Pepper, from_lines, pepper_path, read_pepper, write_pepper
from payforward.core.codes import ALPHABET, Code, new_code
from payforward.core.errors import BadInput, LedgerUnusable, Refused
from payforward.core.model import PepperState
from tests.db.counter import code_of, raw, slip_refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock
    from tests.db.counter import Counter

LOST = "missing or not the right one"


def path_of(counter: Counter) -> Path:
    return pepper_path(counter.ledger.path)


def lose(counter: Counter) -> bytes:
    """Remove the pepper's file and return what was in it."""
    kept = path_of(counter).read_bytes()
    path_of(counter).unlink()
    return kept


def assert_lost(counter: Counter) -> None:
    """Fail unless gifts go on, and whatever needs a code says what to do."""
    assert counter.ledger.pepper_state() is PepperState.LOST
    facts = counter.facts()
    for act in (
        lambda: counter.give("Latte", voucher=True),
        lambda: counter.hand_out("Latte"),
        lambda: counter.make_slip(1),
        lambda: counter.redeem_slip(new_code()),
        lambda: counter.ledger.look_up(new_code()),
        counter.ledger.recovery_lines,
    ):
        with pytest.raises(Refused, match=LOST) as no:
            act()
        assert no.value.reason == "pepper-lost"
        assert "recovery sheet" in no.value.message
    assert counter.facts() == facts
    assert not counter.ledger.sheet_is_owed()
    given = counter.give("Latte")
    assert (given.receipt, given.voucher) == (None, None)
    counter.assert_sound()


# -- four lines -------------------------------------------------------------------------------


def test_a_pepper_is_four_lines_of_twenty_letters_and_back() -> None:
    drawn = random.Random(7)
    for _ in range(50):
        pepper = Pepper(drawn.randbytes(36))
        lines = pepper.lines()
        assert len(lines) == 4
        assert {len(line.replace(" ", "")) for line in lines} == {20}
        assert from_lines(lines) == pepper
        assert from_lines([line.lower().replace(" ", "-") for line in lines]) == pepper


def test_a_pepper_and_its_mark_are_what_they_always_were() -> None:
    """Never change these: they are on paper."""
    pepper = Pepper(bytes(range(36)))
    assert pepper.lines() == (
        "BBBC BDBE BFBG BHBJ BKBK",
        "BNBP BRBS BTBV BXCB CCDV",
        "CDCE CFCG CHCJ CKCN CPFV",
        "CRCS CTCV CXDB DCDD DENH",
    )
    assert pepper.mark.hex() == ("6469c0f8bc9555338445ccfa14e2c1d06cc954c920b2c513625b795e55f512c2")
    # As openssl dgst -sha256 -mac HMAC has it.
    assert pepper.digest(Code("BBBBBBBBBBBBBBBBBBBB")).hex() == (
        "2e1f9e4fc9360e43126b7b1a970950c59df11073ec116cdce5630792cbd5a950"
    )


@pytest.mark.parametrize("line", range(4))
def test_any_wrong_letter_is_found_and_its_line_named(line: int) -> None:
    lines = list(Pepper(random.Random(7).randbytes(36)).lines())
    for place, letter in enumerate(lines[line]):
        for other in ALPHABET:
            if letter in (" ", other):
                continue
            typed = list(lines)
            typed[line] = lines[line][:place] + other + lines[line][place + 1 :]
            with pytest.raises(BadInput, match=f"Line {line + 1} ") as no:
                from_lines(typed)
            assert typed[line] not in no.value.message


@pytest.mark.parametrize("many", [0, 1, 3, 5])
def test_a_sheet_has_four_lines(many: int) -> None:
    lines = Pepper(bytes(36)).lines() * 2
    with pytest.raises(BadInput, match=f"{many} came"):
        from_lines(lines[:many])


# -- the file ---------------------------------------------------------------------------------


def test_the_first_gift_makes_it(counter: Counter) -> None:
    assert counter.ledger.pepper_state() is PepperState.NONE
    assert not counter.ledger.sheet_is_owed()
    assert not path_of(counter).exists()
    with pytest.raises(Refused) as no:
        counter.ledger.recovery_lines()
    assert no.value.reason == "no-pepper"
    counter.give("Latte")
    assert counter.ledger.pepper_state() is PepperState.READY
    path = path_of(counter)
    assert path.name == "counter.db.pepper"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text().splitlines()
    assert text[0].startswith("# ")
    assert tuple(text[-4:]) == counter.ledger.recovery_lines()
    kept = path.read_bytes()
    counter.give("Latte", voucher=True)
    assert path.read_bytes() == kept


def test_it_is_made_even_where_the_gift_is_refused_and_then_taken(counter: Counter) -> None:
    counter.ledger.retire_item(counter.item("Tea").id)
    with pytest.raises(Refused):
        counter.give("Tea")
    left = read_pepper(path_of(counter))
    assert left is not None
    assert counter.ledger.pepper_state() is PepperState.NONE
    counter.give("Latte")
    assert read_pepper(path_of(counter)) == left
    assert counter.ledger.pepper_state() is PepperState.READY


def test_what_a_crash_left_before_the_mark_is_taken(counter: Counter) -> None:
    left = Pepper(bytes(range(36)))
    write_pepper(path_of(counter), left)
    given = counter.give("Latte", voucher=True)
    assert counter.ledger.recovery_lines() == left.lines()
    assert counter.redeem_slip(code_of(given)).units == 1


@pytest.mark.parametrize("torn", ["", "# The secret", "# The secret\nBBBC BDBE BFBG BHBJ BKTJ\n"])
def test_a_torn_file_that_made_no_code_is_made_anew(counter: Counter, torn: str) -> None:
    path_of(counter).write_text(torn)
    given = counter.give("Latte", voucher=True)
    assert counter.redeem_slip(code_of(given)).units == 1
    assert counter.ledger.pepper_state() is PepperState.READY


def test_rights_that_are_too_wide_are_taken_away(counter: Counter) -> None:
    counter.give("Latte")
    path_of(counter).chmod(0o664)
    counter.give("Latte")
    assert stat.S_IMODE(path_of(counter).stat().st_mode) == 0o600


def test_it_is_beside_the_file_itself_whatever_links_to_it(
    counter: Counter, tmp_path: Path, clock: FrozenClock
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = elsewhere / "link.db"
    link.symlink_to(counter.ledger.path)
    with Ledger.open(link, clock=clock) as linked:
        assert linked.pepper_state() is PepperState.NONE
        counter.give("Latte")
        assert linked.pepper_state() is PepperState.READY
    assert [each.name for each in elsewhere.iterdir()] == ["link.db"]


def test_where_it_cannot_be_written_gifts_go_on_and_slips_wait(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _pepper: Pepper) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(peppers, "write_pepper", full)
        assert counter.give("Latte").receipt is None
        with pytest.raises(LedgerUnusable, match="No space left on device") as no:
            counter.give("Latte", voucher=True)
        assert no.value.reason == "cannot-write-pepper"
    assert counter.ledger.pepper_state() is PepperState.NONE
    assert counter.give("Latte", voucher=True).voucher is not None


# -- lost and found ---------------------------------------------------------------------------


def test_without_its_file_gifts_go_on_and_slips_wait(counter: Counter) -> None:
    counter.give("Latte", 3)
    lose(counter)
    assert_lost(counter)
    given = counter.give("Latte")
    assert given.receipt is None
    with pytest.raises(Refused) as no:
        counter.replace(given.gift)
    assert no.value.reason == "unknown-slip"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "BBBC BDBE BFBG BHBJ BKTJ\n",
        "\n".join(Pepper(bytes(36)).lines()),
        "x" * 20_000,
        "\udcff",
    ],
    ids=["empty", "one line", "another shop's", "long", "no text"],
)
def test_a_file_that_is_not_the_right_one_is_as_good_as_none(
    counter: Counter, content: str
) -> None:
    counter.give("Latte", 3)
    lose(counter)
    path_of(counter).write_bytes(content.encode(errors="surrogateescape"))
    assert_lost(counter)
    assert path_of(counter).read_bytes() == content.encode(errors="surrogateescape")


def test_a_folder_in_its_place_is_as_good_as_none(counter: Counter) -> None:
    counter.give("Latte", 3)
    lose(counter)
    path_of(counter).mkdir()
    assert_lost(counter)


def test_the_sheet_restores_it(counter: Counter) -> None:
    given = counter.give("Latte", voucher=True)
    lines = counter.ledger.recovery_lines()
    kept = lose(counter)
    counter.ledger.restore_pepper([line.lower() for line in lines])
    assert path_of(counter).read_bytes() == kept
    assert stat.S_IMODE(path_of(counter).stat().st_mode) == 0o600
    assert counter.redeem_slip(code_of(given)).units == 1
    counter.ledger.restore_pepper(lines)
    assert counter.ledger.pepper_state() is PepperState.READY


def test_the_lines_may_be_typed_in_any_order(counter: Counter) -> None:
    counter.give("Latte")
    lines = counter.ledger.recovery_lines()
    kept = lose(counter)
    for order in permutations(lines):
        path_of(counter).unlink(missing_ok=True)
        counter.ledger.restore_pepper(order)
        assert path_of(counter).read_bytes() == kept


def test_a_file_in_the_way_is_put_aside(counter: Counter) -> None:
    counter.give("Latte")
    lines = counter.ledger.recovery_lines()
    for number in (1, 2):
        path_of(counter).write_text(f"another's {number}")
        counter.ledger.restore_pepper(lines)
        aside = path_of(counter).with_name(f"counter.db.pepper.{number}")
        assert aside.read_text() == f"another's {number}"
    assert counter.ledger.recovery_lines() == lines


def test_a_wrong_sheet_changes_nothing(counter: Counter) -> None:
    with pytest.raises(Refused) as no:
        counter.ledger.restore_pepper(Pepper(bytes(36)).lines())
    assert no.value.reason == "no-pepper"
    counter.give("Latte")
    lines = counter.ledger.recovery_lines()
    lose(counter)
    with pytest.raises(Refused) as no:
        counter.ledger.restore_pepper(Pepper(bytes(36)).lines())
    assert no.value.reason == "other-sheet"
    for wrong in (lines[:3], [*lines[:3], "BCDE"], [*lines[:3], lines[0]]):
        with pytest.raises((BadInput, Refused)):
            counter.ledger.restore_pepper(wrong)
    assert not path_of(counter).exists()


def test_where_it_cannot_be_restored_it_says_why(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.give("Latte")
    lines = counter.ledger.recovery_lines()
    lose(counter)

    def full(_path: Path, _pepper: Pepper) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(peppers, "write_pepper", full)
    with pytest.raises(LedgerUnusable, match="No space left") as no:
        counter.ledger.restore_pepper(lines)
    assert no.value.reason == "cannot-write-pepper"


def test_a_new_one_ends_all_codes_and_slips_can_be_replaced(
    counter: Counter, clock: FrozenClock
) -> None:
    given = counter.give("Latte", 2, voucher=True)
    sheet = counter.ledger.recovery_lines()
    with pytest.raises(Refused) as no:
        counter.ledger.new_pepper()
    assert no.value.reason == "pepper-there"
    lose(counter)
    counter.ledger.new_pepper()
    assert counter.ledger.pepper_state() is PepperState.READY
    assert counter.ledger.sheet_is_owed()
    assert set(counter.ledger.recovery_lines()).isdisjoint(sheet)
    assert slip_refused(counter, lambda: counter.redeem_slip(code_of(given))).reason == "not-ours"
    assert given.receipt is not None
    assert slip_refused(counter, lambda: counter.ledger.look_up(given.receipt)).reason == "not-ours"  # type: ignore[arg-type]
    issued = counter.replace(counter.ledger.slip_of(given.gift).slip)
    assert counter.redeem_slip(code_of(issued), 2).waiting == 0
    with pytest.raises(Refused) as no:
        counter.ledger.restore_pepper(sheet)
    assert no.value.reason == "other-sheet"
    counter.assert_sound()


def test_a_crash_before_the_new_mark_leaves_it_lost(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.give("Latte")
    lose(counter)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(peppers.Peppers, "_insert_mark", crash)
        with pytest.raises(KeyboardInterrupt):
            counter.ledger.new_pepper()
    assert counter.ledger.pepper_state() is PepperState.LOST
    counter.ledger.new_pepper()
    assert counter.ledger.pepper_state() is PepperState.READY


def test_the_sheet_is_owed_until_it_was_printed(counter: Counter) -> None:
    with pytest.raises(Refused):
        counter.ledger.mark_sheet_printed()
    counter.give("Latte")
    assert counter.ledger.sheet_is_owed()
    counter.ledger.mark_sheet_printed()
    assert not counter.ledger.sheet_is_owed()
    with raw(counter.ledger.path) as connection:
        rows = connection.execute("SELECT pepper, sheet_at FROM pepper").fetchall()
    assert rows == [(1, "2026-11-21T17:40:00.000Z")]


def test_two_tills_have_one(counter: Counter, clock: FrozenClock) -> None:
    with counter.another("bar", clock) as bar:
        counter.give("Latte")
        given = bar.give("Latte", voucher=True)
        assert counter.redeem_slip(code_of(given)).units == 1
        assert bar.ledger.recovery_lines() == counter.ledger.recovery_lines()
    with raw(counter.ledger.path) as connection:
        assert connection.execute("SELECT count(*) FROM pepper").fetchone() == (1,)
