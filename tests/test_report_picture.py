"""The picture of a report in the README: it is small, and the script that draws it works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from doc_scripts import DOCS, doc_script
from webpage import complaints


@pytest.fixture(scope="module")
def script() -> Any:
    """The script, docs/report.py."""
    return doc_script("report")


def test_the_picture_is_small(script: Any) -> None:
    """A README is read over slow lines too."""
    picture = (DOCS / "images" / "report.png").read_bytes()

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture) < script.LARGEST
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (script.WIDTH, script.HEIGHT)


@pytest.mark.slow
def test_the_script_makes_the_report_of_the_sample(script: Any, tmp_path: Path) -> None:
    """It is the page that `export html` writes."""
    script.report(tmp_path / "report.html")

    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert complaints(page) == []
    assert "Submit a case report" in page
