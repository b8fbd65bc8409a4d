"""A real terminal: tmux on a socket of its own, and a bare pseudo-terminal read by pyte."""

from __future__ import annotations

import os
import pty
import select
import shlex
import signal
import struct
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from typing import TYPE_CHECKING, Protocol

import pyte
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 20.0


class NotSeenError(AssertionError):
    """The terminal never showed what was waited for."""


def wait_until(true: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Return whether something came to be true within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return true()


def environment() -> dict[str, str]:
    """Return the environment as Python knows it.

    The readline library adds COLUMNS and LINES behind Python's back, which a child would
    believe more than its own terminal.
    """
    return dict(os.environ)


@dataclass
class Tmux:
    """One program in one tmux pane."""

    socket: str

    def run(self, *arguments: str) -> str:
        """Return what a tmux command prints."""
        done = subprocess.run(
            ["tmux", "-L", self.socket, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env=environment(),
        )
        return done.stdout

    def text(self) -> str:
        """Return what the pane shows."""
        return self.run("capture-pane", "-p")

    def cursor_row(self) -> int:
        """Return the row in which the cursor stands."""
        return int(self.run("display-message", "-p", "#{cursor_y}"))

    def keys(self, *keys: str) -> None:
        """Press keys, by tmux's names."""
        self.run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type letters as they are."""
        self.run("send-keys", "-l", text)

    def see(self, words: str, seconds: float = PATIENCE_SECONDS) -> str:
        """Wait until the pane shows these words, and return all that it shows."""
        if not wait_until(lambda: words in self.text(), seconds):
            raise NotSeenError(f"{words!r} in\n{self.text()}")
        return self.text()


class OpenTmux(Protocol):
    """Opens a program in a terminal."""

    def __call__(self, *arguments: str | Path, width: int = 80, height: int = 24) -> Tmux:
        """Start ``payforward ARGUMENTS``; its exit code is shown when it ends."""
        ...


@pytest.fixture
def open_tmux(tmp_path: Path) -> Iterator[OpenTmux]:
    """Return what opens payforward in a tmux of its own."""
    socket = f"payforward-{os.getpid()}-{tmp_path.name}"
    tmux = Tmux(socket)

    def start(*arguments: str | Path, width: int = 80, height: int = 24) -> Tmux:
        program = shlex.join([sys.executable, "-m", "payforward", *map(str, arguments)])
        tmux.run(
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            str(width),
            "-y",
            str(height),
            f"cd {shlex.quote(str(tmp_path))}; PYTHONPATH={shlex.quote(str(ROOT))} {program}; "
            "echo exit code $?; read -r end",
        )
        return tmux

    yield start
    with suppress(subprocess.CalledProcessError):
        tmux.run("kill-server")


@dataclass
class Terminal:
    """A pseudo-terminal with payforward on it, and an emulator that reads what it writes."""

    pid: int
    fd: int
    screen: pyte.Screen
    stream: pyte.ByteStream
    written: bytearray = field(default_factory=bytearray)
    code: int | None = None

    def read(self) -> None:
        """Take in what the program has written, and see whether it has ended."""
        while select.select([self.fd], [], [], 0)[0]:
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                break
            if not data:
                break
            self.written += data
            self.stream.feed(data)
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)

    def type(self, data: bytes) -> None:
        """Type bytes, as a terminal sends keys."""
        os.write(self.fd, data)

    def resize(self, width: int, height: int) -> None:
        """Change the terminal's size, as a person dragging its corner does."""
        ioctl(self.fd, TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.screen.resize(height, width)
        os.kill(self.pid, signal.SIGWINCH)

    def see(self, words: str) -> None:
        """Wait until the emulator shows these words."""

        def seen() -> bool:
            self.read()
            return any(words in line for line in self.screen.display)

        if not wait_until(seen):
            shown = "\n".join(self.screen.display)
            raise NotSeenError(f"{words!r} in\n{shown}")

    def end(self) -> int:
        """Wait until the program has ended and return its exit code."""

        def ended() -> bool:
            self.read()
            return self.code is not None

        assert wait_until(ended), "\n".join(self.screen.display)
        self.read()
        assert self.code is not None
        return self.code


class OpenTerminal(Protocol):
    """Opens a program on a pseudo-terminal."""

    def __call__(
        self, *arguments: str | Path, program: Sequence[str] = ("-m", "payforward")
    ) -> Terminal:
        """Start ``payforward ARGUMENTS`` at 80x24, or another program of Python's."""
        ...


@pytest.fixture
def open_terminal(tmp_path: Path) -> Iterator[OpenTerminal]:
    """Return what opens payforward on a pseudo-terminal, as a login shell would."""
    opened: list[Terminal] = []

    def start(*arguments: str | Path, program: Sequence[str] = ("-m", "payforward")) -> Terminal:
        pid, fd = pty.fork()
        if pid == 0:
            os.chdir(tmp_path)
            os.environ |= {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
            os.execv(sys.executable, [sys.executable, *program, *map(str, arguments)])
        screen = pyte.Screen(80, 24)
        terminal = Terminal(pid, fd, screen, pyte.ByteStream(screen))
        ioctl(fd, TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        opened.append(terminal)
        return terminal

    yield start
    for terminal in opened:
        terminal.read()
        if terminal.code is None:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
        os.close(terminal.fd)
