"""What a test needs of the machine besides Python: skipped without it, naming the package."""

from __future__ import annotations

import shutil

import pytest

REASON = "needs the Debian package"
"""How every such skip begins; the check that runs everything looks for it."""


def needs(program: str, package: str | None = None) -> pytest.MarkDecorator:
    """Return the mark of a test that needs a program.

    Args:
        program: Its name on the PATH.
        package: The Debian package that brings it, where that has another name.
    """
    return pytest.mark.skipif(
        shutil.which(program) is None, reason=f"{REASON} {package or program}"
    )
