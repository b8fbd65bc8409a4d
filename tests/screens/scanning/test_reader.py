"""Keys with their times go in; what is a scan, what belongs to it and what does not comes out."""

from __future__ import annotations

import math
import random
from typing import cast

import pytest

from payforward.core import codes
from payforward.core.codes import Code
from screens.scanning.reader import (
    AGAIN_SECONDS,
    ENDING_OF_A_HAND_SECONDS,
    ENDING_SECONDS,
    Misread,
    PassOn,
    Scanned,
    ScanReader,
    Swallow,
    Verdict,
)
from tests.screens.scanning.hands import CONTROLS, with_error

CODE = Code("BCDEFGHJKNPRSTVXBCPR")
WRONG = with_error(CODE)
OTHER = codes.new_code(random.Random(5).randbytes)
ADDRESS = f"HTTPS://COFFEE.EXAMPLE/V/{CODE.letters}"
WORDS = f"ROSA'S CAFE GIFT {CODE.letters}"


class Hands:
    """Types into a reader, by a clock that stands still otherwise."""

    def __init__(self) -> None:
        self.reader = ScanReader()
        self.at = 1_000.0

    def types(self, text: str, gap: float = 0.01, line: str | None = None) -> list[Verdict]:
        """Type characters, a gap before each."""
        verdicts: list[Verdict] = []
        for char in text:
            self.at += gap
            if char in CONTROLS:
                verdicts.append(self.reader.key(CONTROLS[char], self.at, line=line))
            else:
                verdicts.append(self.reader.character(char, self.at))
        return verdicts

    def waits(self, seconds: float) -> float:
        """Wait, and return what time it is then."""
        self.at += seconds
        return self.at


@pytest.fixture
def hands() -> Hands:
    return Hands()


def about(at: float) -> float:
    """Return what equals a time but for the rounding of its sums."""
    return cast("float", pytest.approx(at))


def notable(verdicts: list[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if not isinstance(verdict, PassOn | Swallow)]


def is_swallowed(verdicts: list[Verdict]) -> bool:
    return all(isinstance(verdict, Swallow) for verdict in verdicts)


@pytest.mark.parametrize("gap", [0.0, 0.001, 0.02, 0.04, 0.07])
@pytest.mark.parametrize("before", ["", "\x02", "]Q1", "\x02]C1"])
@pytest.mark.parametrize("payload", [ADDRESS, WORDS, CODE.letters.lower()])
def test_a_scan_is_taken_back_from_its_first_character(
    payload: str, before: str, gap: float, hands: Hands
) -> None:
    since = hands.at + gap * (1 + before.count("\x02"))
    verdicts = hands.types(before + payload, gap)
    assert notable(verdicts) == [Scanned(CODE, about(since))]
    assert is_swallowed(verdicts[: before.count("\x02")])


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", "\t", "\x03", "\x03\r\n", "\x03\t"])
@pytest.mark.parametrize("late", [0.0, 0.04, 0.3, 0.55])
def test_its_end_is_swallowed_however_late_it_comes(end: str, late: float, hands: Hands) -> None:
    hands.types(ADDRESS)
    hands.waits(late)
    assert is_swallowed(hands.types(end, 0.001))
    assert hands.types("\r", 0.001) == [Swallow() if "\r" not in end else PassOn()]


def test_an_enter_after_its_end_is_a_hands(hands: Hands) -> None:
    hands.types(f"{ADDRESS}\r")
    assert hands.types("\r", 0.2) == [PassOn()]
    hands.waits(AGAIN_SECONDS)
    hands.types(ADDRESS)
    assert hands.types("\r", ENDING_SECONDS) == [PassOn()]


def test_what_is_typed_next_has_an_enter_of_its_own(hands: Hands) -> None:
    hands.types(ADDRESS)
    assert not notable(hands.types("fl\r", 0.15))
    assert hands.types("fl\r", 0.15)[-1] == PassOn()


def test_a_hand_takes_its_time_with_the_enter_after_a_code(hands: Hands) -> None:
    assert notable(hands.types(codes.format(CODE.letters), 0.25))
    assert hands.types("\r", ENDING_OF_A_HAND_SECONDS - 0.1) == [Swallow()]
    assert hands.types("\r") == [PassOn()]


@pytest.mark.parametrize(
    ("text", "pace", "pause", "gap"),
    [("Zoë", 0.15, 0.5, 0.0), ("Zoë", 0.15, 0.15, 0.001), ("Best ", 0.1, 0.2, 0.04)],
)
def test_what_a_person_typed_before_stays(
    text: str, pace: float, pause: float, gap: float, hands: Hands
) -> None:
    hands.types(text, pace)
    since = hands.waits(pause)
    assert notable(hands.types(ADDRESS, gap)) == [Scanned(CODE, about(since + gap))]


@pytest.mark.parametrize("halt", [0.2, 0.5])
@pytest.mark.parametrize("after", [3, 10, 20, 30])
def test_an_address_that_ssh_brings_in_pieces_is_taken_back_whole(
    after: int, halt: float, hands: Hands
) -> None:
    since = hands.at
    first = hands.types(ADDRESS[:after], 0.0)
    hands.waits(halt)
    assert notable(first + hands.types(ADDRESS[after:], 0.0)) == [Scanned(CODE, since)]


def test_no_more_is_taken_back_than_a_shops_name(hands: Hands) -> None:
    hands.types("x" * 300, 0.001)
    (scan,) = notable(hands.types(f" {CODE.letters}", 0.001))
    assert isinstance(scan, Scanned)
    assert hands.at - scan.since == pytest.approx(0.119)


@pytest.mark.parametrize("gap", [0.0, 0.04])
def test_a_code_with_an_error_is_misread_at_its_end(gap: float, hands: Hands) -> None:
    since = hands.at + gap
    verdicts = hands.types(f"CAFE GIFT {WRONG}\r\n", gap)
    assert notable(verdicts) == [Misread(about(since))]
    assert verdicts[-1] == Swallow()


def test_a_hands_error_is_told_at_the_counter_and_stays(hands: Hands) -> None:
    hands.types(WRONG, 0.2)
    assert hands.types("\r", 0.5, line=WRONG) == [Misread(math.inf)]
    hands.types(WRONG, 0.2)
    assert hands.types("\r", 0.5) == [PassOn()]


def test_a_mended_line_is_read_at_its_enter(hands: Hands) -> None:
    hands.types(WRONG, 0.2)
    assert hands.reader.key("backspace", hands.at) == PassOn()
    hands.types("R", 0.2)
    assert hands.types("\r", 0.5, line=CODE.letters.lower()) == [Scanned(CODE)]
    assert hands.types("\n\r", 0.01, line="") == [Swallow(), PassOn()]


def test_only_an_enter_ends_the_counters_line(hands: Hands) -> None:
    assert hands.types("\t\x03", 0.5, line=CODE.letters) == [PassOn(), PassOn()]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\t"])
def test_a_product_ends_nothing_at_the_counter(end: str, hands: Hands) -> None:
    verdicts = hands.types(f"40063813{end}", 0.02, line="40063813")
    assert is_swallowed(verdicts[8:])
    assert hands.types("\r", 0.3, line="40063813") == [PassOn()]


def test_a_quick_hand_still_serves(hands: Hands) -> None:
    assert hands.types("fl\r", 0.01, line="fl") == [PassOn()] * 3
    assert hands.types("flat white\r", 0.1, line="flat white")[-1] == PassOn()


def test_two_lines_of_a_quick_hand_are_not_one_product(hands: Hands) -> None:
    assert hands.types("+20fu\r", 0.02, line="+20fu")[-1] == PassOn()
    assert hands.types("cro\r", 0.02, line="cro")[-1] == PassOn()


def test_a_scanner_that_reads_twice_reports_once(hands: Hands) -> None:
    def scan(code: Code) -> bool:
        (found,) = notable(hands.types(f"GIFT {code.letters}\r"))
        assert isinstance(found, Scanned)
        assert found.code == code
        return found.again

    assert not scan(CODE)
    hands.waits(2.0)
    assert scan(CODE)
    hands.waits(2.0)
    assert scan(CODE)
    assert not scan(OTHER)
    assert not scan(CODE)
    hands.waits(AGAIN_SECONDS)
    assert not scan(CODE)


def test_a_pasted_code_is_a_scan(hands: Hands) -> None:
    assert hands.reader.paste(f" {ADDRESS}\r\n", hands.at) == Scanned(CODE)
    assert hands.types("\r") == [Swallow()]
    assert hands.reader.paste(f"about {CODE.letters} in a letter", hands.at) == PassOn()
    assert hands.reader.paste(WRONG, hands.at) == PassOn()


def test_a_reader_forgets_the_letters_of_a_scan(hands: Hands) -> None:
    hands.types(ADDRESS)
    assert not any(
        group in repr(vars(hands.reader)) for group in codes.format(CODE.letters).split()
    )
    assert not hands.reader._text
