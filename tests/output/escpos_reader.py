"""A receipt printer on a sheet of memory: reads ESC/POS and draws what would be on the paper.

Written from Epson's descriptions of the commands, and strict: an unknown command, a control
byte in a text or a line that is too long is a failure. It knows nothing of python-escpos.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageFont

CODE_PAGES = {
    0: "cp437",
    2: "cp850",
    3: "cp860",
    13: "cp857",
    14: "cp737",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
    36: "cp862",
    39: "iso8859_2",
    40: "iso8859_15",
    21: "cp874",
    37: "cp864",
    46: "cp1251",
    50: "cp1256",
}
"""ESC t n, table of the TM printers."""

MODES = {0: "left", 1: "center", 2: "right"}
DOTS_A_COLUMN, DOTS_A_LINE = 12, 30


class Unreadable(AssertionError):
    """The bytes are not what a printer understands."""


@dataclass
class Line:
    """A printed line of text."""

    text: str
    width: int
    height: int
    bold: bool
    align: str

    @property
    def columns(self) -> int:
        """How many columns of plain letters it takes."""
        return len(self.text) * self.width


@dataclass
class Symbol:
    """A QR code that the printer draws itself."""

    data: str
    size: int
    level: str
    model: int


@dataclass
class Feed:
    """Empty lines."""

    lines: int


@dataclass
class Cut:
    """A cut; after ``feed`` dots past the knife."""

    partial: bool


Printed = Line | Symbol | Feed | Cut | Image.Image


@dataclass
class Reader:
    """Reads one job."""

    data: bytes
    at: int = 0
    printed: list[Printed] = field(default_factory=list)
    begun: bool = False
    page: str = "cp437"
    align: str = "left"
    bold: bool = False
    width: int = 1
    height: int = 1
    pending: bytes = b""
    qr: dict[str, int | bytes] = field(default_factory=dict)

    def read(self) -> list[Printed]:
        """Return everything that is on the paper."""
        while self.at < len(self.data):
            byte = self._byte()
            if byte == 0x1B:
                self._esc(self._byte())
            elif byte == 0x1D:
                self._gs(self._byte())
            elif byte == 0x0A:
                self._line_feed()
            elif byte < 0x20 or byte == 0x7F:
                raise Unreadable(f"control byte {byte:#04x} at {self.at - 1}")
            else:
                self._needs_begun()
                self.pending += bytes([byte])
        if self.pending:
            raise Unreadable("text after the last line feed is never printed")
        return self.printed

    def _byte(self) -> int:
        return self._bytes(1)[0]

    def _bytes(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        if len(taken) != count:
            raise Unreadable("the job ends within a command")
        self.at += count
        return taken

    def _needs_begun(self) -> None:
        if not self.begun:
            raise Unreadable("something is before ESC @")

    def _at_start_of_line(self) -> None:
        self._needs_begun()
        if self.pending:
            raise Unreadable("a command that is ignored within a line")

    def _line_feed(self) -> None:
        self._needs_begun()
        if self.pending:
            text = self.pending.decode(self.page)
            self.printed.append(Line(text, self.width, self.height, self.bold, self.align))
            self.pending = b""
        else:
            self.printed.append(Feed(1))

    def _esc(self, command: int) -> None:
        if command == ord("@"):
            if self.at != 2 and not isinstance(self.printed[-1], Cut):
                raise Unreadable("ESC @ within a job")
            self.align, self.bold, self.width, self.height = "left", False, 1, 1
            self.begun = True
            return
        self._needs_begun()
        argument = self._byte()
        if command == ord("t"):
            if argument not in CODE_PAGES:
                raise Unreadable(f"code page {argument}")
            self.page = CODE_PAGES[argument]
        elif command == ord("a"):
            self._at_start_of_line()
            self.align = MODES[argument]
        elif command == ord("E"):
            self.bold = bool(argument & 1)
        elif command == ord("d"):
            self._at_start_of_line()
            self.printed.append(Feed(argument))
        else:
            raise Unreadable(f"ESC {command:#04x}")

    def _gs(self, command: int) -> None:
        self._needs_begun()
        if command == ord("!"):
            size = self._byte()
            if size & 0x88:
                raise Unreadable(f"GS ! {size:#04x}")
            self.width, self.height = (size >> 4) + 1, (size & 7) + 1
        elif command == ord("V"):
            self._at_start_of_line()
            how = self._byte()
            if how == 66:
                self._byte()
            elif how not in (1, 49):
                raise Unreadable(f"GS V {how}")
            self.printed.append(Cut(partial=True))
        elif command == ord("v"):
            self._raster()
        elif command == ord("("):
            self._two_dimensional()
        else:
            raise Unreadable(f"GS {command:#04x}")

    def _raster(self) -> None:
        """GS v 0 m xL xH yL yH d1...dk: a raster bit image, one bit a dot, the left one first."""
        self._at_start_of_line()
        zero, mode = self._bytes(2)
        if zero != ord("0") or mode not in (0, 48):
            raise Unreadable("GS v")
        across = int.from_bytes(self._bytes(2), "little")
        down = int.from_bytes(self._bytes(2), "little")
        bits = self._bytes(across * down)
        inverted = bytes(byte ^ 0xFF for byte in bits)
        self.printed.append(Image.frombytes("1", (across * 8, down), inverted))

    def _two_dimensional(self) -> None:
        """GS ( k pL pH cn fn ...: functions 165, 167, 169, 180 and 181 of a QR code."""
        self._at_start_of_line()
        if self._byte() != ord("k"):
            raise Unreadable("GS (")
        data = self._bytes(int.from_bytes(self._bytes(2), "little"))
        if data[0] != ord("1"):
            raise Unreadable("a symbol that is no QR code")
        function, rest = data[1], data[2:]
        if function == 65:
            self.qr["model"] = rest[0] - ord("0")
        elif function == 67:
            self.qr["size"] = rest[0]
        elif function == 69:
            self.qr["level"] = rest[0] - ord("0")
        elif function == 80 and rest[:1] == b"0":
            self.qr["data"] = rest[1:]
        elif function == 81 and rest == b"0":
            stored = self.qr["data"]
            assert isinstance(stored, bytes)
            self.printed.append(
                Symbol(
                    data=stored.decode("ascii"),
                    size=int(self.qr["size"]),
                    level="LMQH"[int(self.qr["level"])],
                    model=int(self.qr["model"]),
                )
            )
        else:
            raise Unreadable(f"GS ( k function {function}")


def read_escpos(data: bytes) -> list[Printed]:
    """Return everything that a job prints."""
    return Reader(data).read()


def text_of(printed: list[Printed]) -> str:
    """Return the lines of text."""
    return "\n".join(each.text for each in printed if isinstance(each, Line))


def draw(printed: list[Printed], dots: int) -> Image.Image:
    """Return a picture of the paper."""
    font = ImageFont.truetype("DejaVuSansMono.ttf", 20)
    bold = ImageFont.truetype("DejaVuSansMono-Bold.ttf", 20)
    pieces = []
    for each in printed:
        if isinstance(each, Line):
            width = len(each.text) * DOTS_A_COLUMN
            tile = Image.new("L", (width, DOTS_A_LINE), 255)
            ImageDraw.Draw(tile).text((0, 2), each.text, font=bold if each.bold else font, fill=0)
            tile = tile.resize((width * each.width, DOTS_A_LINE * each.height))
            spare = dots - tile.width
            left = {"left": 0, "center": spare // 2, "right": spare}[each.align]
            pieces.append((tile, left))
        elif isinstance(each, Feed):
            pieces.append((Image.new("L", (1, DOTS_A_LINE * each.lines), 255), 0))
        elif isinstance(each, Image.Image):
            pieces.append((each.convert("L"), (dots - each.width) // 2))
        elif isinstance(each, Symbol):
            tile = Image.new("L", (29 * each.size, 29 * each.size), 170)
            ImageDraw.Draw(tile).text((4, 4), f"QR {each.size}", font=font, fill=0)
            pieces.append((tile, (dots - tile.width) // 2))
    paper = Image.new("L", (dots, sum(tile.height for tile, _ in pieces)), 255)
    y = 0
    for tile, left in pieces:
        paper.paste(tile, (left, y))
        y += tile.height
    return paper
