"""The tables of the CSV export: columns, rows, cells, and what they tell of records that stay."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given

from factories import (
    TODAY,
    make_goal,
    make_meeting,
    make_mentor,
    make_note,
    make_profile,
    make_review,
    make_task,
)
from mentorlog.domain.audience import OTHERS, PROGRAM, SELF, Audience, Selection, select
from mentorlog.domain.query import About
from mentorlog.export import csv as csv_export
from mentorlog.export.csv_guard import unguarded
from mentorlog.export.csv_tables import TABLES
from mentorlog.export.document import Document, Request
from mentorlog.models.goal import HistoryEntry, Progress, Share
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.profile import Assessment, Profile
from mentorlog.models.record import Record, as_data, json_ready, view
from mentorlog.models.review import Facts, Verdict
from mentorlog.models.task import Defer, Round
from output.payloads import ANY_TEXT, PAYLOADS, acts
from trust import hostile

Rows = list[dict[str, str]]

# The columns as scripts and spreadsheets know them: more may follow, none moves.
COLUMNS = {
    "mentors": "id name status roles domains email phone department institution program proximity my_role formality "
    "model origin met_via introduced_by started term_ends every_days longest_days last_held meetings_held purpose tags "
    "visibility created notes",
    "goals": "id title status by domain competency horizon priority mentors percent last_evidence parent closed_on why "
    "measure baseline tags visibility created notes target unit count",
    "tasks": "id title status owner assigned_by due done_on priority goal meeting helps deliverable rounds defers "
    "instructions outcome tags visibility created notes",
    "meetings": "id on at status mentors kind mode minutes cancelled_by goals agenda decisions tags visibility created "
    "notes",
    "notes": "id on kind status mentors goal meeting told closed_on text outcome tags visibility created",
    "reviews": "id on kind scope period_start period_end meetings_held meetings_cancelled_by_me "
    "meetings_cancelled_by_them meetings_missed tasks_done tasks_late tasks_open promises_kept promises_open worked "
    "did_not changed unlearned next_on visibility created notes",
    "progress": "goal on percent text count",
    "changes": "record field on old new reason",
    "verdicts": "review goal verdict reason",
    "ratings": "on area rating comment",
    "conflicts": "record field shown other",
}
REQUEST = Request(TODAY, datetime.fromisoformat("2026-11-23T09:00:00+00:00"))


def selection(*records: Record, audience: Audience = SELF, about: About | None = None, **profile: Any) -> Selection:
    """What goes to an audience of these records."""
    owner = {"record": "profile", "id": "profile", **json_ready(as_data(make_profile(**profile)))}
    return select(owner, [view(one) for one in records], audience, about or About())


def made(chosen: Selection, table: str | None = None, **options: Any) -> Document:
    """The document of a table, or of all."""
    return csv_export.make(chosen, REQUEST, table=table, **options)


def read(text: str, delimiter: str = ",") -> Rows:
    """The rows of a table as the standard library reads them."""
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def rows(table: str, *records: Record, **more: Any) -> Rows:
    """The rows of a table of these records."""
    return read(made(selection(*records, **more), table).text)


# Columns and cells


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_are_fixed(table: str) -> None:
    """Each table has a header even without records, with the columns in their order."""
    assert made(selection(), table).text == COLUMNS[table].replace(" ", ",") + "\r\n"


def test_a_goal() -> None:
    """Mentors are ids, the percentage is the last, the evidence the newest of any kind; no value is an empty cell."""
    goal = make_goal(
        id="g7k3q", title="Submit case report", by=date(2026, 12, 20), mentors=["osler", "curie"],
        tags=("paper", "ward"),
        progress=(Progress(on=date(2026, 10, 1), percent=40), Progress(on=date(2026, 11, 1), percent=70)),
    )  # fmt: skip
    met = make_meeting(on=date(2026, 11, 20), agenda=(AgendaItem(text="Figures", goal="g7k3q"),))
    (row,) = rows("goals", goal, met, make_mentor(), make_mentor(id="curie", name="Marie Curie"))

    assert {column: cell for column, cell in row.items() if cell} == {
        "id": "g7k3q", "title": "Submit case report", "status": "active", "by": "2026-12-20", "priority": "normal",
        "mentors": "osler; curie", "percent": "70", "last_evidence": "2026-11-20", "tags": "paper; ward",
        "visibility": "mentor", "created": "2026-09-01T09:00:00+00:00",
    }  # fmt: skip


def test_a_mentor() -> None:
    """The rhythm as days, and how often and when they met last, of the meetings that were held."""
    held = [make_meeting(on=date(2026, 10, day)) for day in (2, 30)]
    planned = make_meeting(on=date(2026, 12, 4), status="planned")
    (row,) = rows("mentors", make_mentor(every=28, email="w.osler@example.org"), *held, planned)

    assert (row["every_days"], row["longest_days"], row["last_held"], row["meetings_held"]) == (
        "28", "", "2026-10-30", "2",
    )  # fmt: skip
    assert row["email"] == "w.osler@example.org"


def test_a_task() -> None:
    """How often a draft went out and how often the date moved, as numbers."""
    task = make_task(
        id="t4m2x", owner="osler", due=date(2026, 12, 1), instructions="First line\nSecond, with a comma",
        rounds=(Round(sent=date(2026, 10, 1), returned=date(2026, 10, 3)), Round(sent=date(2026, 11, 1))),
        defers=(Defer(on=date(2026, 11, 2), old=date(2026, 11, 5), new=date(2026, 12, 1), reason="Night shifts"),),
    )  # fmt: skip
    (row,) = rows("tasks", task, make_mentor())
    (change,) = rows("changes", task)

    assert (row["owner"], row["assigned_by"], row["rounds"], row["defers"]) == ("osler", "me", "2", "1")
    assert row["instructions"] == "First line\nSecond, with a comma"
    assert list(change.values()) == ["t4m2x", "due", "2026-11-02", "2026-11-05", "2026-12-01", "Night shifts"]


def test_a_meeting() -> None:
    """The agenda as boxes, its goals once each, decisions joined."""
    agenda = (
        AgendaItem(text="Figures", goal="g7k3q", done=True),
        AgendaItem(text="Weather"),
        AgendaItem(text="Title", goal="g7k3q"),
    )
    meeting = make_meeting(agenda=agenda, decisions=("Annals first", "No table"), at="9:30", minutes=30)
    (row,) = rows("meetings", meeting, make_goal(id="g7k3q"), make_mentor())

    assert row["agenda"] == "[x] Figures; [ ] Weather; [ ] Title"
    assert (row["goals"], row["decisions"]) == ("g7k3q", "Annals first; No table")
    assert (row["at"], row["minutes"], row["mentors"]) == ("09:30", "30", "osler")


def test_a_review() -> None:
    """The period and the counts in columns of their own; its verdicts are rows of another table."""
    verdict = Verdict(goal="g7k3q", verdict="keep", reason="Nearly there")
    review = make_review(id="r4m2x", facts=Facts(meetings_held=4, tasks_late=1), verdicts=(verdict,), worked="Mornings")
    (row,) = rows("reviews", review)
    (judged,) = rows("verdicts", review, make_goal(id="g7k3q"))

    assert (row["period_start"], row["period_end"], row["scope"]) == ("2026-09-01", "2026-11-23", "all")
    assert (row["meetings_held"], row["tasks_late"], row["promises_kept"], row["worked"]) == ("4", "1", "0", "Mornings")
    assert judged == {"review": "r4m2x", "goal": "g7k3q", "verdict": "keep", "reason": "Nearly there"}


def test_ratings_and_progress() -> None:
    """One row each, for a pivot table."""
    rated = Assessment(on=date(2026, 10, 1), area="suturing", rating=3)
    goal = make_goal(id="g7k3q", progress=(Progress(on=date(2026, 10, 1), text="Begun"),))

    assert rows("ratings", assessments=(rated,)) == [
        {"on": "2026-10-01", "area": "suturing", "rating": "3", "comment": ""}
    ]
    assert rows("progress", goal) == [
        {"goal": "g7k3q", "on": "2026-10-01", "percent": "", "text": "Begun", "count": ""}
    ]


def test_rows_are_in_the_order_of_their_kind() -> None:
    """Open goals first and by their date, tasks by their date, meetings from the newest."""
    goals = [
        make_goal(id="g2222", status="achieved", closed_on=TODAY),
        make_goal(id="g3333"),
        make_goal(id="g4444", by=TODAY),
    ]
    meetings = [make_meeting(id="m2222", on=date(2026, 1, 1)), make_meeting(id="m3333")]

    assert [row["id"] for row in rows("goals", *goals)] == ["g4444", "g3333", "g2222"]
    assert [row["id"] for row in rows("meetings", *meetings)] == ["m3333", "m2222"]


# The dialect


def test_rows_end_in_crlf_and_lines_within_cells_in_lf() -> None:
    """As in RFC 4180: cells with separators, quotes or line ends are quoted, and no other."""
    text = made(selection(make_note(id="n2222", text='He said "draw",\nthen left')), "notes").text

    assert text.count("\r\n") == 2 and text.count("\n") == 3
    assert text.splitlines()[1].startswith('n2222,2026-11-23,note,closed,,,,,,"He said ""draw"",')
    assert text.count('"') == 6


def test_other_spreadsheets() -> None:
    """A semicolon or a tab between the cells, and a byte order mark for Excel."""
    chosen = selection(make_goal(title="Read; write, and\tdraw"))
    plain = made(chosen, "goals").text
    semicolon = made(chosen, "goals", separator="semicolon", excel=True).text
    tab = made(chosen, "goals", separator="tab").text

    assert not plain.startswith("\ufeff") and semicolon.startswith("\ufeffid;title;")
    assert tab.startswith("id\ttitle\t")
    assert read(plain) == read(semicolon.removeprefix("\ufeff"), ";") == read(tab, "\t")


def test_all_tables_are_the_files_of_a_folder() -> None:
    """Each is what it is alone."""
    chosen = selection(make_goal(), make_mentor())
    document = made(chosen, excel=True)

    assert document.files == {f"{table}.csv": made(chosen, table, excel=True).text for table in COLUMNS}
    assert (document.records, document.data["tables"]["goals"], document.data["tables"]["notes"]) == (2, 1, 0)


@given(ANY_TEXT.filter(lambda text: text.strip()))
def test_any_text_is_one_cell(text: str) -> None:
    """What is typed is what a reader gets, but for controls, which are shown, and the guard."""
    note = make_note(id="n2222", text=text, outcome=text, tags=("x",))
    (row,) = rows("notes", note)

    cells = {unguarded(row[column]) for column in ("text", "outcome")}
    assert len(cells) == 1 and list(row) == COLUMNS["notes"].split()
    (cell,) = cells
    assert acts(cell.replace("\t", "").replace("\u00ad", "")) == []
    if text.isprintable() or set(text) <= set("\t\n abc日本🩺"):
        assert cell == note.text


# Privacy


SECRET = make_goal(id="g9999", title="Leave the ward", visibility="private")
ZORA = make_mentor(id="secretname", name="Zora Secretname", visibility="private")


def names_them() -> list[Record]:
    """Records that name a private goal and a private mentor wherever they can."""
    history = (
        HistoryEntry(on=TODAY, field="mentors", old="osler", new="osler (told 2026-10-04), secretname", reason="Both"),
        HistoryEntry(on=TODAY, field="parent", new="g9999", reason="Part of it"),
    )
    shares = [Share(mentor="osler"), Share(mentor="secretname")]
    return [
        SECRET, ZORA, make_mentor(introduced_by="secretname"),
        make_goal(id="g7k3q", mentors=shares, parent="g9999", history=history),
        make_task(id="t4m2x", goal="g9999", owner="secretname", helps="secretname"),
        make_meeting(mentors=("osler", "secretname"), agenda=(AgendaItem(text="Leave the ward", goal="g9999"),)),
        make_note(mentors=("secretname",), goal="g9999", visibility="open", text="Thanked her"),
        make_review(visibility="open", scope="g9999", verdicts=(Verdict(goal="g9999", verdict="keep", reason="So"),)),
    ]  # fmt: skip


@pytest.mark.parametrize("audience", [OTHERS, PROGRAM, Audience("mentor", "osler")], ids=str)
def test_no_table_names_what_stays(audience: Audience) -> None:
    """Neither id nor title of a private record: not in a link, an agenda, a history or a verdict."""
    text = made(selection(*names_them(), audience=audience)).text

    assert [word for word in ("secretname", "Zora", "g9999", "Leave the ward") if word in text] == []


def test_what_stays_is_called_private() -> None:
    """Where its title stood, or its id in an old value; a link to it is an empty cell."""
    records = names_them()
    (meeting,), changes = rows("meetings", *records, audience=OTHERS), rows("changes", *records, audience=OTHERS)
    (task,) = rows("tasks", *records, audience=OTHERS)

    assert (meeting["agenda"], meeting["goals"], meeting["mentors"]) == ("[ ] a private goal", "", "osler")
    assert [(row["old"], row["new"]) for row in changes] == [
        ("osler", "osler, a private mentor"), ("", "a private goal"),
    ]  # fmt: skip
    assert (task["goal"], task["owner"], task["helps"]) == ("", "", "")


def test_for_oneself_everything_is_named() -> None:
    """Private records and their ids are there."""
    text = made(selection(*names_them())).text

    assert all(word in text for word in ("secretname", "Zora", "g9999", "Leave the ward"))


def test_the_programme_gets_counts_of_meetings_without_their_text() -> None:
    """How often and when they met last is told; the meetings themselves are not."""
    met = make_meeting(notes="Only between us")
    program = {"audience": PROGRAM}

    assert rows("meetings", met, make_mentor(), **program) == []
    (mentor,) = rows("mentors", met, make_mentor(), **program)
    assert (mentor["last_held"], mentor["meetings_held"]) == ("2026-11-16", "1")


def test_only_what_is_asked_for_counts() -> None:
    """A selection by days counts the meetings in it."""
    met = [make_meeting(on=date(2026, 10, 2)), make_meeting()]
    (mentor,) = rows("mentors", make_mentor(), *met, about=About(until="2026-10-31"))

    assert (mentor["last_held"], mentor["meetings_held"]) == ("2026-10-02", "1")


# Hostile texts


def hostile_journal(texts: list[str]) -> tuple[list[Record], Profile]:
    """A journal whose every text is one of these."""
    made_of = [one for number, text in enumerate(texts) for one in hostile.records(text, number)]
    return [one for one in made_of if isinstance(one, Record)], hostile.profile(texts[0])


FORMULA_BEGINNINGS = "=+-@\t\r\n＝＋－＠"
FORMULAS = [f"{sign}1+1" for sign in FORMULA_BEGINNINGS if not sign.isspace()] + ["'=1+1", "''-1", '=HYPERLINK("x")']
ACTING = [text for text, _ in PAYLOADS.values() if text.strip() and text != "\ud800"]  # no record takes those
TEXTS = [*FORMULAS, *ACTING, *hostile.FRAGMENTS.values()]


@pytest.mark.parametrize("audience", [SELF, OTHERS, PROGRAM], ids=str)
def test_no_cell_is_a_formula_and_none_acts(audience: Audience) -> None:
    """In a journal whose every field is hostile: no cell of any table begins as a formula, or holds a control."""
    records, owner = hostile_journal(TEXTS)
    chosen = selection(*records, audience=audience, **as_data(owner))
    cells = [
        (table, column, cell)
        for table in TABLES
        for row in read(made(chosen, table).text)
        for column, cell in row.items()
    ]

    assert [one for one in cells if one[2].startswith(tuple(FORMULA_BEGINNINGS))] == []
    assert [one for one in cells if hostile.raw(one[2].replace("\t", "").replace("\u00ad", ""))] == []
    assert len(cells) > (5000 if audience is SELF else 1000)


def test_formulas_come_back_as_they_were_typed() -> None:
    """Taking the guard off gives every text of every field again."""
    for text in FORMULAS:
        records, owner = hostile_journal([text])
        chosen = selection(*records, **as_data(owner))
        prose = {
            "mentors": ["name", "department", "purpose", "met_via", "tags"], "goals": ["title", "why", "measure"],
            "tasks": ["title", "instructions", "outcome"], "meetings": ["decisions"], "notes": ["text", "outcome"],
            "reviews": ["worked", "did_not"], "progress": ["text"], "changes": ["reason"], "verdicts": ["reason"],
            "ratings": ["area", "comment"],
        }  # fmt: skip
        for table, columns in prose.items():
            for row in read(made(chosen, table).text):
                assert {unguarded(row[column]) for column in columns} == {text}, table
