"""`mentorlog export cv`, as it is typed: for whom, of what, and in which format."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from factories import make_goal, make_mentor, make_note
from mentorlog.models.cv import Cv
from world import Ran, World

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def records(keep: Callable[..., None], invoke: Run) -> None:
    """Wins at several visibilities, with and without a section, and a profile."""
    keep(
        make_mentor(name="William Osler, MD"),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(id="g7k3q", mentors=["osler"]),
        make_note(
            id="n2222", kind="win", text="Kept to myself", mentors=("osler",), visibility="program",
            cv=Cv(section="article", title="Shown", authors="Blackwell E, Osler W", state="published", start="2026"),
        ),
        make_note(
            id="n3333", kind="win", text="Kept to myself", mentors=("curie",), goal="g7k3q",
            cv=Cv(section="award", title="Private prize", start="2024-05"),
        ),
        make_note(
            id="n4444", kind="win", text="Kept to myself", mentors=("osler",), visibility="mentor",
            cv=Cv(section="presentation", title="For its mentor", start="2025", state="submitted"),
        ),
        make_note(id="n5555", kind="win", text="No section *yet*"),
        make_note(id="n6666", kind="win", text="No title's here", cv=Cv(section="award")),
        make_note(id="n7777", kind="reflection", text="Kept to myself", visibility="open"),
    )  # fmt: skip
    invoke("profile", "set", "name=Elizabeth Blackwell", "cv.1.section=education", "cv.1.title=Doctor", "cv.1.end=1849")


def test_a_cv_is_ones_own_document(invoke: Run) -> None:
    """All wins with a section are in it, and none of their texts; the others are named with what gives them a place."""
    ran = invoke("export", "cv")

    assert ran.exit == 0
    assert all(
        words in ran.out
        for words in ("1849: Doctor", "**Blackwell E**, Osler W. Shown", "Private prize", "For its mentor")
    )
    assert not any(words in ran.out for words in ("Kept to myself", "No section", "No title", "n2222", "n3333"))
    assert ran.err.splitlines() == [
        "1 win has no section; choose one of education, training, position, certification, award, membership, "
        "grant, research, article, chapter, abstract, presentation, teaching, supervision, quality, "
        "committee, service, media, skill:",
        "  No section *yet*: mentorlog set n5555 cv.section=abstract",
        "1 win has no title in the CV:",
        """  mentorlog set n6666 cv.title='No title'"'"'s here'""",
    ]


def test_the_named_commands_work(invoke: Run) -> None:
    """As they are printed, through a shell's rules; then nothing is left to name."""
    import shlex

    for line in invoke("export", "cv").err.splitlines():
        if found := re.search("mentorlog (set .*)", line):
            assert invoke(*shlex.split(found[1])).exit == 0
    assert invoke("set", "n5555", "cv.title=Now there").exit == 0
    ran = invoke("export", "cv")

    assert ran.err == "" and "Now there" in ran.out and "No title's here" in ran.out


@pytest.mark.parametrize(
    ("audience", "shown"),
    [
        ("self", {"Shown", "Private prize", "For its mentor"}),
        ("program", {"Shown"}),
        ("osler", {"Shown", "For its mentor"}),
        ("curie", set()),
    ],
)
@pytest.mark.parametrize("format", ["md", "json-resume", "bibtex"])
def test_visibility_is_enforced_for_others(invoke: Run, audience: str, shown: set[str], format: str) -> None:
    """In every format; who may see the profile sees its entries."""
    ran = invoke("export", "cv", "--for", audience, "--format", format)

    assert ran.exit == 0
    every = {"Shown", "Private prize", "For its mentor"}
    wanted = shown & {"Shown"} if format == "bibtex" else shown
    assert {words for words in every if words in ran.out} == wanted
    assert ("Doctor" in ran.out) == (format != "bibtex")


def test_a_record_is_added_this_once(invoke: Run) -> None:
    """--add sends one that the audience does not see."""
    assert "Private prize" in invoke("export", "cv", "--for", "program", "--add", "n3333").out


def test_a_part_is_chosen(invoke: Run) -> None:
    """By mentor, goal, and the dates of the entries; entries of the profile are of nobody."""
    with_osler = invoke("export", "cv", "--with", "osler").out
    assert "Shown" in with_osler and "For its mentor" in with_osler
    assert "Private prize" not in with_osler and "Doctor" not in with_osler
    assert "Private prize" in (goal := invoke("export", "cv", "-g", "g7k").out) and "Doctor" not in goal
    since = invoke("export", "cv", "--since", "2025-06-01", "--no-submitted").out
    assert "Shown" in since and not any(words in since for words in ("prize", "Doctor", "mentor"))
    assert "Doctor" in (until := invoke("export", "cv", "--until", "2024-12-31").out) and "Shown" not in until


def test_order_and_names_are_options(invoke: Run) -> None:
    """--oldest-first, --no-submitted, --me."""
    assert "in review" in invoke("export", "cv").out
    assert "in review" not in invoke("export", "cv", "--no-submitted").out
    assert "**Osler W**" in (named := invoke("export", "cv", "--me", "Osler W")).out and "**Blackwell" not in named.out
    assert "1 publication does not name Semmelweis I as an author" in invoke("export", "cv", "--me", "Semmelweis I").err
    invoke("win", "Later prize", "--section", "award", "--start", "2026")
    order = [re.findall("Later|Private", invoke("export", "cv", *options).out) for options in ((), ("--oldest-first",))]
    assert order == [["Later", "Private"], ["Private", "Later"]]


def test_a_cv_goes_to_a_private_file(invoke: Run, world: World) -> None:
    """The same journal gives the same bytes, on any day."""
    for format, name in (("md", "cv.md"), ("json-resume", "resume.json"), ("bibtex", "papers.bib")):
        path = world.work / name
        assert invoke("export", "cv", "--format", format, "-o", str(path)).out.startswith("Wrote ")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_text() == invoke("export", "cv", "--format", format, env={"MENTORLOG_NOW": "2031-01-01"}).out
    assert json.loads((world.work / "resume.json").read_text())["basics"]["name"] == "Elizabeth Blackwell"
    assert (world.work / "papers.bib").read_text().startswith("@article{n2222,")


def test_scripts_get_the_document_and_what_is_left_out(invoke: Run) -> None:
    """In one JSON document."""
    data = invoke("export", "cv", "--json").data

    assert data["cv"].startswith("# Elizabeth Blackwell\n")
    assert (data["record_count"], data["format"]) == (4, "md")
    assert (data["without_section"], data["without_title"]) == (["n5555"], ["n6666"])


def test_an_empty_cv_says_how_to_begin(invoke: Run) -> None:
    """There is a document all the same."""
    none = invoke("export", "cv", "--until", "1800-01-01")
    assert none.out == "# Elizabeth Blackwell\n\nNo entries yet.\n"
    assert none.err == 'The CV has no entries. Add one with: mentorlog win "Poster accepted" --section abstract\n'


def test_an_unreadable_record_stops_it(invoke: Run, journal_root: Path) -> None:
    """As every export: exit status 3, and nothing on stdout."""
    [path] = journal_root.glob("notes/n2222*")
    path.write_text(path.read_text().replace('section = "article"', 'section = "poster"'))
    ran = invoke("export", "cv")

    assert (ran.exit, ran.out) == (3, "")
    assert "Unknown section 'poster'" in ran.err


@pytest.mark.parametrize(
    ("words", "exit", "sentence"),
    [
        (("--format", "docx"), 1, "Unknown format 'docx'."),
        (("--for", "nobody"), 1, "No mentor matches 'nobody'."),
        (("--with", "nobody"), 1, "No mentor matches 'nobody'."),
        (("--since", "yesterdy"), 1, "'yesterdy' is not a date."),
    ],
)
def test_what_is_wrong_is_named(invoke: Run, words: tuple[str, ...], exit: int, sentence: str) -> None:
    """And nothing is printed."""
    ran = invoke("export", "cv", *words)

    assert (ran.exit, ran.out, sentence in ran.err) == (exit, "", True)


def test_a_preview_has_what_is_in_the_cv(invoke: Run) -> None:
    """Wins by their titles in it, without their texts, and not those without a place; nothing is written."""
    ran = invoke("export", "cv", "--preview", "--json")

    assert {(one["id"], one["title"]) for one in ran.data["included"]} == {
        ("profile", "Elizabeth Blackwell"), ("n2222", "Shown"), ("n3333", "Private prize"), ("n4444", "For its mentor"),
    }  # fmt: skip
    withheld = invoke("export", "cv", "--preview", "--json", "--for", "program").data["withheld"]
    assert {(one["id"], one["why"]) for one in withheld} == {
        ("n3333", "private"), ("n4444", "not_shown"), ("n5555", "private"), ("n6666", "private"),
    }  # fmt: skip
    assert "Kept to myself" not in invoke("export", "cv", "--preview").out
