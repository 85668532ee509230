"""Real programs read the tables of the CSV export: every row, every cell, and no formula."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mentorlog.export.csv_tables import TABLES
from mentorlog.models.record import Record
from trust import hostile
from trust.screens import written
from world import Ran, World

Run = Callable[..., Ran]
TEXTS = [
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "=introduced by Osler",
    "'tis so",
    "'=1+1",
    "+30 210",
    "-5",
    "@SUM(1)",
]
TEXTS += [
    'a "quoted", text',
    "First line\n\nThird; line",
    "Röntgen 日本 🩺",
    "\t=1",
    "007",
    "1e5",
    "03/01/2026",
    "NA",
    " =1",
    "a\u200d=1",
]
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@pytest.fixture
def folder(world: World, journal_root: Path) -> Path:
    """The tables of a journal whose every text is hostile, once as usual and once for Excel."""
    records = [one for number, text in enumerate(TEXTS) for one in hostile.records(text, number)]
    written(world.journal, [*records, hostile.profile(TEXTS[0])])
    for name, words in (("plain", ()), ("excel", ("--excel",))):
        assert world.invoke("export", "csv", "--all", "-o", name, "--for", "self", *words).exit == 0
    assert len([one for one in records if isinstance(one, Record)]) == 6 * len(TEXTS)
    return world.work / "plain"


def cells(path: Path) -> list[list[str]]:
    """The cells of a table as the standard library reads them, the header first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


@pytest.mark.parametrize("name", ["plain", "excel"])
@pytest.mark.skipif(not shutil.which("sqlite3"), reason="the program sqlite3 is not installed")
def test_sqlite_imports_every_table(name: str, folder: Path) -> None:
    """`.import --csv` makes the same columns and cells of each."""
    for table in TABLES:
        path = folder.with_name(name) / f"{table}.csv"
        script = f".import --csv {path} t\n.headers on\n.mode json\nSELECT * FROM t;\n"
        done = subprocess.run(["sqlite3"], input=script, capture_output=True, text=True, check=True, cwd=folder)

        found = json.loads(done.stdout or "[]")
        header, *rows = cells(path)
        assert done.stderr == ""
        assert [list(row) for row in found[:1]] == [header]
        assert [list(row.values()) for row in found] == rows


@pytest.mark.parametrize("name", ["plain", "excel"])
def test_pandas_reads_every_table(name: str, folder: Path) -> None:
    """`read_csv` makes the same columns and cells of each; without an option a number is one."""
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    for table in TABLES:
        path = folder.with_name(name) / f"{table}.csv"
        header, *rows = cells(path)
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)

        assert list(frame.columns) == header
        assert frame.to_numpy().tolist() == rows
    assert pandas.read_csv(folder / "progress.csv")["percent"].sum() == 4 * len(TEXTS)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_finds_no_formula(folder: Path) -> None:
    """In no table is a cell a formula or an error; words and lines are as they were written."""
    dialog = "--infilter=CSV:44,34,76"  # what its dialog offers: comma, double quotes, UTF-8
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", dialog, "--convert-to", "fods", "--outdir", folder]
    files = [folder / f"{table}.csv" for table in TABLES]
    subprocess.run([*command, *files], capture_output=True, check=True, timeout=120)

    shown = set[str]()
    for table in TABLES:
        tree = ElementTree.parse(folder / f"{table}.fods")
        found = list(tree.iter(f"{TABLE}table-cell"))
        assert [one.get(f"{TABLE}formula") for one in found if one.get(f"{TABLE}formula")] == [], table
        texts = {"\n".join("".join(p.itertext()) for p in one.iter(f"{TEXT}p")) for one in found}
        assert not [text for text in texts if text.startswith(("Err:", "#"))], table
        shown |= texts
    assert {
        "'=1+1",
        "'=introduced by Osler",
        "First line\n\nThird; line",
        "Röntgen 日本 🩺",
        'a "quoted", text',
    } <= shown
