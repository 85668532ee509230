"""The report in a real browser: it fetches nothing, refuses what is injected, and is printed on few sheets.

Chromium is started on a file, as a reader opens it; a server on this machine counts what it asks for.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import rich_journal
from factories import TODAY
from mentorlog.domain import audience
from mentorlog.domain.audience import PROGRAM
from mentorlog.domain.report.records import report_period
from mentorlog.export.document import Request
from mentorlog.export.html.report import make
from mentorlog.store.format.document import profile_view
from world import NOW

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

INJECTED = """
<img src="{0}/image"><script src="{0}/script"></script><link rel="stylesheet" href="{0}/sheet">
<script>new Image().src = "{0}/inline"; document.querySelector("main").remove()</script>
<style>main {{ display: none }} body {{ background: url({0}/style) }}</style>
<p style="background:url({0}/attribute);height:30000px">x</p><iframe src="{0}/frame"></iframe>
<img src="data:x" onerror="new Image().src = '{0}/handler'"><object data="{0}/object"></object>
<video src="{0}/video"></video><svg><image href="{0}/drawing"/></svg>
"""


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and the paths that it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()


def sheets(html: str, folder: Path) -> int:
    """Print a page and return on how many sheets."""
    page, printed = folder / "page.html", folder / "page.pdf"
    page.write_text(html, encoding="utf-8")
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))


def unpoliced(html: str, *, style: str = "") -> str:
    """Return a page without its policy, and with more style."""
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert bare != html
    return bare.replace("</style>", f"{style}</style>")


@pytest.fixture(scope="module")
def report() -> str:
    """The report of the rich journal for the program."""
    profile, views = profile_view(rich_journal.profile()), rich_journal.views()
    selection = audience.within(audience.select(profile, views, PROGRAM), *report_period(None, None, TODAY))
    return make(selection, Request(TODAY, datetime.fromisoformat(NOW), audience=PROGRAM)).text


def test_the_rich_journal_is_printed_on_four_sheets(report: str, tmp_path: Path) -> None:
    """On Letter, Chromium's own size, and on A4."""
    assert sheets(report, tmp_path) <= 4
    assert sheets(unpoliced(report, style="@page{size:A4}"), tmp_path) <= 4


def test_what_is_injected_is_refused(report: str, tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    """No script runs, no style applies, and nothing is asked for; without the policy all of it happens.

    A style that applied would change the number of sheets.
    """
    address, paths = asked
    injected = report.replace("</main>", f"</main>{INJECTED.format(address)}")
    clean = sheets(report, tmp_path)

    assert clean <= sheets(injected, tmp_path) <= clean + 1  # empty frames take some room
    assert paths == []
    assert sheets(unpoliced(injected), tmp_path) > clean + 10
    assert set(re.findall(r"(?<=\{0\})/\w+", INJECTED)) <= set(paths)
