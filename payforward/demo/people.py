"""Who comes to the café: the people who give, what they say, and who serves them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

CASHIERS: Final = ("Ana", "Luca", "Miriam")
TILLS: Final = ("till 1", "till 2")

WITH_WORDS: Final = 0.34
"""The share of gifts that come with a name, a message or both."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """People of one language, and what they wish a stranger."""

    share: int
    names: tuple[str, ...]
    wishes: tuple[str, ...]


TONGUES: Final = (
    Tongue(
        30,
        ("Giulia", "Marco", "nonna Pina", "Elena e Davide", "Beppe", "la 3ª B", "Chiara", "Totò"),
        (
            "Buona giornata!",
            "Un caffè in compagnia",
            "Per chi ne ha bisogno oggi",
            "Da parte di mio padre",
            "Ho superato l'esame!",
            "Coraggio, passa tutto",
            "È nata Bianca!",
        ),
    ),
    Tongue(
        26,
        ("Zoë", "O'Hara", "Tom", "Mrs. Okafor", "The Thursday knitters", "Sam & Lee", "Björn"),
        (
            "Have a warm one",
            "From one early bird to another",
            "Somebody did this for me once",
            "Enjoy it, you deserve it",
            "Hang in there",
            "Happy birthday, whoever you are",
            "Good luck today!",
            "It's on me ☕",
        ),
    ),
    Tongue(8, ("李雷", "韩梅梅", "王芳"), ("慢慢喝，祝你今天顺利", "天冷了，暖暖手", "加油！")),
    Tongue(8, ("مريم", "يوسف"), ("بالهناء والشفاء", "يومك سعيد")),
    Tongue(7, ("François", "Anaïs", "Maëlle"), ("Bonne journée à vous", "Pour vous réchauffer")),
    Tongue(6, ("Jürgen", "Käthe"), ("Lass es dir schmecken", "Einen schönen Tag noch!")),
    Tongue(6, ("Íñigo", "Lucía"), ("Que lo disfrutes", "¡Ánimo, vecino!")),
    Tongue(4, ("Olena", "Тарас"), ("Смачного!", "Все буде добре")),
    Tongue(4, ("Ayşe", "İbrahim"), ("Afiyet olsun", "Sıcak bir çay içiniz")),
    Tongue(4, ("さくら", "健太"), ("ほっとひと息どうぞ", "よい一日を")),
    Tongue(3, ("אורי",), ("שיהיה יום טוב",)),
    Tongue(3, ("Σοφία",), ("Καλή όρεξη!",)),
    Tongue(3, ("आशा",), ("आपका दिन शुभ हो",)),
    Tongue(3, ("Thảo", "Łukasz", "Dvořák"), ("Hezký den!", "Chúc ngon miệng")),
)

_SHARES: Final = tuple(tongue.share for tongue in TONGUES)


def some_words(chance: random.Random) -> tuple[str | None, str | None]:
    """Return a giver's name and message; most say nothing."""
    if chance.random() >= WITH_WORDS:
        return None, None
    (tongue,) = chance.choices(TONGUES, _SHARES)
    name, wish = chance.choice(tongue.names), chance.choice(tongue.wishes)
    (said,) = chance.choices(((name, wish), (None, wish), (name, None)), (55, 25, 20))
    return said


def cashier_at(weekday: int, hour: int, till: str) -> str:
    """Return who stands at a till; weekday 0 is Monday, the hour is local."""
    shift = 0 if hour < 13 else 1
    return CASHIERS[(weekday // 2 + shift + TILLS.index(till)) % len(CASHIERS)]
