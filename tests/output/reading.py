"""Readers that had no part in the writing: zxing, poppler and Chromium."""

from __future__ import annotations

import html
import itertools
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import zxingcpp
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    Box = tuple[float, float, float, float]


def scanned(image: Image.Image) -> list[str]:
    """Return what is said by all the squares in a picture, from top to bottom."""
    found = zxingcpp.read_barcodes(image)
    assert all(each.format == zxingcpp.BarcodeFormat.QRCode for each in found)
    places = [(each.position.top_left.y, each.position.top_left.x, each.text) for each in found]
    return [text for _, _, text in sorted(places)]


def pdf_pages(path: Path, *, dpi: int = 150, last: int = 1000) -> list[Image.Image]:
    """Return a PDF's pages as poppler draws them."""
    stem = path.with_suffix("")
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-l", str(last), "-png", path, stem],
        check=True,
        capture_output=True,
    )
    pages = []
    for file in sorted(path.parent.glob(f"{stem.name}-*.png")):
        with Image.open(file) as image:
            pages.append(image.convert("RGB"))
        file.unlink()
    return pages


def pdf_text(path: Path) -> str:
    """Return a PDF's text as poppler reads it."""
    done = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True)
    return done.stdout.decode()


def pdf_words(path: Path) -> list[tuple[str, Box]]:
    """Return each word of a PDF's first page with its box in points, as poppler finds them."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-l", "1", path, "-"], check=True, capture_output=True
    )
    found = re.findall(
        r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>',
        done.stdout.decode(),
    )
    return [
        (html.unescape(word), (float(left), float(top), float(right), float(bottom)))
        for left, top, right, bottom, word in found
    ]


def overprinted(words: Sequence[tuple[str, Box]]) -> list[tuple[str, str]]:
    """Return the pairs of words of which one is printed over the middle of the other."""
    pairs = []
    for (one, (left, top, right, bottom)), (other, box) in itertools.combinations(words, 2):
        across = min(right, box[2]) - max(left, box[0])
        down = min(bottom, box[3]) - max(top, box[1])
        if across > 1 and down > 0.5 * min(bottom - top, box[3] - box[1]):
            pairs.append((one, other))
    return pairs


def screenshot(body: str, folder: Path, *, width: int, height: int) -> Image.Image:
    """Return what Chromium shows of a page, black on white."""
    page = folder / "page.html"
    page.write_text(
        '<!doctype html><meta charset="utf-8"><style>body { margin: 0; background: #fff; '
        "color: #000 } pre, img { display: block; margin: 0 0 40px } "
        'pre { font: 12px "DejaVu Sans Mono" }</style>' + body,
        encoding="utf-8",
    )
    shot = folder / "page.png"
    chromium = shutil.which("chromium")
    assert chromium is not None
    subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            f"--user-data-dir={folder / 'profile'}",
            f"--window-size={width},{height}",
            f"--screenshot={shot}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with Image.open(shot) as image:
        return image.convert("RGB")


def preformatted(lines: Iterable[str]) -> str:
    """Return lines as a piece of a page."""
    return f"<pre>{html.escape(chr(10).join(lines))}</pre>"


def letters_of(text: str) -> str:
    """Return text without what parts its letters and lines, to compare across lines."""
    return "".join(text.replace("\u200b", "").split())
