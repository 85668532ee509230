"""The generated part of the manual: it is up to date, complete, and its examples are real."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from doc_scripts import DOCS, doc_script
from mentorlog import errors
from mentorlog.domain import computed
from mentorlog.models import fields
from mentorlog.models.record import Record
from mentorlog.store import layout
from mentorlog.store.format import document, toml
from world import World

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = DOCS / "reference"


@pytest.fixture(scope="module")
def generate() -> Any:
    """The generator, docs/generate.py."""
    return doc_script("generate")


EXAMPLES = sorted(path for path in (REFERENCE / "examples").rglob("*.toml") if path.name != layout.JOURNAL)


# Generated pages


def test_the_generated_pages_are_up_to_date(generate: Any, request: pytest.FixtureRequest) -> None:
    """The pages say what the program says; `python docs/generate.py` or `pytest --update-transcripts` writes them."""
    if request.config.getoption("update_transcripts"):
        generate.write()
    pages = generate.pages()
    stale = [path for path, text in pages.items() if _text(DOCS / path) != text]
    folders = {(DOCS / path).parent for path in pages} - {REFERENCE}
    left = [path for folder in folders for path in folder.iterdir() if path.relative_to(DOCS).as_posix() not in pages]

    assert stale == [], "run: python docs/generate.py"
    assert left == [], "delete them"


def test_who_sees_each_field_was_reviewed(generate: Any, request: pytest.FixtureRequest) -> None:
    """A new field has its line in tests/data/audiences.txt: `pytest --update-transcripts` writes it, people read it."""
    file, now = ROOT / "tests" / "data" / "audiences.txt", generate.audience_table()
    if request.config.getoption("update_transcripts"):
        file.write_text(now, encoding="utf-8")

    assert _text(file) == now, "decide who may see it (`to` and `private` in models/), then pytest --update-transcripts"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_every_field_has_its_sentence(generate: Any) -> None:
    """fields.toml has exactly the fields that are declared, each with a sentence; entries say what they are."""
    shared = set(fields.spec(Record))
    declared = {"record": shared}
    for kind in generate.KINDS:
        for name, part in generate.tables(kind).items():
            own = set(fields.spec(part)) - (shared if name == kind else set())
            declared[name] = {"about", *own}
    said = generate.meanings()
    del said["set_by"]

    assert {name: set(sentences) for name, sentences in said.items()} == declared
    for name, sentences in said.items():
        for field, sentence in sentences.items():
            is_entry = field == "about" and "." in name
            assert sentence.endswith(".") != is_entry, f"{name}.{field}"


def test_the_commands_that_set_a_field_are_there(generate: Any) -> None:
    """fields.toml names fields, commands and options that exist."""
    wrong = []
    for field, commands in generate.meanings()["set_by"].items():
        kind, name = field.split(".")
        wrong += [] if name in fields.spec(fields.class_of(kind)) else [field]
        for words in commands:
            command, _, option = words.partition(" --")
            known = generate.commands().get(command)
            rows = [row[0] for _, rows in known.own_sections() for row in rows] if known else []
            if known is None or (option and not any(f"--{option}" in row.split() for row in rows)):
                wrong.append(words)

    assert wrong == []


# Examples


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_a_valid_file(path: Path) -> None:
    """Each example passes the gate, and is what mentorlog itself would write."""
    data = path.read_bytes()
    part = document.checked(path.relative_to(REFERENCE / "examples").as_posix(), data)

    assert toml.dump(part) == data
    if isinstance(part, Record):
        assert toml.path_of(part) == path.relative_to(REFERENCE / "examples").as_posix()


def test_the_examples_are_one_journal(world: World) -> None:
    """Doctor finds nothing in them: every id that one names is there."""
    shutil.copytree(REFERENCE / "examples", world.journal)
    for path in (world.journal, *world.journal.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    world.invoke("--journal", str(world.journal), "status")
    ran = world.invoke("--journal", str(world.journal), "doctor", "--json")

    assert (ran.exit, ran.data["findings"]) == (0, [])
    assert {path.parent.name for path in EXAMPLES} == {*layout.FOLDERS.values(), "examples"}


# Pages written by hand


def test_every_exit_status_is_explained() -> None:
    """The table has the statuses of all failures, success, and what is due."""
    kinds = [errors.MentorlogError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    table = re.findall(r"^\| (\d+) \|", _text(REFERENCE / "exit-status.md"), re.MULTILINE)

    assert [int(status) for status in table] == sorted({kind.exit_code for kind in kinds} | {0, 10})


def test_the_configuration_is_whole() -> None:
    """Every variable that the source reads, and every file in a journal, is on the page."""
    page = _text(REFERENCE / "configuration.md")
    source = "\n".join(_text(path) for path in (ROOT / "src").rglob("*.py"))
    variables = set(re.findall(r'"((?:MENTORLOG|XDG)_[A-Z_]+)"', source)) | {"VISUAL", "EDITOR", "NO_COLOR"}
    names = [layout.JOURNAL, layout.PROFILE, *(f"{folder}/" for folder in layout.FOLDERS.values())]
    names += [layout.OPERATIONS, layout.DRAFTS, layout.CONFLICTS, layout.PENDING, layout.LOCK, layout.INDEX]

    assert [name for name in (*sorted(variables), *names) if f"`{name}" not in page] == []


def test_every_computed_field_is_explained() -> None:
    """The page about JSON has a row for each field that is computed."""
    page = _text(REFERENCE / "json.md")
    table = page[page.index("## Computed fields") : page.index("## What commands add")]

    assert [name for names in computed.FIELDS.values() for name in names if f"`{name}`" not in table] == []


def test_the_files_that_internals_name_are_there() -> None:
    """Every path below src, tests and benchmarks that a page names exists."""
    for page in (DOCS / "internals").glob("*.md"):
        named = re.findall(r"`(?:pytest )?((?:src|tests|benchmarks)/[\w./]+)", _text(page))
        assert [name for name in named if not (ROOT / name).exists()] == [], page.name


# The man page


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_man_page_is_good_roff() -> None:
    """groff sets it without a warning."""
    page = DOCS / "man" / "mentorlog.1"
    done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-Kutf8", str(page)], capture_output=True, check=True)

    assert done.stderr == b""
    assert "NAME" in done.stdout.decode()
