"""A printer that is held for jobs that belong together: nobody else's comes out between them."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Self

from payforward.output.printers.problem import PrinterProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from payforward.output.printers.problem import Send, Sender, Sent


class HeldPrinter:
    """Sends each job by itself over one line, which opens with the first.

    After a problem the line is closed: the next job, if there is one, opens another.

    Args:
        sender: What reaches the printer.
    """

    takes_batches = False

    def __init__(self, sender: Sender) -> None:
        self.speaks = sender.speaks
        self._sender = sender
        self._line = ExitStack()
        self._send: Send | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.let_go()

    def send(self, data: bytes, *, name: str) -> Sent:
        """Send one whole job."""
        if self._send is None:
            self._send = self._line.enter_context(self._sender.together())
        try:
            return self._send(data, name=name)
        except PrinterProblem:
            self.let_go()
            raise

    @contextmanager
    def together(self) -> Iterator[Send]:
        """Return what sends over the line that is held already."""
        yield self.send

    def reach(self) -> None:
        """See whether the printer could print now."""
        if self._send is None:
            self._sender.reach()

    def probe(self) -> bool:
        """Return whether the printer can say that it printed."""
        self.let_go()
        return self._sender.probe()

    def let_go(self) -> None:
        """Close the line; what was sent stays sent."""
        self._send = None
        self._line.close()
