"""The manual as a site: it builds without a warning, and a reader's browser asks nobody else for anything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "object": "data"}

pytestmark = pytest.mark.skipif(find_spec("mkdocs") is None, reason='mkdocs is not installed: pip install -e ".[docs]"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: a warning or a broken link fails."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


class _Loaded(HTMLParser):
    """Collects the addresses of what a browser loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what is loaded; a canonical link is only a name."""
        values = dict(attrs)
        if tag in LOADED and values.get("rel") != "canonical":
            self.addresses += filter(None, [values.get(LOADED[tag])])


def _pages(site: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    """No script, style, font or picture of a page has an address on another machine."""
    foreign = []
    for name, text in _pages(site):
        parser = _Loaded()
        parser.feed(text)
        foreign += [f"{name}: {one}" for one in parser.addresses if re.match(r"(https?:)?//", one)]
    for path in site.rglob("*.css"):
        found = re.findall(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')]+)""", path.read_text(encoding="utf-8"))
        foreign += [f"{path.name}: {one}" for one in found]

    assert foreign == []


def test_every_page_is_in_the_site(site: Path) -> None:
    """Each page below docs/ has its page, and nothing that is only for the makers is copied."""
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    built = {name for name, _ in _pages(site)}

    assert built == {*pages, "404.html"}
    assert [path.name for path in site.rglob("*") if path.suffix in (".py", ".toml", ".1")] == []
