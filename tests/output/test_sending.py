"""Bytes on their way to printers: real sockets, terminals, files and processes."""

from __future__ import annotations

import os
import pty
import select
import socket
import stat
import subprocess
import sys
import threading
import time
import tty
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from payforward.core.printers import Printer, PrinterKind, PrinterOptions
from payforward.output.printers import PrinterProblem, Sent, sender_for
from tests.conftest import ROOT
from tests.output.fake_printer import COVER_OPEN, FINE, PAPER_END, PAPER_STOPS, FakePrinter

if TYPE_CHECKING:
    from collections.abc import Iterator

JOB = b"\x1b@" + b"Flat white\n" * 50 + b"\x1dV\x01"
LONG_JOB = b"\x1b@" + b"Flat white\n" * 500_000


def printer(kind: PrinterKind, address: str, *, reports: bool = False) -> Printer:
    return Printer(1, "Bar", kind, address, PrinterOptions(reports=reports, timeout_s=0.6))


def send(one: Printer, job: bytes = JOB) -> Sent:
    return sender_for(one).send(job, name="slip-1")


def problem(one: Printer, job: bytes = JOB) -> PrinterProblem:
    """Return the problem that sending has; it is found in a few seconds."""
    begun = time.monotonic()
    with pytest.raises(PrinterProblem) as told:
        send(one, job)
    assert time.monotonic() - begun < 5
    assert told.value.message.endswith(".")
    return told.value


def network(fake: FakePrinter, *, reports: bool = False) -> Printer:
    return printer(PrinterKind.NETWORK, fake.address, reports=reports)


# -- the network ------------------------------------------------------------------------------


def test_a_printer_that_says_nothing_is_sent_the_job_and_nothing_else() -> None:
    with FakePrinter() as fake:
        assert send(network(fake)) == Sent(confirmed=False)
        assert fake.papers() == [JOB]
        assert fake.received == [JOB]


def test_a_printer_that_reports_confirms() -> None:
    with FakePrinter(answers_at_once=True, answers_in_turn=True) as fake:
        assert send(network(fake, reports=True)) == Sent(confirmed=True)
        assert fake.papers() == [JOB]


def test_a_slow_printer_is_waited_for_while_it_takes_bytes() -> None:
    with FakePrinter(answers_at_once=True, answers_in_turn=True, bytes_per_second=400) as fake:
        begun = time.monotonic()
        assert send(network(fake, reports=True)) == Sent(confirmed=True)
        assert time.monotonic() - begun > 1
        assert fake.papers() == [JOB]


@pytest.mark.parametrize(
    ("status", "reason", "words"),
    [
        ({2: COVER_OPEN}, "cover-open", "close it"),
        ({2: PAPER_STOPS}, "no-paper", "new roll"),
        ({4: PAPER_END}, "no-paper", "new roll"),
        ({3: FINE | 0x08}, "printer-error", "cutter"),
        ({3: FINE | 0x20}, "printer-error", "off and on"),
        ({3: FINE | 0x40}, "printer-error", "minute"),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(
    status: dict[int, int], reason: str, words: str
) -> None:
    with FakePrinter(answers_at_once=True, answers_in_turn=True, status=status) as fake:
        told = problem(network(fake, reports=True))
        assert fake.papers() == []
    assert told.reason == reason
    assert words in told.message


def test_a_roll_that_is_near_its_end_prints() -> None:
    status = {4: FINE | 0x0C}
    with FakePrinter(answers_at_once=True, answers_in_turn=True, status=status) as fake:
        assert send(network(fake, reports=True)).confirmed


def test_paper_that_ends_half_way_is_told_and_not_confirmed() -> None:
    with FakePrinter(answers_at_once=True, answers_in_turn=True, runs_out_after=100) as fake:
        assert problem(network(fake, reports=True)).reason == "no-paper"


def test_a_printer_that_answers_at_once_only_is_never_taken_to_have_printed() -> None:
    with FakePrinter(answers_at_once=True) as fake:
        assert sender_for(network(fake)).probe() is False
        assert send(network(fake)) == Sent(confirmed=False)


@pytest.mark.parametrize(("at_once", "in_turn"), [(True, True), (False, False), (False, True)])
def test_what_a_printer_can_say_is_found_out_without_paper(at_once: bool, in_turn: bool) -> None:
    with FakePrinter(answers_at_once=at_once, answers_in_turn=in_turn) as fake:
        assert sender_for(network(fake)).probe() is (at_once and in_turn)
        assert fake.papers() == []


def test_a_printer_that_is_off_refuses() -> None:
    with FakePrinter() as fake:
        one = network(fake)
    told = problem(one)
    assert told.reason == "printer-off"
    assert "switch it off and on" in told.message


def test_a_printer_that_is_at_another_job_is_asked_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    one = printer(PrinterKind.NETWORK, f"127.0.0.1:{port}")
    taken: list[bytes] = []

    def wake() -> None:
        time.sleep(0.2)
        with socket.create_server(("127.0.0.1", port)) as listening:
            connection, _ = listening.accept()
            with connection:
                while part := connection.recv(4096):
                    taken.append(part)

    waking = threading.Thread(target=wake)
    waking.start()
    assert send(one) == Sent()
    waking.join()
    assert b"".join(taken) == JOB


def test_an_unplugged_printer_is_given_up_in_time() -> None:
    # A door with a full queue before it answers as a pulled cable does: not at all.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as waiting:
        place = full.getsockname()
        for _ in range(3):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(place)
        told = problem(printer(PrinterKind.NETWORK, f"127.0.0.1:{place[1]}"))
    assert told.reason == "printer-off"
    assert "its cable is in" in told.message
    assert not told.began


def test_an_unknown_name_says_so() -> None:
    told = problem(printer(PrinterKind.NETWORK, "no-such-printer.invalid:9100"))
    assert told.reason == "printer-off"
    assert "no-such-printer.invalid" in told.message


def test_a_name_server_that_is_off_does_not_hold_the_counter_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def silent(*asked: object, **how: object) -> list[object]:
        time.sleep(3)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    begun = time.monotonic()
    assert problem(printer(PrinterKind.NETWORK, "kitchen.local:9100")).reason == "printer-off"
    assert time.monotonic() - begun < 2


def test_a_printer_that_hangs_is_given_up_in_time() -> None:
    with FakePrinter(hangs_after=1000) as fake:
        told = problem(network(fake), LONG_JOB)
    assert told.reason == "printer-stopped"


def test_a_job_that_only_this_machine_has_was_not_sent() -> None:
    # The system takes a whole slip at once; a printer that is unplugged then has none of it.
    with FakePrinter(hangs_after=0, room=2048) as fake:
        assert problem(network(fake), JOB * 200).reason == "printer-stopped"


def test_a_printer_that_hangs_before_it_answers_is_given_up_in_time() -> None:
    with FakePrinter(answers_at_once=True, answers_in_turn=True, hangs_after=9) as fake:
        assert problem(network(fake, reports=True)).reason == "printer-silent"


@pytest.mark.parametrize("cut_after", [0, 1, len(JOB) // 2, len(JOB) - 1])
def test_a_line_that_breaks_is_told(cut_after: int) -> None:
    with FakePrinter(cut_after=cut_after) as fake:
        assert problem(network(fake)).reason == "printer-stopped"


def test_a_line_that_breaks_after_the_last_byte_is_told() -> None:
    # All was taken, and the line was reset: nobody knows whether it came out.
    with FakePrinter(cut_after=len(JOB)) as fake:
        assert problem(network(fake)).reason == "printer-stopped"


# -- devices and files ------------------------------------------------------------------------


def test_a_file_gets_one_job_after_the_other(tmp_path: Path) -> None:
    one = printer(PrinterKind.FILE, str(tmp_path / "printer"))
    assert send(one) == Sent()
    assert send(one) == Sent()
    assert (tmp_path / "printer").read_bytes() == JOB * 2
    assert stat.S_IMODE((tmp_path / "printer").stat().st_mode) == 0o600


def test_a_device_that_is_not_there_does_not_become_a_file() -> None:
    one = printer(PrinterKind.FILE, "/dev/payforward-no-such-printer")
    assert problem(one).reason == "printer-off"
    assert not Path(one.address).exists()


def test_a_device_that_takes_a_job_gets_all_of_it(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    taken: list[bytes] = []

    def take() -> None:
        with pipe.open("rb") as opened:
            taken.append(opened.read())

    taking = threading.Thread(target=take)
    taking.start()
    while True:
        try:
            assert send(printer(PrinterKind.FILE, str(pipe)), JOB * 1000) == Sent()
        except PrinterProblem as told:
            assert told.reason == "printer-off"  # noqa: PT017 - the reader has not opened it yet
        else:
            break
    taking.join()
    assert taken == [JOB * 1000]


def test_a_device_that_nobody_listens_to_is_off(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lp0")
    assert problem(printer(PrinterKind.FILE, str(tmp_path / "lp0"))).reason == "printer-off"


def test_a_device_that_takes_nothing_is_given_up_in_time(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert problem(printer(PrinterKind.FILE, str(pipe)), LONG_JOB).reason == "printer-stopped"
    finally:
        os.close(reading)


def test_a_device_without_room_is_a_printer_without_paper() -> None:
    # Every write to it fails with "no space left", which is what Linux's usblp says then.
    assert problem(printer(PrinterKind.FILE, "/dev/full")).reason == "no-paper"


def _as_nobody(kind: PrinterKind, place: Path) -> str:
    """Print as a user who owns nothing; return the reason of the refusal."""
    program = (
        "import os, sys\n"
        "from payforward.core.printers import Printer, PrinterKind\n"
        "from payforward.output.printers import PrinterProblem, sender_for\n"
        "sender = sender_for(Printer(1, 'Bar', PrinterKind(sys.argv[1]), sys.argv[2]))\n"
        "if os.geteuid() == 0: os.seteuid(65534)\n"
        "try:\n"
        "    sender.send(b'x', name='slip-1')\n"
        "except PrinterProblem as problem:\n"
        "    print(problem.reason)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, kind, str(place)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize("kind", [PrinterKind.FILE, PrinterKind.PDF])
def test_a_place_that_may_not_be_written_says_so(kind: PrinterKind, tmp_path: Path) -> None:
    for above in (tmp_path, *tmp_path.parents[:2]):
        above.chmod(0o755)
    place = tmp_path / "printer"
    if kind is PrinterKind.PDF:
        place.mkdir(mode=0o555)
    else:
        place.touch(mode=0o444)
    assert _as_nobody(kind, place) == "no-permission"


# -- folders ----------------------------------------------------------------------------------


def test_a_folder_gets_one_file_a_slip_that_its_owner_alone_reads(tmp_path: Path) -> None:
    one = printer(PrinterKind.PDF, str(tmp_path))
    assert send(one, b"%PDF-1.7 old") == Sent(confirmed=True)
    assert send(one, b"%PDF-1.7 new") == Sent(confirmed=True)
    (only,) = tmp_path.iterdir()
    assert (only.name, only.read_bytes()) == ("slip-1.pdf", b"%PDF-1.7 new")
    assert stat.S_IMODE(only.stat().st_mode) == 0o600


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    one = printer(PrinterKind.PDF, str(tmp_path / "stick"))
    assert problem(one).reason == "no-folder"
    assert not (tmp_path / "stick").exists()


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = printer(PrinterKind.PDF, str(tmp_path))
    send(one, b"%PDF-1.7 old")

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert problem(one, b"%PDF-1.7 new").reason == "disk-full"
    (only,) = tmp_path.iterdir()
    assert only.read_bytes() == b"%PDF-1.7 old"


# -- queues -----------------------------------------------------------------------------------

LP = """#!/bin/sh
printf '%s\\n' "$@" > "$LP_SAYS/arguments"
case "$2" in
  nowhere) echo "lp: The printer or class does not exist." >&2; exit 1;;
  closed) echo "lp: Destination \\"closed\\" is not accepting jobs." >&2; exit 1;;
  asleep) exec sleep 20;;
esac
cat > "$LP_SAYS/job"
echo "request id is $2-1 (1 file(s))"
"""


@pytest.fixture
def says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an ``lp`` on the PATH, and return where it tells what it was given."""
    programs, said = tmp_path / "bin", tmp_path / "said"
    programs.mkdir()
    said.mkdir()
    (programs / "lp").write_text(LP, encoding="ascii")
    (programs / "lp").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("LP_SAYS", str(said))
    return said


def test_a_queue_is_handed_the_job(says: Path) -> None:
    assert send(printer(PrinterKind.LP, "bar")) == Sent(confirmed=False)
    assert (says / "job").read_bytes() == JOB
    assert (says / "arguments").read_text().split() == ["-d", "bar", "-t", "slip-1", "-"]


@pytest.mark.parametrize(
    ("queue", "reason", "words"),
    [
        ("nowhere", "no-queue", "no print queue nowhere"),
        ("closed", "printer-error", 'Destination "closed" is not accepting jobs.'),
        ("asleep", "printer-off", "does not answer"),
    ],
)
def test_a_queue_that_takes_nothing_says_why(
    says: Path, queue: str, reason: str, words: str
) -> None:
    told = problem(printer(PrinterKind.LP, queue))
    assert told.reason == reason
    assert words in told.message


def test_a_machine_without_printing_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert problem(printer(PrinterKind.LP, "bar")).reason == "cannot-print"


# -- serial lines -----------------------------------------------------------------------------


@contextmanager
def serial_line() -> Iterator[tuple[int, str]]:
    """Open a pair of terminals; yield the printer's end and the name of the other."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    try:
        yield master, os.ttyname(slave)
    finally:
        os.close(master)
        os.close(slave)


def test_a_serial_printer_gets_all(tmp_path: Path) -> None:
    taken = bytearray()

    def take(master: int) -> None:
        while len(taken) < len(JOB) * 20 and select.select([master], [], [], 5)[0]:
            taken.extend(os.read(master, 512))

    with serial_line() as (master, name):
        taking = threading.Thread(target=take, args=(master,))
        taking.start()
        assert send(printer(PrinterKind.SERIAL, name), JOB * 20) == Sent()
        taking.join()
    assert taken == JOB * 20


def test_a_serial_line_is_held_for_jobs_that_belong_together() -> None:
    taken = bytearray()
    with serial_line() as (master, name):

        def take() -> None:
            while len(taken) < len(JOB) * 3 and select.select([master], [], [], 5)[0]:
                taken.extend(os.read(master, 512))

        taking = threading.Thread(target=take)
        taking.start()
        with sender_for(printer(PrinterKind.SERIAL, name)).together() as together:
            for _ in range(3):
                assert together(JOB, name="slip") == Sent()
        taking.join()
    assert taken == JOB * 3


def test_a_held_serial_line_that_stops_is_given_up_in_time() -> None:
    with serial_line() as (master, name):
        before = time.monotonic()
        with sender_for(printer(PrinterKind.SERIAL, name)).together() as together:
            assert together(b"Tea\n", name="slip-1") == Sent()
            with pytest.raises(PrinterProblem) as told:
                together(LONG_JOB, name="slip-2")
        assert told.value.reason == "printer-stopped"
        assert time.monotonic() - before < 10
        assert os.read(master, 4) == b"Tea\n"


def test_jobs_that_belong_together_come_over_one_connection() -> None:
    with FakePrinter() as fake:
        with sender_for(printer(PrinterKind.NETWORK, fake.address)).together() as together:
            for _ in range(3):
                assert together(JOB, name="slip") == Sent()
        assert fake.papers() == [JOB * 3]
        assert fake.connections == 1


def test_a_held_line_that_breaks_tells_at_the_job_that_broke_it() -> None:
    with FakePrinter(cut_after=len(JOB) + 20) as fake:
        with sender_for(printer(PrinterKind.NETWORK, fake.address)).together() as together:
            assert together(JOB, name="slip-1") == Sent()
            with pytest.raises(PrinterProblem) as told:
                together(JOB, name="slip-2")
        assert (told.value.reason, told.value.began) == ("printer-stopped", True)


def test_a_serial_printer_that_reports_confirms() -> None:
    def answer(master: int) -> None:
        heard = bytearray()
        while not heard.endswith(JOB[-3:] + b"\x1dr\x01"):
            heard.extend(os.read(master, 512))
            if heard.endswith((b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04")):
                os.write(master, bytes([FINE]))
        os.write(master, b"\0")
        for _ in range(3):
            os.read(master, 512)
            os.write(master, bytes([FINE]))

    with serial_line() as (master, name):
        answering = threading.Thread(target=answer, args=(master,), daemon=True)
        answering.start()
        assert send(printer(PrinterKind.SERIAL, name, reports=True)) == Sent(confirmed=True)
        answering.join(5)


def test_a_serial_printer_that_takes_nothing_is_given_up_in_time() -> None:
    with serial_line() as (_, name):
        assert problem(printer(PrinterKind.SERIAL, name), LONG_JOB).reason == "printer-stopped"


def test_a_serial_printer_that_is_not_there_is_off() -> None:
    assert problem(printer(PrinterKind.SERIAL, "/dev/ttyNoSuch0")).reason == "printer-off"


# -- none -------------------------------------------------------------------------------------


def test_a_till_without_paper_prints_nothing() -> None:
    with pytest.raises(PrinterProblem, match="prints nothing"):
        sender_for(printer(PrinterKind.NONE, ""))
