"""PINs, passphrases, what is kept of them, and how long a wrong one makes wait."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforward.core.errors import BadInput
from payforward.core.people import (
    COST,
    LONGEST_WAIT,
    MOST_PASSPHRASE,
    Guarded,
    clean_passphrase,
    clean_pin,
    hash_secret,
    matches,
    said_secret,
    wait_after,
    wait_left,
)
from tests.conftest import SATURDAY

SALT = bytes(range(16))
CHEAP = (1 << 4, 8, 1)


@pytest.mark.parametrize("typed", ["4071", "00000000", " 4071\n", "４０７１"])
def test_a_pin_is_four_to_eight_digits(typed: str) -> None:
    assert clean_pin(typed).isascii()
    assert 4 <= len(clean_pin(typed)) <= 8


@pytest.mark.parametrize("typed", ["", "407", "123456789", "40a1", "4 071", "-4071", "4071\x00"])
def test_what_no_pin_is(typed: str) -> None:
    with pytest.raises(BadInput, match="A PIN is 4 to 8 digits") as no:
        clean_pin(typed)
    assert no.value.reason == "bad-pin"
    assert typed.strip() in ("", "407") or typed not in no.value.message


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "has 0 characters: take 8 or more"),
        ("   short   ", "has 5 characters"),
        ("x" * (MOST_PASSPHRASE + 1), "shorten it to 200"),
        ("four words\x00of it", "no keyboard writes"),
        ("four words \udcff of it", "no keyboard writes"),
    ],
)
def test_what_no_passphrase_is(typed: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as no:
        clean_passphrase(typed)
    assert no.value.reason == "bad-passphrase"


def test_one_passphrase_on_two_keyboards() -> None:
    # A Mac's é is two characters in some programs; both say the same.
    assert clean_passphrase("cafe\u0301 du coin") == clean_passphrase(" café du coin\n")
    assert clean_passphrase("日本語のパスフレーズ").startswith("日本")


def test_what_is_kept_is_scrypt_as_the_standard_has_it() -> None:
    kept = hash_secret("4071", SALT)
    name, n, r, p, salt, hashed = kept.split("$")
    assert (name, int(n), int(r), int(p)) == ("scrypt", *COST)
    assert b64decode(salt) == SALT
    assert b64decode(hashed) == hashlib.scrypt(
        b"4071", salt=SALT, n=int(n), r=int(r), p=int(p), dklen=32, maxmem=1 << 26
    )
    assert "4071" not in kept
    assert matches("4071", kept)
    assert not matches("4072", kept)


def test_the_vector_of_the_standard() -> None:
    # RFC 7914, section 12: N = 1024, r = 8, p = 16, 64 bytes.
    hashed = bytes.fromhex(
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
    )
    salt, wanted = b64encode(b"NaCl").decode(), b64encode(hashed).decode()
    kept = f"scrypt$1024$8$16${salt}${wanted}"
    assert matches("password", kept)
    assert not matches("passwore", kept)


def test_the_cost_is_what_the_source_says() -> None:
    n, r, p = COST
    # OWASP's rows are all about the same work: N * p of its first one, at r = 8.
    assert r == 8
    assert (n, p) in {(1 << 17, 1), (1 << 16, 2), (1 << 15, 3), (1 << 14, 5), (1 << 13, 10)}


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "scrypt$",
        "scrypt$16$8$1$AA==$AA==",
        "scrypt$x$8$1$AAECAw==$" + "A" * 43 + "=",
        "scrypt$17$8$1$AAECAw==$" + "A" * 43 + "=",
        "scrypt$1073741824$8$1$AAECAw==$" + "A" * 43 + "=",
        "scrypt$16$8$4000$AAECAw==$" + "A" * 43 + "=",
        "bcrypt$16$8$1$AAECAw==$" + "A" * 43 + "=",
        "scrypt$16$8$1$!!$" + "A" * 43 + "=",
    ],
)
def test_what_is_damaged_matches_nothing(kept: str) -> None:
    with pytest.raises(ValueError):
        matches("4071", kept)


@given(st.text(max_size=20), st.text(max_size=20))
def test_only_the_same_secret_matches(one: str, other: str) -> None:
    kept = hash_secret(said_secret(one), SALT, CHEAP)
    assert matches(said_secret(one), kept)
    assert matches(said_secret(other), kept) == (said_secret(one) == said_secret(other))


@given(st.integers(0, 10_000))
def test_waits_grow_and_end(failures: int) -> None:
    assert wait_after(failures) <= wait_after(failures + 1) <= LONGEST_WAIT
    if 3 <= failures < 12:
        assert wait_after(failures + 1) == 2 * wait_after(failures)


def test_a_wait_runs_out_by_the_clock() -> None:
    later = [SATURDAY + timedelta(seconds=each) for each in (0, 3, 4, 5)]
    assert [wait_left(5, SATURDAY, now).total_seconds() for now in later] == [4, 1, 0, 0]
    assert wait_left(0, None, SATURDAY) == timedelta()
    assert wait_left(2, SATURDAY, SATURDAY) == timedelta()


def test_a_clock_put_back_makes_no_wait_longer() -> None:
    for back in (timedelta(seconds=1), timedelta(days=4000)):
        assert wait_left(5, SATURDAY, SATURDAY - back) == timedelta(seconds=4)


def test_each_guarded_thing_has_words() -> None:
    assert all(each.doing and not each.doing.endswith(".") for each in Guarded)
