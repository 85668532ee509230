"""Item 11, texts: nothing in a record acts on a terminal, hides on a pipe, becomes markup, or changes on its way."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from factories import make_goal, make_mentor, make_task
from figures import Counted
from mentorlog.models.profile import Profile
from mentorlog.models.record import Record, view
from terminal import Terminal
from trust import hostile
from trust.hostile import one_line, raw
from trust.screens import on_terminal, written
from world import World

TEXTS = list(hostile.payloads())
CHUNK = 87
CHUNKS = [TEXTS[start::12] for start in range(12)]
FEW = TEXTS[::71]
NUMBERS = [pytest.param(at, marks=[pytest.mark.exhaustive] if at % 6 else []) for at in range(len(CHUNKS))]
"""Every sixth text; the others are exhaustive."""
WHAT = "11 nothing escapes"
PROGRESS = re.compile(r"\r\x1b\[K(?:[A-Z][a-z]+ [0-9,]+ files \[#* *\] [0-9]+%)?")
"""The bar of a command that takes long, on a slow machine also with few files."""

LISTS = [
    (),
    ("due", "--within", "30d"),
    ("goal", "list", "--all"),
    ("task", "list", "--all"),
    ("task", "owed"),
    ("waiting",),
    ("meeting", "list"),
    ("note", "list"),
    ("mentor", "list", "--all"),
    ("mentor", "lineage"),
    ("review", "list"),
    ("review", "due"),
    ("search", "X"),
    ("search", "Osler"),
    ("timeline",),
    ("history", "--all"),
    ("profile", "show"),
    ("paths",),
    ("doctor",),
]


def complaints(world: World, *argv: str, terminal: bool) -> list[str]:
    """Run a command that must not fail; return what is raw in its outputs, or that it failed."""
    ran = on_terminal(world, *argv) if terminal else world.invoke(*argv)
    found = raw(ran.out + PROGRESS.sub("", ran.err), terminal=terminal)
    wrong = [f"{argv} shows raw {', '.join(found)}"] if found else []
    if ran.exit not in (0, 3) or "Traceback" in ran.err:
        wrong.append(f"{argv}: exit {ran.exit}, {ran.err[-300:]!r}")
    return wrong


def journal_of(world: World, texts: list[str]) -> list[Record | Profile]:
    """Write a journal whose records say these texts in every field."""
    made = [record for number, text in enumerate(texts) for record in hostile.records(text, number)]
    made.append(hostile.profile(texts[0]))
    written(world.journal, made)
    return made


def shows(made: list[Record | Profile]) -> Iterator[tuple[str, ...]]:
    """Yield the commands that show each record."""
    for record in made:
        if isinstance(record, Record):
            yield "show", record.id
            if record.KIND == "mentor":
                yield "meeting", "prep", record.id


def judged(world: World, made: list[Record | Profile]) -> tuple[int, list[str]]:
    """Run every screen on a terminal and on a pipe; return how many, and what was wrong."""
    cases, wrong = 0, []
    for argv in [*LISTS, *shows(made)]:
        for terminal in (True, False):
            cases += 1
            wrong += complaints(world, *argv, terminal=terminal)
    for kind in ("goal", "task", "meeting", "note", "mentor", "review"):
        cases += 1
        wrong += same_json(world, kind, made)
    for words in ((), ("--include-private",)):
        cases += 2
        wrong += complaints(world, "export", "markdown", *words, terminal=True)
        wrong += markdown(world, *words)
    return cases, wrong


def same_json(world: World, kind: str, made: list[Record | Profile]) -> list[str]:
    """JSON holds no raw character, and every text as it was given."""
    more = () if kind in ("meeting", "note", "review") else ("--all",)
    ran = world.invoke(kind, "list", *more, "--json")
    wrong = [f"{kind} list --json shows raw {raw(ran.out)}"] if raw(ran.out) else []
    told = {data["id"]: data for data in ran.data}
    for record in made:
        if isinstance(record, Record) and kind == record.KIND:
            shown = told.get(record.id, {})
            wrong += [f"{record.id}.{key} differs" for key, value in view(record).items() if shown.get(key) != value]
    return wrong


# What Markdown is made of it.

_ADDRESS = re.compile(r"https?://|(?![\w+.-]+:)")


def markdown(world: World, *words: str) -> list[str]:
    """No HTML, no picture, no address but of the web, no heading of the first two levels that is not ours."""
    ran = world.invoke("export", "markdown", *words)
    if ran.exit != 0:
        return [f"export markdown: exit {ran.exit}, {ran.err!r}"]
    shown = raw(ran.out.replace("\u00ad", ""))  # who shows a document decides about its soft hyphens
    wrong = [f"export markdown shows raw {shown}"] if shown else []
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # not every reader is as careful
    tokens = parser.parse(ran.out)
    tops = 0
    for token in _all(tokens):
        if token.type in ("html_block", "html_inline", "image"):
            wrong.append(f"{token.type} in the Markdown: {token.content[:60]!r}")
        if token.type == "link_open" and not _ADDRESS.match(str(token.attrs["href"])):
            wrong.append(f"a link in the Markdown leads to {str(token.attrs['href'])[:60]!r}")
        tops += token.type == "heading_open" and token.tag == "h1"
    ours = ["About", "me", "Mentors", "Goals", "Other", "tasks", "Meetings", "Reviews", "Notes"]
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2" and tokens[number + 1].content.split()[0] not in ours:
            wrong.append(f"a heading that is not ours: {tokens[number + 1].content[:60]!r}")
    return wrong + ([f"{tops} titles"] if tops != 1 else [])


def _all(tokens: Any) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())


@pytest.mark.slow
def test_nothing_escapes_from_a_few(world: World, counted: Counted) -> None:
    """Twenty hostile texts in every field: every screen, on a terminal, a pipe, in JSON and Markdown."""
    start = time.perf_counter()
    cases, wrong = judged(world, journal_of(world, FEW))
    counted(WHAT, cases, len(wrong), time.perf_counter() - start)

    assert not wrong, "\n".join(wrong[:20])


def test_the_judge_sees_what_escapes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a sanitiser that lets everything through the same screens are full of violations: the test is one."""
    made = journal_of(world, FEW[:6])
    monkeypatch.setattr("mentorlog.output.text._LINE", {})
    monkeypatch.setattr("mentorlog.output.text._BLOCK", {})
    monkeypatch.setattr("mentorlog.output.output._but_styles", str)

    for terminal in (True, False):
        wrong = [
            one for argv in [("goal", "list"), *shows(made)] for one in complaints(world, *argv, terminal=terminal)
        ]
        assert len(wrong) > 10


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
def test_nothing_escapes(number: int, world: World, counted: Counted) -> None:
    """A thousand hostile texts in every field: every screen, on a terminal, a pipe, in JSON and Markdown."""
    start = time.perf_counter()
    cases, wrong = judged(world, journal_of(world, CHUNKS[number]))
    counted(WHAT, cases, len(wrong), time.perf_counter() - start)

    assert len(TEXTS) >= 1000
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:20])


# What is typed: kept as it is, and shown safely in what is said of it.


def same(path: Path, *keys: str) -> str:
    """Return a text from a record's file."""
    value: Any = tomllib.loads(path.read_bytes().decode())
    for key in keys:
        value = value[key]
    return str(value)


def only(root: Path, folder: str, before: set[Path]) -> Path:
    """Return the file that is new in a folder."""
    (path,) = set((root / folder).iterdir()) - before
    return path


def typed(world: World, text: str) -> list[str]:
    """Type a text as prose and as a title: it is stored as it is, and what is said of it is safe."""
    root, wrong = world.journal, []
    prose = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")  # a first mark is of the bytes
    seen = {path for folder in ("notes", "goals") for path in (root / folder).glob("*")}
    ran = world.invoke("note", "add", "-", "--kind", "advice", stdin=text)
    if not prose.strip():
        return [] if ran.exit == 1 else [f"an empty note: exit {ran.exit}"]
    if ran.exit or same(only(root, "notes", seen), "text") != prose:
        wrong.append(f"note add: exit {ran.exit}, {ran.err!r}, or another text")
    title = one_line(text).replace("\x00", "")
    added = on_terminal(world, "goal", "add", "--why", text.replace("\x00", ""), "--", title)
    if added.exit:
        return [*wrong, f"goal add: exit {added.exit}, {added.err!r}"]
    path = only(root, "goals", seen)
    if added.exit or same(path, "title") != title:
        wrong.append(f"goal add: exit {added.exit}, {added.err!r}, or another title")
    if not re.fullmatch(r"g[0-9a-z]{4}(-[0-9a-z-]+)?\.toml", path.name):
        wrong.append(f"the file is called {path.name!r}")
    for said, terminal in ((ran.out + ran.err, False), (added.out + added.err, True)):
        wrong += [f"said raw {raw(said, terminal=terminal)}"] if raw(said, terminal=terminal) else []
    return [f"{ascii(text)[:60]}: {one}" for one in wrong]


def type_all(world: World, texts: list[str], counted: Counted) -> None:
    start = time.perf_counter()
    wrong = [one for text in texts for one in typed(world, text)]
    counted(WHAT, 2 * len(texts), len(wrong), time.perf_counter() - start)

    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:20])


def test_a_few_are_kept_as_typed(world: World, journal_root: Path, counted: Counted) -> None:
    """What is typed is stored as it is; titles lose nothing, file names are plain."""
    type_all(world, FEW, counted)


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
def test_all_are_kept_as_typed(number: int, world: World, journal_root: Path, counted: Counted) -> None:
    """A thousand texts, as prose and as titles."""
    type_all(world, CHUNKS[number], counted)


def test_a_title_of_several_lines_is_refused(world: World, journal_root: Path) -> None:
    """A title refuses what breaks a line, and says so without repeating it."""
    for text in ("a\nb", "a\x85b", "a\u2028b", "a\x0bb", "a\rb"):
        ran = world.invoke("goal", "add", text)
        assert (ran.exit, raw(ran.err)) == (1, []), ascii(text)


# Errors, help, completion: whatever words are given


WORDS = [text.replace("\x00", "") for text in FEW] + ["../x", "-rf", "--", "", " ", "a\nb", "~", "*", "x" * 5000, "/"]
GIVEN = [
    ("show", "WORD"),
    ("show", "--", "WORD"),
    ("goal", "tell", "WORD", "WORD"),
    ("goal", "add", "X", "--by=WORD"),
    ("goal", "add", "X", "--with=WORD"),
    ("goal", "add", "X", "--horizon=WORD"),
    ("goal", "list", "--status=WORD"),
    ("goal", "list", "--tag=WORD"),
    ("note", "add", "X", "--kind=WORD"),
    ("set", "profile", "WORD"),
    ("set", "profile", "WORD=WORD"),
    ("set", "profile", "stage=WORD"),
    ("profile", "assess", "WORD", "WORD"),
    ("search", "WORD"),
    ("search", "X", "--in=WORD"),
    ("timeline", "--since=WORD"),
    ("undo", "WORD"),
    ("history", "--", "WORD"),
    ("forget", "--yes", "--", "WORD"),
    ("delete", "--yes", "--", "WORD"),
    ("edit", "--", "WORD"),
    ("review", "--answers=WORD"),
    ("import", "json", "--", "WORD"),
    ("mentor", "add", "--id=WORD", "X"),
    ("meeting", "plan", "--on=WORD", "--", "WORD"),
    ("WORD",),
    ("goal", "WORD"),
    ("--WORD",),
    ("goal", "list", "--WORD=WORD"),
    ("WORD", "--help"),
    ("--journal=WORD", "status"),
]


@pytest.mark.slow
def test_words_that_are_wrong_are_repeated_safely(world: World, journal_root: Path, counted: Counted) -> None:
    """An error repeats hostile words escaped; it is a sentence and a status, never a crash; nothing is made of them."""
    start, cases, wrong = time.perf_counter(), 0, []
    before = sorted(path for path in world.root.rglob("*") if ".mentorlog" not in path.parts)
    for number, word in enumerate(WORDS):
        for argv in GIVEN[number % 3 :: 3] if number < len(FEW) else GIVEN:
            cases += 1
            words = [part.replace("WORD", word) for part in argv]
            ran = on_terminal(world, *words) if cases % 2 else world.invoke(*words)
            found = raw(ran.out + ran.err, terminal=bool(cases % 2))
            if found or ran.exit not in (0, 1, 2, 3, 5) or "Traceback" in ran.err:
                wrong.append(f"{argv} with {ascii(word)[:40]}: exit {ran.exit}, raw {found}, {ran.err[-200:]!r}")
    counted(WHAT, cases, len(wrong), time.perf_counter() - start)
    made = {path.relative_to(world.root).parts[0] for path in set(world.root.rglob("*")) - set(before)}

    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:20])
    assert made <= {"journal", "home"}, made


def test_completion_shows_no_raw_text(world: World) -> None:
    """What a shell is given of hostile titles holds no control character, and nothing that it would act on."""
    made = [one for one in journal_of(world, FEW) if isinstance(one, Record)]
    wrong = []
    for shell in ("bash", "zsh", "fish"):
        for line in ("mentorlog show g", "mentorlog show ", "mentorlog goal tell g2 ", "mentorlog show \x1b[2J\u202e"):
            ran = world.invoke(line, env={"_MENTORLOG_COMPLETE": shell})
            found = raw(ran.out.replace("\t", ""))
            inserted = "".join(word.replace("\t", "  ").partition("  ")[0] for word in ran.out.splitlines())
            if found or ran.err or ran.exit or set("$`\"'\\;&|<>(){}*?[]!~#") & set(inserted):
                wrong.append(f"{shell} {line!r}: {found} {ran.err!r} {ran.exit}")
    assert len(made) == 6 * len(FEW)
    assert not wrong, "\n".join(wrong)


def test_several_and_unknown_are_said_safely(world: World) -> None:
    """An error that lists candidates, or a record that cannot be read, shows hostile titles and paths escaped."""
    written(world.journal, [record for number, text in enumerate(FEW) for record in hostile.records(text, number)])
    for number, text in enumerate(FEW[:8]):
        name = "g9" + "".join(sign for sign in text if sign not in "/\0")[:60] + f"{number}.toml"
        (world.journal / "goals" / name).write_bytes(b"\xff")
    for argv in (("show", "g2"), ("goal", "list"), ("doctor",), ("goal", "list", "--json"), ("export", "json")):
        for terminal in (True, False):
            ran = on_terminal(world, *argv) if terminal else world.invoke(*argv)
            assert raw(ran.out + ran.err, terminal=terminal) == [], argv
            assert ran.exit in (0, 1, 3), ran


# Questions, on a real terminal


@pytest.mark.slow
def test_questions_about_hostile_records_are_safe(
    world: World, terminal: Callable[..., Terminal], counted: Counted
) -> None:
    """What is asked on a real terminal about hostile goals, tasks and mentors acts on it as little as all else."""
    texts = [one_line(text) for text in FEW if len(text) < 200]
    goals = [make_goal(title=text, why=text) for text in texts[:6]]
    others = [make_mentor(name=texts[6], every=7), make_task(title=texts[7], due=date(2026, 11, 1))]
    written(world.journal, [*goals, *others])
    wrong, everything = [], ""
    for words in (("review",), ("review", "--quick"), ("delete", goals[0].id), ("forget", goals[1].id), ("ask", "osl")):
        asked = terminal(*words, columns=60)
        for _ in range(60):
            if not asked.alive:
                break
            asked.press("enter")
            asked.rest()
        asked.close()
        said = asked.raw.decode("utf-8", "replace").replace("\r", "")
        wrong += [f"{words} shows raw {raw(said, terminal=True)}"] if raw(said, terminal=True) else []
        assert len(said) > 50, words
        everything += said
    assert "\\x1b" in everything
    counted(WHAT, 5, len(wrong), 0)

    assert not wrong, "\n".join(wrong)
