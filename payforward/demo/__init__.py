"""Throw-away ledgers: a year in the life of a café to look at, and a counter to practise on."""

from payforward.demo.practice import make_practice
from payforward.demo.year import make_demo

__all__ = ["make_demo", "make_practice"]
