"""Words out: to people and to scripts, in whatever encoding the terminal or the pipe has."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from payforward.core.errors import CutOff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PIPE_CLOSED = 141
"""What a shell reports of a program whose reader went away (128 and SIGPIPE)."""

OUTPUT_LOST = 74
"""The work is done, but its answer could not be written (EX_IOERR of sysexits.h)."""

_PLAINER = {
    "€": "EUR ",
    "£": "GBP ",
    "✓": "OK",
    "…": "...",
    "−": "-",
    "–": "-",
    "—": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "×": "x",
}


class OutputLost(Exception):
    """Standard output takes no more; the answer's last words are lost, not the work.

    Args:
        exit_code: `PIPE_CLOSED` or `OUTPUT_LOST`.
        why: The system's own words, for `OUTPUT_LOST`.
    """

    def __init__(self, exit_code: int, why: str = "") -> None:
        super().__init__(why)
        self.exit_code = exit_code
        self.why = why


def prepare_streams() -> None:
    """Let no character stop the program: of those that an encoding lacks plainer ones stand in.

    Of what comes in nothing is of interest but letters that every encoding has.
    """
    codecs.register_error("payforward-plainer", _plainer)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="payforward-plainer")
    if isinstance(sys.stdin, io.TextIOWrapper):
        # Once something was read from it, it stays as it is.
        with suppress(io.UnsupportedOperation):
            sys.stdin.reconfigure(errors="replace")


def emit(text: str) -> None:
    """Write a whole answer to standard output.

    Raises:
        OutputLost: nobody reads it, or it cannot be written.
    """
    if sys.stdout is None:
        return
    with _lost_output():
        sys.stdout.write(text)
        sys.stdout.flush()


def emit_pieces(pieces: Iterable[bytes]) -> None:
    """Write a file's own bytes to standard output, as they come.

    Raises:
        OutputLost: nobody reads it.
        CutOff: it cannot be written; here the answer is all that was asked for.
    """
    if sys.stdout is None:
        return
    stream = sys.stdout.buffer
    for piece in pieces:
        # Only what the stream says is about the stream: the ledger may fail as well.
        try:
            with _lost_output():
                stream.write(piece)
                stream.flush()
        except OutputLost as lost:
            if lost.exit_code != OUTPUT_LOST:
                raise
            raise CutOff(
                f"The export is not whole ({lost.why}): throw away what came out, and write it to "
                "another place.",
                reason="cut-off",
            ) from lost


def emit_document(document: Mapping[str, object]) -> None:
    """Write one JSON document to standard output.

    Raises:
        OutputLost: nobody reads it, or it cannot be written.
    """
    import json  # noqa: PLC0415 - people's answers do without

    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    is_unicode = encoding.lower().replace("-", "").startswith("utf")
    emit(json.dumps(document, ensure_ascii=not is_unicode) + "\n")


def complain(sentence: str) -> None:
    """Write a sentence to standard error, if anybody can read it there."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(sentence + "\n")
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


@contextmanager
def _lost_output() -> Iterator[None]:
    """Tell what standard output does not take.

    Raises:
        OutputLost: nobody reads it, or it cannot be written.
    """
    try:
        yield
    except BrokenPipeError:
        _silence(sys.stdout)
        raise OutputLost(PIPE_CLOSED) from None
    except OSError as error:
        _silence(sys.stdout)
        raise OutputLost(OUTPUT_LOST, error.strerror or str(error)) from error


def _silence(stream: TextIO) -> None:
    """Send what is left of a stream nowhere, so that closing it cannot fail again."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """Stand plainer characters in for those that an encoding lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_plain(char) for char in lacking), error.end


def _plain(char: str) -> str:
    """Return an ASCII stand-in for one character.

    >>> [_plain(char) for char in "€é李"]
    ['EUR ', 'e', '?']
    """
    if char in _PLAINER:
        return _PLAINER[char]
    letters = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return letters if letters.isprintable() and letters else "?"
