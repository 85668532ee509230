"""The records in CSV files: sheets as people keep them, our own tables changed in a spreadsheet, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rich_journal
from factories import CREATED, TODAY, make_goal, make_mentor, plain
from mentorlog.domain.people import Person
from mentorlog.errors import MentorlogError
from mentorlog.exchange import csv_records
from mentorlog.exchange.csv_columns import KINDS
from mentorlog.exchange.csv_sheet import Here, Sheet
from mentorlog.exchange.directory import Directory
from mentorlog.exchange.incoming import Batch
from mentorlog.export.csv import cell
from mentorlog.export.csv_tables import TABLES, row_of
from mentorlog.models.goal import Progress
from mentorlog.models.mentor import Cadence
from mentorlog.models.record import Part, Record, view
from output.payloads import ANY_TEXT, PAYLOADS

COUNTED = {"last_held", "meetings_held", "last_evidence", "rounds", "defers", "goals", "told"}
OSLER, CURIE = make_mentor(), make_mentor(id="curie", name="Marie Curie")


def read(kind: str, content: str, *here: Record, **sheet: Any) -> Batch:
    """The records in a file, read beside a journal with Osler, Curie and some records."""
    return read_with(people_of(OSLER, CURIE), kind, content, OSLER, CURIE, *here, **sheet)


def read_with(people: Directory, kind: str, content: str, *here: Record, **sheet: Any) -> Batch:
    """The records in a file, read with these people."""
    by_id = {one.id: one for one in here}
    journal = Here(tuple(map(view, by_id.values())), by_id.__getitem__)
    return csv_records.read(content.encode(), Sheet(kind, **sheet), people, journal, TODAY)


def people_of(*mentors: Record, **options: Any) -> Directory:
    """The directory of some mentors."""
    return Directory([Person(one.id, one.heading) for one in mentors], **options)


def values(batch: Batch) -> list[dict[str, Any]]:
    """The fields of each record, parts as plain data."""
    return [{name: data(value) for name, value in one.fields.items()} for one in batch.records]


def data(value: Any) -> Any:
    """A value with its parts as plain data, without what is empty in them."""
    if isinstance(value, Part):
        return {name: one for name, one in plain(value)[0].items() if one not in (None, [], False)}
    return [data(one) for one in value] if isinstance(value, tuple) else value


def refused(kind: str, content: str, *here: Record, **sheet: Any) -> list[str]:
    """The sentences with which a file is refused."""
    with pytest.raises(MentorlogError) as caught:
        read(kind, content, *here, **sheet)
    return [one.sentence for one in (caught.value, *caught.value.also)]


def table(kind: str, *records: Record) -> list[dict[str, str]]:
    """The rows that `export csv` writes of these records, without what it works out."""
    columns = [name for name in TABLES[f"{kind}s"].columns if name not in COUNTED]
    return [{name: cell(row_of(view(one)).get(name)) for name in columns} for one in records]


def written(rows: Sequence[Mapping[str, str]]) -> str:
    """The rows as CSV, with the columns of the first."""
    columns = list(rows[0])
    quoted = [[f'"{row.get(name, "").replace(chr(34), chr(34) * 2)}"' for name in columns] for row in rows]
    return "\r\n".join([",".join(columns), *map(",".join, quoted)])


# Sheets of other people

MENTORS = """\
Name,E-mail,Role,Met how often,Since,Last met,Comments
"Osler, William",w.osler@example.org,advisor; sponsor,every 4 weeks,2025-12-19,2026-10-23,"wants the draft
two days before"
Marie Skłodowska,m.curie@example.org,coach,2 months,2026-08-01,2026-08-11,Err:509
Wilhelm Röntgen,,teacher,,03/01/26,,
"""


def test_a_sheet_of_mentors() -> None:
    """Names with the surname first, the cadence, lists; what has no field is kept; who is here is found by name."""
    batch = read("mentor", MENTORS, dates="day-first")
    osler, curie, rontgen = values(batch)

    assert osler == {
        "name": "William Osler", "email": "w.osler@example.org", "roles": ["advisor", "sponsor"],
        "cadence": {"every_days": 28}, "started": date(2025, 12, 19), "notes": "wants the draft\ntwo days before",
    }  # fmt: skip
    assert (curie["cadence"], "notes" in curie) == ({"every_days": 60}, False)
    assert rontgen == {"name": "Wilhelm Röntgen", "roles": ["teacher"], "started": date(2026, 1, 3)}
    assert [one.id for one in batch.records] == ["osler", None, None]
    assert [one.source for one in batch.records][1:] == ["csv:mentor:marie sklodowska", "csv:mentor:wilhelm rontgen"]
    assert batch.records[1].kept == {"Last met": "2026-08-11", "Comments": "Err:509"}


def test_a_mentor_keeps_the_name_that_the_journal_has() -> None:
    """A sheet may lack the title, or have another."""
    here = make_mentor(id="virchow", name="Rudolf Virchow, MD")
    batch = read("mentor", "Name,Role\nProf. Rudolf Virchow,teacher\n", here)

    assert [one.id for one in batch.records] == ["virchow"]
    assert values(batch) == [{"name": "Rudolf Virchow, MD", "roles": ["teacher"]}]


def test_what_is_said_of_a_sheet() -> None:
    """The separator, errors of formulas, and how a last meeting is logged, which is no field of a mentor."""
    assert read("mentor", MENTORS, dates="day-first").remarks == (
        "The cells are separated by commas (for another sign use --separator).",
        "Errors of formulas are not imported: row 3, column 'Comments' (Err:509).",
        "'Last met' is kept, but is not a meeting; log each with, for example: "
        "mentorlog meeting log 'William Osler' --on 2026-10-23",
    )  # fmt: skip


def test_first_and_last_names() -> None:
    """A name may be in two columns."""
    (mentor,) = values(read("mentor", "First name;Last name\nWilhelm;Röntgen\n"))

    assert mentor == {"name": "Wilhelm Röntgen"}


GOALS = """\
Goal;Mentor;Deadline;Status;Progress %;Why
Submit a case report;Osler;27.12.2026;in progress;70;learn how a paper is made
Read chest films;Röntgen;2026-12-04;done;100;
Keep one evening a week free;;;paused;;
"""


def test_a_sheet_of_goals() -> None:
    """A percentage is progress of today; a closing date that is not in the sheet is not made up."""
    people = people_of(OSLER)
    first, second, third = values(batch := read_with(people, "goal", GOALS))

    assert first == {
        "title": "Submit a case report", "mentors": [{"mentor": "osler"}], "by": date(2026, 12, 27),
        "status": "active", "why": "learn how a paper is made", "progress": [{"on": TODAY, "percent": 70}],
    }  # fmt: skip
    assert (second["status"], second["closed_on"], second["mentors"]) == ("achieved", None, [])
    assert third == {"title": "Keep one evening a week free", "status": "paused"}
    assert (people.strangers, batch.records[1].kept) == ({"Röntgen": 1}, {"Mentor": "Röntgen"})


def test_people_who_are_added() -> None:
    """With --add-mentors a stranger is a mentor whose id is known."""
    people = people_of(OSLER, add=True)
    second = values(read_with(people, "goal", GOALS))[1]

    assert second["mentors"] == [{"mentor": "rontgen"}]
    assert people.added == {"rontgen": "Röntgen"}


def test_a_sheet_of_tasks() -> None:
    """Whose it is, for which goal, and that one with a day on which it was finished is done."""
    goal = make_goal(id="g7k3q", title="Submit case report")
    rows = """\
        Task,Who,From,Deadline,Done on,Goal,Priority
        Draft abstract,me,Osler,2026-12-04,,submit Case-Report,medium
        Comment on the draft,Marie Curie,,,2026-11-20,g7k3q,
        Send the films,Röntgen,,,,,
        """.replace("        ", "")
    batch = read("task", rows, goal)
    mine, hers = values(batch)

    assert mine == {
        "title": "Draft abstract", "owner": "me", "assigned_by": "osler", "due": date(2026, 12, 4), "goal": "g7k3q",
        "priority": "normal",
    }  # fmt: skip
    assert (hers["owner"], hers["status"], hers["done_on"]) == ("curie", "done", date(2026, 11, 20))
    ((title, why, _),) = [one._all() for one in batch.stays]
    assert (title, why) == ("Send the films", "'Röntgen' owes it, who is not a mentor in this journal")


def test_a_sheet_of_meetings() -> None:
    """One of the past was held, one to come is planned; a date may have its time of day behind it."""
    rows = """\
        Date;With;Topics;Minutes;Where
        2026-11-02 14:00;Osler and Curie;Figures;45 min;Ward 2
        2026-12-07;Osler;;;
        """.replace("        ", "")
    held, planned = values(read("meeting", rows))

    assert held == {
        "on": date(2026, 11, 2), "at": "14:00", "mentors": ["osler", "curie"], "agenda": [{"text": "Figures"}],
        "minutes": 45, "place": "Ward 2", "status": "held",
    }  # fmt: skip
    assert planned == {"on": date(2026, 12, 7), "mentors": ["osler"], "status": "planned"}


def test_who_called_off_is_not_made_up() -> None:
    """A meeting that was cancelled has nobody who did it, if the sheet does not say it."""
    (meeting,) = values(read("meeting", "Date,Status\n2026-11-02,called off\n"))

    assert meeting == {"on": date(2026, 11, 2), "status": "cancelled", "cancelled_by": None}


def test_a_sheet_of_notes() -> None:
    """The kind and the text, with its lines."""
    rows = 'Date,Entry,Type,Colour\n2026-11-02,"He draws\nthe differential first.",Advice,red\n'
    batch = read("note", rows)

    assert values(batch) == [{"on": date(2026, 11, 2), "text": "He draws\nthe differential first.", "kind": "advice"}]
    assert batch.records[0].kept == {"Colour": "red"}


def test_goals_that_are_part_of_others_of_the_file() -> None:
    """The other one is named by its title, and gets its id when it is saved."""
    batch = read("goal", "Goal,Part of\nWrite a paper,\nDraft abstract,write a paper\n")

    assert [dict(one.refers) for one in batch.records] == [{}, {"parent": "csv:goal:write a paper"}]


def test_the_end_of_a_mentorship_stays() -> None:
    """How it ended is not in a sheet."""
    batch = read("mentor", "Name,Status\nRudolf Virchow,former\nWilhelm Röntgen,current\n")

    assert [one["name"] for one in values(batch)] == ["Wilhelm Röntgen"]
    assert [(one.title, "how it ended" in one.why) for one in batch.stays] == [("Rudolf Virchow", True)]


# Keys


def sources(batch: Batch) -> list[str]:
    """The keys of the records, without `csv:` and the kind."""
    return [one.source.split(":", 2)[2] for one in batch.records]


def test_the_key_of_a_row() -> None:
    """The title; for two of one title the date too; for meetings and notes the date and who or what."""
    goals = "Goal,Deadline\nRéad films,2026-12-04\nread FILMS,2027-12-04\n" + "x" * 99 + ",\n"
    meetings = "Date,With\n2 Nov 2026,Osler\n2026-11-02,Curie\n2026-11-02 9:00,Osler\n"
    notes = "Date,Text\n2026-11-02,One\n2026-11-02,Two\n"

    first, second, long = sources(read("goal", goals))
    assert (first, second) == ("read films", "read films 2027 12 04")
    assert len(long) < 80
    assert sources(read("meeting", meetings)) == ["2026 11 02 osler", "2026 11 02 curie", "2026 11 02 09 00 osler"]
    assert sources(read("note", notes)) == ["2026 11 02 one", "2026 11 02 two"]


def test_a_key_of_the_user() -> None:
    """Any column, also one that is kept; it may be neither empty nor twice."""
    rows = "No,Goal\n7,Read films\n8,Read films\n"

    assert sources(read("goal", rows, key="no")) == ["7", "8"]
    assert refused("goal", rows + "7,Another\n,More\n", key="No") == [
        "Rows 2 and 4 are the same goal: '7'.",
        "Row 5, column 'No': The key is empty.",
    ]


def test_two_rows_that_are_the_same() -> None:
    """They are refused with both rows."""
    assert refused("goal", "Goal,By\na,\nb,\nA,\n") == ["Rows 2 and 4 are the same goal: 'A'."]
    assert refused("mentor", 'Name\nMarie Curie\n"Curie, Marie"\n') == [
        "Rows 2 and 3 are the same mentor: 'Marie Curie'."
    ]


def test_two_rows_for_one_record_of_the_journal() -> None:
    """By its id and by its title."""
    here = make_goal(id="g7k3q", title="Read films", source="csv:goal:read films")

    assert refused("goal", "id,Goal\ng7k3q,Read chest films\n,Read films\n", here) == [
        "Rows 2 and 3 are the same goal: 'Read films'."
    ]


def test_a_long_cell_is_read_quickly() -> None:
    """No pattern takes more than a look at a cell for a date or names; what cannot be one is refused."""
    blanks, long = "x" + " " * 300_000 + "y", "William Osler, " * 50_000

    assert refused("goal", f'Goal,By,With\na,"{blanks}","{long}"\n') == [
        f"Row 2, column 'By': '{blanks[:39]}…' is not a date.",
        f"Row 2, column 'With': '{long[:39]}…' is too long for names.",
    ]
    assert len(read("mentor", f'Name\n"{long}"\n').records) == 1


def test_the_numbers_of_another_program_are_no_ids() -> None:
    """A column `id` counts only with ids of mentorlog."""
    batch = read("goal", "ID,Goal\n1,Read films\n2,Write\n")

    assert [(one.id, one.kept) for one in batch.records] == [(None, {"ID": "1"}), (None, {"ID": "2"})]


def test_a_row_that_was_imported_before() -> None:
    """Who shares a goal here stays; the percentage is new progress only if it is another one."""
    here = make_goal(
        id="g7k3q", title="Read films", source="csv:goal:read films", mentors=["curie"],
        progress=(Progress(on=date(2026, 11, 1), percent=40),),
    )  # fmt: skip
    (same,) = values(read("goal", "Goal,Mentor,Progress\nRead films,Osler,40%\n", here))
    (more,) = values(read("goal", "Goal,Progress\nRead films,50\n", here))

    assert same == {"title": "Read films", "mentors": [{"mentor": "curie"}, {"mentor": "osler"}]}
    assert more["progress"] == [{"on": date(2026, 11, 1), "percent": 40}, {"on": TODAY, "percent": 50}]


def test_a_cadence_keeps_its_other_parts() -> None:
    """Only the days are in the sheet."""
    here = make_mentor(cadence=Cadence(every_days=14, mode="video"))
    (mentor,) = values(read("mentor", "Name,Met how often\nWilliam Osler,4 weeks\n", here))

    assert mentor["cadence"] == {"every_days": 28, "mode": "video"}


# What is wrong


def test_all_errors_at_once() -> None:
    """Each with its row and column, as the spreadsheet counts."""
    rows = """\
        Goal,Deadline,Status,Progress,Part of,Priority
        Read films,tomorow,foo,200,,huge
        ,2026-12-04,done,,,

        Write,03/01/26,,,Nothing,
        More,2026-12-04,,,,,stray
        """.replace("        ", "")

    assert refused("goal", rows) == [
        "Row 6 has 7 cells, but the first row has 6.",
        "Column 'Deadline', row 5: '03/01/26' can be several dates.",
        "Row 2, column 'Status': Unknown status 'foo'.",
        "Row 2, column 'Progress': '200' is not a whole number from 0 to 100.",
        "Row 2, column 'Priority': Unknown priority 'huge'.",
        "Row 3, column 'Goal': The goal has no title.",
        "Row 5, column 'Part of': No goal of the journal is 'Nothing'.",
    ]


@pytest.mark.parametrize(
    ("kind", "rows", "said"),
    [
        ("goal", "Goal,By\na,3 feb\n", "Row 2, column 'By': '3 feb' is another date on another day."),
        ("mentor", "Name,Since\nA B,2027-03-01\n", "Row 2, column 'Since': Mon 1 Mar 2027 is in the future."),
        ("mentor", "Name,Email\nA B,nobody\n", "Row 2, column 'Email': 'nobody' is not an e-mail address."),
        ("mentor", "Name,Every\nA B,often\n", "Row 2, column 'Every': 'often' is not a length of time."),
        (
            "mentor", "Name,Longest\nA B,8 weeks\n",
            "Row 2, column 'Longest': A cadence must say how often to meet.",
        ),
        (
            "meeting", "Date,Status\n2026-12-24,held\n",
            "Row 2, column 'Status': The meeting is in the future, so it was not held.",
        ),
        ("meeting", "Date,At\n2026-11-24,late\n", "Row 2, column 'At': 'late' is not a time."),
        ("task", "Task,Status,Done on\na,open,2026-11-02\n",
         "Row 2, column 'Done on': The task has the status todo, "
         "but a date or word for done."),
        ("task", "Task,Goal\na,Nothing\n", "Row 2, column 'Goal': No goal of the journal is 'Nothing'."),
        ("note", "Date,Text,Status\n2026-11-02,a,open\n",
         "Row 2, column 'Status': A note of kind note cannot be open."),
    ],
)  # fmt: skip
def test_a_cell_that_is_wrong(kind: str, rows: str, said: str) -> None:
    """The sentence has the row and the column."""
    assert refused(kind, rows) == [said]


@pytest.mark.parametrize("text", [raw for raw, _ in PAYLOADS.values() if "\0" not in raw and raw != "\ud800"])
def test_hostile_texts(text: str) -> None:
    """They are data, in a title, a name of a column, and what is kept."""
    quoted = text.replace('"', '""')
    (record,) = read("goal", f'Goal,Why,"x{quoted}"\n"a{quoted}","{quoted}","{quoted}"\n').records

    assert record.fields["title"] == " ".join(f"a{text}".splitlines()).strip()
    assert record.fields.get("why", text) == text
    assert {*record.kept} <= {f"x{text}".strip()}


# Our own tables


@pytest.mark.parametrize("kind", KINDS.values())
def test_a_table_that_is_imported_again(kind: str) -> None:
    """Nothing of it is a change, whatever the journal holds."""
    records = rich_journal.records()
    own = [one for one in records if kind == one.KIND]
    mentors = [one for one in records if one.KIND == "mentor"]
    batch = read_with(people_of(*mentors), kind, written(table(kind, *own)), *records)

    assert [one.id for one in batch.records] == [one.id for one in own]
    for one, record in zip(batch.records, own, strict=True):
        assert set(one.fields) <= {"name", "title", "target", "on", "text", "kind"}
        assert data(tuple(one.fields.values())) == data(tuple(getattr(record, name) for name in one.fields))


@pytest.mark.parametrize("kind", KINDS.values())
def test_a_table_in_another_journal(kind: str) -> None:
    """The mapped fields come out as they went in: the table that is made of the import has the same cells."""
    records = rich_journal.records()
    own = [one for one in records if kind == one.KIND and not _needs_more(one)]
    others = [one for one in records if one.KIND in ("mentor", "goal", "meeting") and kind != one.KIND]
    mentors = [one for one in records if one.KIND == "mentor"]
    rows = table(kind, *own)
    batch = read_with(people_of(*mentors), kind, written(rows), *others)

    assert len(batch.records) == len(own) > 1
    for row, one in zip(rows, batch.records, strict=True):
        fields = {name: value for name, value in one.fields.items() if value is not None}
        (new,) = table(kind, one.kind(id="new", created=one.created or CREATED, **fields))
        assert {**new, "id": "", "parent": ""} == {**row, "id": "", "parent": ""}


def _needs_more(record: Record) -> bool:
    """Whether a record cannot come from a table alone: how a mentorship ended is not in it."""
    return view(record)["status"] in ("ended", "stay_in_touch") if record.KIND == "mentor" else False


@given(title=ANY_TEXT, why=ANY_TEXT, tags=st.lists(ANY_TEXT, max_size=2))
def test_any_text_is_no_change(title: str, why: str, tags: list[str]) -> None:
    """What an export writes of a record is read back as that record, guards and escapes included."""
    goal = make_goal(
        id="g7k3q", title=" ".join(f"a{title}".splitlines()), why=f"a{why}",
        tags=tuple(" ".join(f"a{tag}".splitlines()) for tag in tags),
    )  # fmt: skip
    (record,) = read("goal", written(table("goal", goal)), goal).records

    assert (record.id, dict(record.fields)) == ("g7k3q", {"title": goal.title})


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), st.text("'=+-@a", max_size=5))
def test_any_text_comes_back(title: str, why: str) -> None:
    """In a table of ours that is imported elsewhere, guards are taken off."""
    goal = make_goal(id="g7k3q", title=title, why=why)
    (record,) = read("goal", written(table("goal", goal))).records

    assert (record.fields["title"], record.fields.get("why", "")) == (title, why)


def test_cells_that_were_changed() -> None:
    """Only they are mapped; a row without an id is new; an emptied cell says nothing; no mentor is taken out."""
    goal = make_goal(id="g7k3q", title="=1+1", why="A paper", by=date(2026, 12, 4), mentors=["osler", "curie"])
    (row,) = table("goal", goal)
    changed = {**row, "title": "'=1+2", "why": "", "mentors": "osler", "by": "24.12.2026"}
    batch = read("goal", written([changed, {"title": "New one"}]), goal)

    assert values(batch) == [
        {"title": "=1+2", "by": date(2026, 12, 24), "mentors": [{"mentor": "osler"}, {"mentor": "curie"}]},
        {"title": "New one"},
    ]
    assert [one.id for one in batch.records] == ["g7k3q", None]


def test_the_guard_of_other_sheets_stays() -> None:
    """An apostrophe that somebody typed is a part of the text."""
    assert values(read("goal", "Goal\n'=1+1\n")) == [{"title": "'=1+1"}]


def test_links_between_tables_of_another_journal() -> None:
    """A task finds the goal and the mentor that were imported with their ids from there."""
    goal = make_goal(id="g2222", source="csv:goal:g7k3q")
    mentor = make_mentor(id="rontgen", name="Wilhelm Röntgen", source="csv:mentor:roentgen")
    (task,) = values(read("task", "id,title,goal,owner\nt4m2x,Draft,g7k3q,roentgen\n", goal, mentor))

    assert task == {"title": "Draft", "goal": "g2222", "owner": "rontgen"}


def test_mentors_who_introduced_others_of_the_file() -> None:
    """They are named by their names, and get their ids when they are saved."""
    batch = read("mentor", 'Name,Introduced by\nRudolf Virchow,\nWilhelm Röntgen,"Virchow, Rudolf"\n')

    assert [dict(one.refers) for one in batch.records] == [{}, {"introduced_by": "csv:mentor:rudolf virchow"}]
