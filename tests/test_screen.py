"""The picture of a terminal in the README: it shows what the program prints, and fetches nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any
from xml.etree import ElementTree

import pytest

from doc_scripts import doc_script
from output.payloads import bare

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def screen() -> Any:
    """The script, docs/screen.py."""
    return doc_script("screen")


def words(svg: str) -> list[str]:
    """The words of each line of a terminal in an SVG, without the title."""
    lines = defaultdict[float, list[tuple[float, str]]](list)
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        if "title" not in text.get("class", ""):
            lines[float(text.get("y", 0))].append((float(text.get("x", 0)), text.text or ""))
    joined = (" ".join(part for _, part in sorted(parts)) for _, parts in sorted(lines.items()))
    return [line for line in (re.sub(r"\s+", "", line) for line in joined) if line]


def test_the_picture_is_up_to_date(screen: Any, request: pytest.FixtureRequest) -> None:
    """The committed picture has the words that a bare `mentorlog` prints; `python docs/screen.py` draws it again."""
    if request.config.getoption("update_transcripts"):
        screen.write()
    printed = screen.screen()
    shown = ["$mentorlog", *(re.sub(r"\s+", "", line) for line in bare(printed).splitlines())]

    assert words(screen.PICTURE.read_text(encoding="utf-8")) == [line for line in shown if line]
    assert "\x1b[31m" in printed  # with the colours of a terminal


def test_the_same_screen_gives_the_same_picture(screen: Any) -> None:
    """Nothing in it is drawn by chance."""
    printed = "\x1b[1mTalk to\x1b[0m\n  \x1b[36mcurie\x1b[0m"

    assert screen.picture(printed) == screen.picture(printed)
    assert words(screen.picture(printed)) == ["$mentorlog", "Talkto", "curie"]


def test_the_picture_fetches_nothing(screen: Any) -> None:
    """No font, script or style from another place: it has the font of whoever looks at it."""
    svg = screen.PICTURE.read_text(encoding="utf-8")

    assert re.findall(r"@import|@font-face|url\((?!#)|href|<script|<foreignObject", svg) == []
    assert len(svg) < 30_000
