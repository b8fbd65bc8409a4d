"""The examples in the core's docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import payforward.core

MODULES = [
    module.name
    for module in pkgutil.walk_packages(payforward.core.__path__, f"{payforward.core.__name__}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_examples_are_found() -> None:
    found = doctest.DocTestFinder().find(importlib.import_module("payforward.core.money"))
    assert sum(len(each.examples) for each in found) >= 10
