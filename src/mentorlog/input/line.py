"""An answer that is typed on a terminal: its keys edit the line, where Python can do that, and nothing remembers it."""

from __future__ import annotations

import re
import sys
from typing import IO

_STYLE = re.compile(r"(\x1b\[[0-9;]*m)")


def typed(question: str, stream: IO[str]) -> str:
    """Ask, and return the line that is typed; only its last line is drawn again while that is edited.

    KeyboardInterrupt and EOFError go to the caller.
    """
    *above, last = question.split("\n")
    if not _edits():
        above, last = [question], ""
    stream.write("\n".join([*above, ""]) if last else question)
    stream.flush()
    return input(_STYLE.sub("\x01\\1\x02", last))  # between these marks stands what takes no room


def _edits() -> bool:
    """Whether keys such as the arrows edit the line: a terminal on both sides, and readline, which keeps no history."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        import readline
    except ImportError:
        return False
    if hasattr(readline, "set_auto_history"):
        readline.set_auto_history(False)
    readline.clear_history()
    return True
