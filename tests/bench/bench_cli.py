"""How long ``payforward board`` takes, cold, beside click's hello-world.

    python -m tests.bench.bench_cli [ROUNDS]

Each round starts every command once, in turn, in a process of its own, so that whatever else
the machine does falls on all of them alike; it prints medians and their ratios to the
hello-world's. The goal is at most 1.6 for the board, whether for
people or for scripts. Compiled modules are on disk before the first round.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.core.asks import Give
from payforward.core.ids import new_action_id

ROOT: Final = Path(__file__).parents[2]
GOAL: Final = 1.6
HELLO: Final = """
import click

@click.command()
def hello():
    click.echo("Hello, world.")

hello()
"""
COMMAND: Final = """
import sys
from payforward.__main__ import main

sys.exit(main())
"""


def make_ledger(path: Path) -> None:
    """Make a ledger with a menu of 60, of which 20 wait, and money in the fund."""
    create_ledger(path, shop="Bench", currency="EUR", timezone="Europe/Rome")
    with Ledger.open(path) as ledger:
        for number in range(60):
            item = ledger.add_item(f"Item {number}", 350)
            if number < 20:
                ledger.give(Give(action=new_action_id(), item=item.id, units=3))
        ledger.give(Give(action=new_action_id(), item=ledger.fund().id, units=2000))


def seconds(arguments: list[str], env: dict[str, str]) -> float:
    """Return how long one process took from start to end."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=env, cwd=ROOT
    )
    return time.perf_counter() - start


def main(rounds: int) -> int:
    """Print each command's median and ratio; return 1 where the board misses its goal."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "bench.db"
        make_ledger(ledger)
        hello = Path(folder) / "hello.py"
        hello.write_text(HELLO, encoding="utf-8")
        # The same lines as in the script that an installation puts on the path.
        command = Path(folder) / "payforward_command.py"
        command.write_text(COMMAND, encoding="utf-8")
        commands = {
            "click hello-world": [str(hello)],
            "payforward board": [str(command), "board"],
            "payforward board --json": [str(command), "board", "--json"],
            "payforward --version": [str(command), "--version"],
        }
        env = {**os.environ, "PAYFORWARD_LEDGER": str(ledger), "PYTHONPATH": str(ROOT)}
        for arguments in commands.values():
            seconds(arguments, env)
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, arguments in commands.items():
                taken[name].append(seconds(arguments, env))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    hello_median = medians["click hello-world"]
    for name, median in medians.items():
        print(f"{name:26} {median * 1000:7.1f} ms  {median / hello_median:5.2f}")
    return int(medians["payforward board"] / hello_median > GOAL)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
