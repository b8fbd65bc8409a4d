"""The command ``payforward``."""

from __future__ import annotations

import gc
import sys

INTERRUPTED = 130
"""What a shell reports of a program that was interrupted (128 and SIGINT)."""


def main() -> int:
    """Run the command line and return its exit code.

    Nothing that is imported at the start is ever garbage: looking for some there would take a
    tenth of the time. Each command lets the collector go on once it is loaded.
    """
    gc.disable()
    ending = None
    try:
        from payforward.cli.boundary import run  # noqa: PLC0415 - an interrupt may come this early
        from payforward.cli.ending import Ending  # noqa: PLC0415 - as above

        ending = Ending()
        ending.hear()
        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return INTERRUPTED if ending is None else ending.exit_code


if __name__ == "__main__":
    sys.exit(main())
