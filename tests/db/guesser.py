"""A till that guesses, in a process of its own: ``python -m tests.db.guesser LEDGER SECRET...``.

It says ``ready``, waits for a line, then tries each secret as the owner's and says what it heard:
``right``, or the reason of the refusal.
"""

from __future__ import annotations

import sys
from pathlib import Path

from db.ledger import Ledger
from payforward.core.errors import Refused


def main() -> None:
    """Guess."""
    path, *tries = sys.argv[1:]
    with Ledger.open(Path(path)) as ledger:
        print("ready", flush=True)
        sys.stdin.readline()
        for secret in tries:
            try:
                ledger.check_passphrase(secret)
            except Refused as no:
                print(no.reason, flush=True)
            else:
                print("right", flush=True)


if __name__ == "__main__":
    main()
