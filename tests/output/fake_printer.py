"""A receipt printer on a socket of its own, with the faults that real ones have."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from payforward.core import codes
from tests.output.escpos_reader import Line, Symbol, read_escpos

if TYPE_CHECKING:
    from types import TracebackType

    from payforward.core.codes import Code

FINE = 0x12
"""The fixed bits of every answer to DLE EOT, and nothing else set."""
COVER_OPEN, PAPER_STOPS = FINE | 0x04, FINE | 0x20
PAPER_END = FINE | 0x60

_AT_ONCE = re.compile(rb"\x10\x04([\x01-\x04])")
_IN_TURN = b"\x1dr\x01"
_CUT = b"\x1dVB\x00"
_CUT_OFF = re.compile(rb"(?<=\x1dVB\x00)(?=\x1b@)")


@dataclass
class FakePrinter:
    """Takes jobs on a port of this machine.

    Args:
        answers_at_once: Whether it answers DLE EOT.
        answers_in_turn: Whether it answers GS r when all before it is done.
        cut_after: It breaks the line after so many bytes of a connection.
        hangs_after: It takes no more after so many bytes of a connection, and is silent.
        bytes_per_second: How fast it takes a job; without it, at once.
    """

    answers_at_once: bool = False
    answers_in_turn: bool = False
    cut_after: int | None = None
    hangs_after: int | None = None
    bytes_per_second: int | None = None
    room: int | None = None
    """How many bytes its own buffer holds, about; without it, many."""
    hangs_up: bool = False
    """It closes each connection in good order once a paper is cut."""
    status: dict[int, int] = field(default_factory=dict)
    """Answers to DLE EOT n that are not `FINE`."""
    runs_out_after: int | None = None
    """The paper ends after so many bytes of a connection: it tells so, and works no further."""
    received: list[bytearray] = field(default_factory=list)
    """What came over each connection."""

    def __enter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0))
        if self.room is not None:
            # Connections inherit it.
            self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.room)
        self.port: int = self._listening.getsockname()[1]
        self._over = threading.Event()
        self._connections: list[socket.socket] = []
        self._working: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.switch_off()

    @property
    def address(self) -> str:
        """Where it is."""
        return f"127.0.0.1:{self.port}"

    def switch_off(self) -> None:
        """Take no jobs any more, and break off those that are under way."""
        self._over.set()
        # Closing alone does not wake a thread that waits for the next connection.
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for connection in self._connections:
            connection.close()
        self._accepting.join(5)

    def papers(self) -> list[bytes]:
        """Return what was printed, paper by paper, without the questions around it."""
        for working in list(self._working):
            # A job that was sent may still be read.
            working.join(5)
        return self.papers_so_far()

    def papers_so_far(self) -> list[bytes]:
        """Return the same of what has come until now."""
        bare = (_AT_ONCE.sub(b"", bytes(job)).replace(_IN_TURN, b"") for job in self.received)
        return [paper for job in bare for paper in _CUT_OFF.split(job) if paper]

    @property
    def connections(self) -> int:
        """How many connections brought it anything."""
        return sum(map(bool, self.received))

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._connections.append(connection)
            working = threading.Thread(target=self._work, args=(connection,), daemon=True)
            self._working.append(working)
            working.start()

    def _work(self, connection: socket.socket) -> None:
        job = bytearray()
        self.received.append(job)
        with connection:
            try:
                while self._take(connection, job):
                    pass
            except OSError:
                return

    def _take(self, connection: socket.socket, job: bytearray) -> bool:
        """Take the next part of a job and return whether there may be more."""
        if self.cut_after is not None and self.cut_after - len(job) <= 0:
            # As a plug that is pulled: no farewell, and whatever is under way is lost.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        if self.hangs_after is not None and len(job) >= self.hangs_after:
            self._over.wait(30)
            return False
        part = connection.recv(self._room(job))
        before = len(job)
        job += part
        if self.bytes_per_second is not None:
            time.sleep(len(part) / self.bytes_per_second)
        self._answer(connection, bytes(job), before)
        return bool(part) and not (self.hangs_up and job.endswith(_CUT))

    def _room(self, job: bytearray) -> int:
        stops = (self.cut_after, self.hangs_after)
        left = [stop - len(job) for stop in stops if stop is not None]
        return min([*left, 64 if self.bytes_per_second else 4096])

    def _answer(self, connection: socket.socket, job: bytes, before: int) -> None:
        out = self.runs_out_after is not None and len(job) > self.runs_out_after
        if self.answers_at_once:
            for asked in _AT_ONCE.finditer(job):
                if asked.end() > before:
                    number = asked[1][0]
                    status = {2: PAPER_STOPS, 4: PAPER_END} if out else self.status
                    connection.sendall(bytes([status.get(number, FINE)]))
        if self.answers_in_turn and not out:
            for at in (match.end() for match in re.finditer(re.escape(_IN_TURN), job)):
                if at > before:
                    connection.sendall(b"\0")


def code_on(paper: bytes) -> Code:
    """Return the code that a whole paper bears, from its letters and its square alike."""
    printed = read_escpos(paper)
    letters = [codes.find(each.text) for each in printed if isinstance(each, Line)]
    squares = [codes.find(each.data) for each in printed if isinstance(each, Symbol)]
    found = {code for code in (*letters, *squares) if code is not None}
    assert len(found) == 1, found
    (code,) = found
    return code
