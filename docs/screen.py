"""Draw the terminal of the README: what `mentorlog` prints on a terminal for the sample journal of the tour.

`python docs/screen.py` writes docs/images/status.svg; tests/test_screen.py fails where it is out of date.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

PICTURE = Path(__file__).resolve().parent / "images" / "status.svg"
TODAY = "2026-11-30"
COLUMNS, LINES = 80, 40
THEME = TerminalTheme(  # on a dark and on a light page; the words in grey and red have a contrast of 4.5 : 1 and more
    (13, 17, 23),
    (230, 237, 243),
    [
        (72, 79, 88),
        (255, 123, 114),
        (63, 185, 80),
        (227, 179, 65),
        (88, 166, 255),
        (188, 140, 255),
        (57, 197, 207),
        (177, 186, 196),
    ],
)
_FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def screen() -> str:
    """Return what a bare `mentorlog` prints on a terminal of 80 columns, with its colours."""
    program = [sys.executable, "-m", "mentorlog"]
    variables = {**os.environ, "MENTORLOG_NOW": TODAY, "TERM": "xterm-256color"}
    variables.pop("NO_COLOR", None)
    tour = subprocess.run([*program, "tour", "--keep", "--json"], env=variables, capture_output=True, check=True)
    journal = Path(json.loads(tour.stdout)["data"]["kept"])
    try:
        subprocess.run([*program, "--journal", journal, "undo"], env=variables, capture_output=True, check=True)
        return _on_terminal([*program, "--journal", str(journal)], variables)
    finally:
        shutil.rmtree(journal.parent)


def _on_terminal(command: list[str], variables: dict[str, str]) -> str:
    """Run a program on a terminal of its own and return what it printed."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    running = subprocess.Popen(command, env=variables, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    printed = bytearray()
    try:
        while part := os.read(ours, 65536):
            printed += part
    except OSError:  # Linux reports the end of the program so
        pass
    os.close(ours)
    if running.wait():
        raise SystemExit(printed.decode())
    return printed.decode().replace("\r\n", "\n")


def picture(printed: str) -> str:
    """Return an SVG of a terminal; it has the reader's own font, and fetches none."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(Text.from_ansi(f"\x1b[1m$ mentorlog\x1b[0m\n{printed.rstrip()}"))
    form = re.sub(r" *@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    form = form.replace("Fira Code, monospace", _FONT).replace("font-family: arial", "font-family: sans-serif")
    svg = console.export_svg(title="mentorlog", theme=THEME, code_format=form, unique_id="mentorlog")
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


def write() -> None:
    """Write the picture."""
    PICTURE.write_text(picture(screen()), encoding="utf-8")


if __name__ == "__main__":
    write()
