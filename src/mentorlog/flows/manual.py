"""The installed man page."""

from __future__ import annotations

import sys
from pathlib import Path

from mentorlog.app import App


def shown(app: App) -> bool:
    """Show the man page with `man`, on a terminal; return whether that is possible and worked."""
    if app.json or not app.interactive:
        return False
    import shutil
    import subprocess

    page = Path(sys.prefix, "share", "man", "man1", "mentorlog.1")
    man = shutil.which("man")
    return bool(man and page.is_file()) and subprocess.run([str(man), str(page)], check=False).returncode == 0
