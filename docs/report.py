"""Draw the report of the README: `mentorlog export html` of the sample journal of the tour, as Chromium shows it.

`python docs/report.py` writes docs/images/report.png. Its letters are those of the fonts of this machine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

PICTURE = Path(__file__).resolve().parent / "images" / "report.png"
TODAY = "2026-11-30"
WIDTH, HEIGHT = 1000, 1330
LARGEST = 200_000


def report(page: Path) -> None:
    """Write the report of the sample journal to a file."""
    program, variables = [sys.executable, "-m", "mentorlog"], {**os.environ, "MENTORLOG_NOW": TODAY}
    tour = subprocess.run([*program, "tour", "--keep", "--json"], env=variables, capture_output=True, check=True)
    journal = Path(json.loads(tour.stdout)["data"]["kept"])
    try:
        command = [*program, "--journal", str(journal), "export", "html", "-o", str(page), "--yes"]
        subprocess.run(command, env=variables, capture_output=True, check=True)
    finally:
        shutil.rmtree(journal.parent)


def main() -> None:
    """Write the picture; stop if it is too large for a README."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("needs Chromium")
    page = PICTURE.with_suffix(".html")
    try:
        report(page)
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
        sized = f"--window-size={WIDTH},{HEIGHT}"
        command = [browser, *options, sized, f"--screenshot={PICTURE}", page.as_uri()]
        subprocess.run(command, capture_output=True, check=True, timeout=60)
    finally:
        page.unlink(missing_ok=True)
    if PICTURE.stat().st_size > LARGEST:
        raise SystemExit(f"{PICTURE} has {PICTURE.stat().st_size} bytes, {LARGEST} at most")


if __name__ == "__main__":
    main()
