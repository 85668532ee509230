"""The canary: a word in every text, and every export for each reader has exactly those that the reader may see.

Which fields a reader sees is in tests/data/audiences.txt, which fields a format prints in tests/data/printed.txt; which
records, here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date, datetime
from functools import cache, partial
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from canaries import ASKED, CURIE, ENDED, GHOST, LISTER, MENTEE, OSLER, SCOUTED, VIRCHOW, Canary, Journal
from mentorlog import vocabulary
from mentorlog.domain.audience import OTHERS, PROGRAM, SELF, Audience, Selection, select
from mentorlog.domain.packet.making import KINDS, SECTIONS
from mentorlog.domain.query import About
from mentorlog.export import csv_tables
from mentorlog.export.document import Document, Request
from mentorlog.export.formats import FORMATS, maker
from mentorlog.export.ics_components import CalendarOptions
from mentorlog.export.ics_memory import remembered
from mentorlog.models.record import view
from mentorlog.store.format.document import profile_view
from mentorlog.vocabulary import CALENDAR_TASKS, CV_FORMATS

DATA = Path(__file__).resolve().parent.parent / "data"
AUDIENCES = {
    "self": SELF,
    "others": OTHERS,
    "program": PROGRAM,
    **{id: Audience("mentor", id) for id in (OSLER, CURIE, VIRCHOW, LISTER, SCOUTED, ASKED, ENDED, MENTEE)},
}
JOURNAL = Journal()
VIEWS = {one.id: view(one) for one in JOURNAL.records}
PROFILE = profile_view(JOURNAL.profile)
NOW = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
WORD = re.compile(r"qz[a-z]{4}|qx(?:osler|curie|virchow|lister|scouted|asked|ended|mentee|ghost)")


# Which records a reader sees, as the manual says it


@cache
def goes(audience: str, id: str) -> bool:
    """Whether a record goes to an audience."""
    one = VIEWS[id]
    if audience == "self" or one["visibility"] == "private":
        return audience == "self"
    if audience == "others":
        return not (one["record"] == "goal" and one["whose"])
    return _to_program(one) if audience == "program" else _to_mentor(audience, one)


def _to_program(one: Mapping[str, Any]) -> bool:
    shown = one["visibility"] in ("program", "open")
    match one["record"]:
        case "mentor":
            return one["status"] not in ("candidate", "invited", "declined") and one["my_role"] != "mentor"
        case "meeting":
            return False
        case "task":
            return bool(shown and one["owner"] != MENTEE and one["goal"] and goes("program", one["goal"]))
        case "goal":
            return shown and not one["whose"]
    return shown


def _to_mentor(mentor: str, one: Mapping[str, Any]) -> bool:
    is_open = one["visibility"] == "open"
    match one["record"]:
        case "mentor":
            return bool(one["id"] == mentor)
        case "goal" if one["whose"]:
            return bool(one["whose"] == mentor)
        case "goal" | "meeting":
            return is_open or mentor in _people(one)
        case "review":
            return any(goes(mentor, verdict["goal"]) for verdict in one["verdicts"])
        case "task" if one["owner"] == MENTEE != mentor:
            return False
        case "task":
            of_both = one["owner"] == mentor or (one["owner"] == "me" and mentor in (one["assigned_by"], one["helps"]))
            return is_open or of_both or (one["owner"] == "me" and _in_theirs(mentor, one))
    told = {entry["mentor"] for entry in one["told"]}
    of_them = mentor in {*one["mentors"], *told} or (not one["mentors"] and _in_theirs(mentor, one))
    return is_open or (of_them and one["kind"] in vocabulary.SHARED_NOTES)


def _people(one: Mapping[str, Any]) -> set[str]:
    if one["record"] == "meeting":
        return set(one["mentors"])
    return {share["mentor"] for share in one["mentors"]} | {one["asked_by"], one["whose"]}


def _in_theirs(mentor: str, one: Mapping[str, Any]) -> bool:
    """Whether the goal or meeting of a record names a mentor, and is not private."""
    linked = (VIEWS[id] for id in (one["goal"], one["meeting"]) if id)
    return any(
        mentor in _people(it) and it["visibility"] != "private" for it in linked if it.get("whose") in (None, mentor)
    )


def may_name(audience: str, mentor: str) -> bool:
    """Whether a mentor may be named: those who go, and for a mentor those with whom they share something."""
    if mentor == GHOST:
        return audience in ("self", "others")
    if goes(audience, mentor) or audience == mentor:
        return True
    if audience in ("self", "others", "program") or VIEWS[mentor]["visibility"] == "private":
        return False
    shared = (one for one in VIEWS.values() if one["record"] in ("goal", "meeting") and one["visibility"] != "private")
    return any({audience, mentor} <= _people(one) for one in shared if one.get("whose") in (None, audience))


# Which fields a reader sees: the reviewed table


def table() -> Mapping[str, Mapping[str, str]]:
    """The table: by path of a field the word for each column."""
    lines = (line.split() for line in (DATA / "audiences.txt").read_text(encoding="utf-8").splitlines())
    rows = [line for line in lines if line and line[0] != "#"]
    return {path: dict(zip(("mentor", "program", "others"), words, strict=True)) for path, *words in rows}


TABLE = table()
HISTORY = {"mentor": ("by", "measure", "title"), "program": ("by",)}


def may_see(audience: str, canary: Canary) -> bool:
    """Whether an audience may see a canary."""
    path, entry = canary.path, canary.entry
    if audience == "self":
        return True
    if path in ("mentor.name", "mentor.id"):
        return may_name(audience, canary.record)
    if canary.record in VIEWS and not goes(audience, canary.record):
        return False
    about = entry.get("task") if path.startswith("review.tasks") else entry.get("goal")
    if about and path.startswith(("meeting.agenda", "review.")) and not goes(audience, about):
        return False
    column = audience if audience in ("others", "program") else "mentor"
    return _in_table(path, column, entry) and (column == "others" or _of_part(path, column, entry))


def _in_table(path: str, column: str, entry: Mapping[str, Any]) -> bool:
    part, _, name = path.rpartition(".")
    if name == "extra":  # keys that mentorlog does not know
        rows = [row for field, row in TABLE.items() if field.startswith(f"{part}.")]
        return column == "others" and any(row[column] != "no" for row in rows)
    word = (TABLE.get(path) or TABLE[part])[column]
    field, _, values = word.removeprefix("unless:").partition("=")
    return word == "yes" or (word.startswith("unless:") and entry.get(field) not in values.split("|"))


def _of_part(path: str, column: str, entry: Mapping[str, Any]) -> bool:
    """Whether a mentor or the program sees this entry of a list, or this line of the notes."""
    if path.startswith("goal.history."):
        return entry["field"] in HISTORY[column]
    if path == "task.outcome":
        return entry.get("status") != "dropped"  # it is the reason
    return path not in ("review.verdicts.changes.notes", "meeting.notes.reason")


@cache
def allowed(audience: str) -> Set[str]:
    """The canaries that an audience may see."""
    return {canary.word for canary in JOURNAL.canaries if may_see(audience, canary)}


# What is in the documents


def request(audience: str) -> Request:
    """The request for everything that goes to an audience."""
    return Request(date(2026, 11, 23), NOW, audience=AUDIENCES[audience])


@cache
def selection(audience: str) -> Selection:
    """What goes to an audience."""
    return select(PROFILE, list(VIEWS.values()), AUDIENCES[audience])


def _plain(document: Document) -> str:
    """The text of a document and the names of its files, as a reader has it: unfolded and unescaped."""
    return unescape("\n".join([document.text, *document.files])).replace("\r\n ", "").replace("\n ", "\n")


def words(format: str, chosen: Selection, asked: Request) -> set[str]:
    """The canaries in the document of a format, with all of its options."""
    found = set[str]()
    for options in OPTIONS.get(format, [{}]):
        document = maker(format)(chosen, asked, **options)
        found |= set(WORD.findall(_plain(document).lower()))
    return found


@cache
def printed(format: str, audience: str) -> Set[str]:
    """The canaries in the document of a format for an audience."""
    return words(format, selection(audience), request(audience))


OPTIONS: Mapping[str, list[dict[str, Any]]] = {
    "csv": [{}, *({"table": table} for table in csv_tables.TABLES)],
    "cv": [{"layout": layout} for layout in CV_FORMATS],
    "html": [{}, {"since": date(2026, 1, 1)}],
    "ics": [{"options": CalendarOptions("journal", tasks=tasks)} for tasks in CALENDAR_TASKS],
    "pack": [{"kind": kind, "layout": layout, "also": tuple(SECTIONS)} for kind in KINDS for layout in ("md", "html")],
}
"""The options of formats with which they print the most; every other has none."""


def _named(words: Iterable[str]) -> list[str]:
    """Where canaries are from, for the message of a test."""
    wrong = [one for one in JOURNAL.canaries if one.word in words]
    return sorted({f"{one.path} of {one.record} in {dict(one.entry)}" for one in wrong})[:20]


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("format", FORMATS)
def test_no_format_has_a_word_that_its_reader_may_not_see(format: str, audience: str) -> None:
    """Not in texts, file names or data, nor through agendas, parents, histories, reviews or notes of meetings."""
    found = printed(format, audience)

    assert _named(found - allowed(audience)) == []
    assert found, "the export is not empty"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_selection_has_every_word_that_its_reader_may_see(audience: str) -> None:
    """And no other; but links to private records stay for nobody in particular, so that they can be called private."""
    chosen = selection(audience)
    found = set(WORD.findall(str([chosen.profile, chosen.views, chosen.counted, chosen.names])))
    links = {VIRCHOW} if audience == "others" else set()

    assert _named(found - allowed(audience) - links) == []
    assert _named(allowed(audience) - found) == []


@pytest.mark.parametrize("audience", ["others", "program", OSLER])
@pytest.mark.parametrize("format", FORMATS)
def test_what_is_asked_for_is_not_named_if_it_is_withheld(format: str, audience: str) -> None:
    """A private goal and a private mentor of `--goal` and `--with` are nowhere in the document."""
    hidden = [one.id for one in JOURNAL.of("goal") if one.visibility == "private"]
    for about in (About(goal=hidden[0]), About(mentors=(VIRCHOW, SCOUTED)), About(goal=hidden[1], mentors=(OSLER,))):
        chosen = select(PROFILE, list(VIEWS.values()), AUDIENCES[audience], about)
        asked = request(audience)._replace(about=about)

        assert _named(words(format, chosen, asked) - allowed(audience)) == []


@pytest.mark.parametrize("audience", ["program", OSLER, CURIE])
@pytest.mark.parametrize("format", FORMATS)
def test_a_record_that_is_added_brings_nothing_along(format: str, audience: str) -> None:
    """Its own words go once, by the table; none of the private goal, meeting and mentor that it names."""
    added = next(one for one in JOURNAL.of("note") if one.visibility == "private" and VIRCHOW in one.mentors)
    chosen = select(PROFILE, list(VIEWS.values()), AUDIENCES[audience], added=[added.id])
    column = audience if audience == "program" else "mentor"
    own = {one.word for one in JOURNAL.canaries if one.record == added.id and _in_table(one.path, column, one.entry)}

    assert _named(words(format, chosen, request(audience)) - allowed(audience) - own) == []


@pytest.mark.parametrize("audience", ["others", "program", OSLER])
def test_a_calendar_forgets_what_its_new_reader_may_not_see(audience: str) -> None:
    """A file that was written for oneself and then for somebody else has only words for them, on all days."""
    for tasks, since in product(CALENDAR_TASKS, (None, "2026-11-20")):
        options = CalendarOptions("journal", tasks=tasks, since=since)
        mine = maker("ics")(selection("self"), request("self"), options=CalendarOptions("journal", tasks=tasks))
        memory = remembered(mine.text.encode(), options.prefix)
        theirs = maker("ics")(selection(audience), request(audience), options=options, memory=memory)

        assert memory.is_ours and memory.components
        assert _named(set(WORD.findall(_plain(theirs).lower())) - allowed(audience)) == []


# What each format prints: the reviewed table


def _cell(found: Callable[[str], Set[str]], path: str) -> str:
    """A letter for each audience whose document has the words of a field, a small one if it has only some of them."""
    cell = ""
    for letter, audience in zip("SOMP", ("self", "others", OSLER, "program"), strict=True):
        may = {one.word for one in JOURNAL.canaries if one.path == path} & allowed(audience)
        has = may & found(audience)
        cell += "-" if not has else letter if has == may else letter.lower()
    return cell


def _printed_table() -> str:
    top = "# Whose documents have the text of a field: Self, Others, a Mentor, the Program; small letters: a part.\n"
    rows = [["field", "may", *FORMATS]]
    for path in dict.fromkeys(one.path for one in JOURNAL.canaries):
        rows.append([path, _cell(allowed, path), *(_cell(partial(printed, format), path) for format in FORMATS)])
    return top + "".join(f"{row[0]:<36}{'  '.join(f'{cell:<8}' for cell in row[1:]).rstrip()}\n" for row in rows)


def test_every_format_prints_what_was_reviewed(request: pytest.FixtureRequest) -> None:
    """A field that a format begins or ceases to print is seen: `pytest --update-transcripts` rewrites printed.txt."""
    file, now = DATA / "printed.txt", _printed_table()
    if request.config.getoption("update_transcripts"):
        file.write_text(now, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == now, "read the difference, then pytest --update-transcripts"
