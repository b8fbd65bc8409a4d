"""Files of papers: by their ending, all or none, for their owner alone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from payforward.core.errors import BadInput
from payforward.output import writer
from payforward.output.pdf import MOST_LABELS
from payforward.output.writer import ENDINGS, check_target, check_unused, write_papers
from tests.conftest import ROOT
from tests.output.escpos_reader import Cut, read_escpos
from tests.output.reading import scanned
from tests.output.slips import CODE, PAYLOAD, code_of, voucher

if TYPE_CHECKING:
    from pathlib import Path

BEGINNINGS = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n",
    ".svg": b"<svg ",
    ".txt": "Rosa's Café".encode(),
    ".escpos": b"\x1b@",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_decides(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"slip{ending.upper()}"
    check_target(path)
    assert not list(tmp_path.iterdir())
    assert write_papers([voucher()], path) == (path,)
    assert path.read_bytes().lstrip().startswith(BEGINNINGS[ending])
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_live_code_is_for_its_owner_only(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"slip{ending}"
    path.write_text("from before")
    path.chmod(0o666)
    before = os.umask(0)
    try:
        write_papers([voucher()], path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"from before" not in path.read_bytes()


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_there_already_may_be_good(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"slip{ending}"
    check_unused(path)
    path.touch()
    assert write_papers([voucher()], path, may_replace=False) == (path,)
    before = path.read_bytes()
    with pytest.raises(BadInput, match="is there already, and is not empty: name another file"):
        check_unused(path)
    with pytest.raises(BadInput, match="name another file"):
        write_papers([voucher(code=code_of(1))], path, may_replace=False)
    assert path.read_bytes() == before


@pytest.mark.parametrize("ending", [".png", ".SVG"])
def test_of_numbered_pictures_none_may_be_there(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"slip{ending}").write_text("another")
    check_unused(tmp_path / f"slip{ending}", 12)
    (tmp_path / f"slip-12{ending}").write_text("from before")
    check_unused(tmp_path / f"slip{ending}", 11)
    with pytest.raises(BadInput, match=r"slip-12\.\w+ is there already"):
        check_unused(tmp_path / f"slip{ending}", 12)


@pytest.mark.parametrize("name", ["slip", "slip.doc", "slip.pdf.zip", ".pdf", "pdf"])
def test_an_unknown_ending_is_refused_with_those_that_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"use \.pdf, \.png, \.svg, \.txt or \.escpos"):
        check_target(tmp_path / name)
    with pytest.raises(BadInput):
        write_papers([voucher()], tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"There is no folder .*nowhere: make it first"):
        check_target(tmp_path / "nowhere" / "slip.pdf")
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="There is no folder"):
        check_target(tmp_path / "file" / "slip.pdf")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "slip.pdf").mkdir()
    with pytest.raises(BadInput, match="is there already and is no file"):
        check_target(tmp_path / "slip.pdf")
    os.mkfifo(tmp_path / "slip.txt")
    with pytest.raises(BadInput, match="is there already and is no file"):
        check_target(tmp_path / "slip.txt")


@pytest.mark.parametrize("name", ["x" * 300 + ".pdf", "a\0b.pdf"])
def test_what_is_no_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no name for a file"):
        check_target(tmp_path / name)


def test_a_folder_that_must_not_be_written_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(BadInput, match=r"The folder .* must not be written to"):
        check_target(tmp_path / "slip.pdf")


def test_a_sheet_is_a_pdf_of_a_known_layout(tmp_path: Path) -> None:
    check_target(tmp_path / "slips.pdf", layout="a4-3x8")
    with pytest.raises(BadInput, match=r"use one of a4-3x8, a4-2x5, letter-3x8, letter-2x5"):
        check_target(tmp_path / "slips.pdf", layout="a3")
    with pytest.raises(BadInput, match=r"Sheets of labels are PDF: end .* in \.pdf"):
        check_target(tmp_path / "slips.png", layout="a4-3x8")


def test_several_pictures_are_numbered(tmp_path: Path) -> None:
    papers = [voucher(code=code_of(number)) for number in range(11)]
    files = write_papers(papers, tmp_path / "slip.png")
    assert [file.name for file in files][:2] == ["slip-01.png", "slip-02.png"]
    assert sorted(tmp_path.iterdir()) == list(files)
    for number, file in enumerate(files):
        with Image.open(file) as image:
            assert scanned(image.convert("RGB"))[0].endswith(code_of(number).letters)


def test_several_slips_in_one_text_or_job(tmp_path: Path) -> None:
    papers = [voucher(), voucher(code=code_of(1))]
    (text,) = write_papers(papers, tmp_path / "slip.txt")
    assert text.read_text(encoding="utf-8").count("No cash value.") == 2
    (job,) = write_papers(papers, tmp_path / "slip.escpos", native_qr=True, paper_mm=58)
    printed = read_escpos(job.read_bytes())
    assert sum(isinstance(each, Cut) for each in printed) == 2


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk_leaves_what_was_there(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    names = {"slip-1" + ending, "slip-2" + ending, "slip" + ending}
    for name in names:
        (tmp_path / name).write_text("from before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput, match=r"was not written \(No space left on device\)"):
        write_papers([voucher(), voucher(code=code_of(1))], tmp_path / f"slip{ending}")
    assert {path.name for path in tmp_path.iterdir()} == names
    assert all(path.read_text() == "from before" for path in tmp_path.iterdir())


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("layout", [None, "a4-3x8"])
@pytest.mark.parametrize("stop_at", [0, 1, 3])
def test_progress_is_told_and_cancels(
    ending: str, layout: str | None, stop_at: int, tmp_path: Path
) -> None:
    if layout and ending != ".pdf":
        ending = ".pdf"
    papers = [voucher(code=code_of(number)) for number in range(3)]
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == stop_at:
            raise KeyboardInterrupt

    path = tmp_path / f"slip{ending}"
    with pytest.raises(KeyboardInterrupt):
        write_papers(papers, path, layout=layout, progress=stop)
    assert told == [(done, 3) for done in range(stop_at + 1)]
    assert not list(tmp_path.iterdir())
    told.clear()
    write_papers(papers, path, layout=layout, progress=lambda *now: told.append(now))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_too_many_slips_for_sheets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="1001 slips are too many for one set of sheets"):
        write_papers([voucher()] * (MOST_LABELS + 1), tmp_path / "slips.pdf", layout="a4-3x8")


def test_the_text_bears_the_code_once(tmp_path: Path) -> None:
    (file,) = write_papers([voucher()], tmp_path / "slip.txt")
    text = file.read_text(encoding="utf-8")
    assert text.count("BCDE FGHJ KNPR STVX BCPR") == 1
    assert CODE.letters not in text
    assert PAYLOAD not in text


def test_importing_the_writer_loads_nothing_heavy() -> None:
    code = (
        "import sys, payforward.output.writer, payforward.output.papers\n"
        "print(*{'PIL', 'typst', 'escpos', 'qrcode', 'textual', 'rich'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"
    assert writer.OWNER_ONLY == 0o600
