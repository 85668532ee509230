"""Entries of jrnl become private notes, the same from its export and from its file; what is neither is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.domain.people import Person
from mentorlog.errors import MentorlogError
from mentorlog.exchange import jrnl
from mentorlog.exchange.directory import Directory
from mentorlog.exchange.incoming import Batch, Incoming

SAMPLES = Path(__file__).parents[1] / "data" / "imports"
EXPORT, JOURNAL = SAMPLES / "jrnl-4.6.json", SAMPLES / "jrnl-4.6.txt"
TODAY = date(2026, 11, 23)
PEOPLE = (Person("osler", "William Osler, MD"), Person("curie", "Marie Curie"), Person("joliot", "Irène Joliot-Curie"))


def read(data: bytes | str, **options: Any) -> Batch:
    """What a file of jrnl brings to a journal with a few mentors."""
    data = data.encode() if isinstance(data, str) else data
    return jrnl.read(data, Directory(PEOPLE), today=TODAY, **options)


def only(text: str) -> Incoming:
    """The only note of a journal file."""
    (record,) = read(text).records
    return record


def exported(*entries: dict[str, Any]) -> str:
    """An export with these entries, which are complete without their changes."""
    usual = {"title": "Met Osler.", "body": "", "date": "2026-10-23", "time": "09:00", "tags": [], "starred": False}
    return json.dumps({"tags": {}, "entries": [usual | entry for entry in entries]})


# What an entry becomes


def test_the_samples_are_four_notes() -> None:
    """Each entry is a note of its day, with the title, a blank line and the body; a mentor's tag is the mentor."""
    batch = read(EXPORT.read_bytes())

    assert (batch.program, batch.table, batch.noun) == ("jrnl", "jrnl", "note")
    assert [record.source for record in batch.records] == [
        "jrnl:2026-08-11T14:00:857b0469", "jrnl:2026-10-23T09:00:69ba2836",
        "jrnl:2026-11-17T09:00:e9d750f9", "jrnl:2026-11-21T09:00:127c1837",
    ]  # fmt: skip
    assert batch.records[1].fields == {
        "on": date(2026, 10, 23),
        "mentors": ("osler",),
        "tags": (),
        "text": "Met @osler, half an hour. Annals first.\n\n"
        "- he reads what I send within a week\n- [ ] send the abstract\n\n"
        "Second paragraph with [brackets] and a date: 2026-10-24 10:00",
    }
    assert batch.records[2].fields["tags"] == ("roentgen", "starred")
    assert batch.remarks == ("These match no single mentor and become tags: @research, @roentgen.",)
    assert batch.stays == ()


def test_the_export_and_the_file_bring_the_same() -> None:
    """Whoever imports one of them first and the other later finds everything already here."""
    assert read(EXPORT.read_bytes()) == read(JOURNAL.read_bytes())


def test_a_bom_and_the_line_ends_of_windows_change_nothing() -> None:
    """A file that was saved by an editor on Windows brings the same notes."""
    data = JOURNAL.read_bytes()
    assert read(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")) == read(data)


def test_notes_may_be_reflections() -> None:
    """The kind that is asked for is the kind of every note."""
    assert {record.at_first["kind"] for record in read(EXPORT.read_bytes(), kind="reflection").records} == {
        "reflection"
    }


@pytest.mark.parametrize(
    ("stamp", "minute"),
    [
        ("2026-10-23 02:05:07 PM", "14:05"),
        ("2026-10-23 12:00:00 AM", "00:00"),
        ("2026-10-23 12:30:00 pm", "12:30"),
        ("2026-10-23 14:05", "14:05"),
        ("2026-10-23 14:05:59", "14:05"),
        ("2026-10-23 02:05 PM", "14:05"),
        ("23.10.2026 14:05", "14:05"),
        ("2026-10-23", "00:00"),
    ],
)
def test_the_time_formats_of_jrnl_are_known(stamp: str, minute: str) -> None:
    """An entry begins at a stamp in one of these formats; its minute is in the source."""
    record = only(f"[{stamp}] Met Osler.\n")
    assert record.source.startswith(f"jrnl:2026-10-23T{minute}:")
    assert record.fields["on"] == date(2026, 10, 23)


@pytest.mark.parametrize(
    "line",
    ["[ ] send the abstract", "[x] done", "[1] a footnote", "[2026-13-01] x", "[2026-10-23 13:00 PM] x",
     "[2026-02-30] x", "[24.10.2026] x", "[2026-10-24]", " [2026-10-24] x", "[/b] =1+1 \"x\" \\ é 日本 🩺", "[Tue] x"],
)  # fmt: skip
def test_other_brackets_are_text(line: str) -> None:
    """What is no stamp at the beginning of a line, followed by a blank, is text of the entry before."""
    assert only(f"[2026-10-23 09:00] Met Osler.\n{line}\n").fields["text"] == f"Met Osler.\n\n{line.strip()}"


@pytest.mark.parametrize(
    ("written", "text", "tags"),
    [
        ("Ten in a row *\nBody", "Ten in a row\n\nBody", ("starred",)),
        ("*Ten in a row*", "Ten in a row", ("starred",)),
        ("One *bold* word", "One *bold* word", ()),
        ("First. Second one.", "First.\n\nSecond one.", ()),
        ("Text\n\n    indented\n\n\nend  \n", "Text\n\nindented\n\n\nend", ()),
        ("#Films and #films, @research a#b", "#Films and #films, @research a#b", ("films", "research")),
    ],
)
def test_an_entry_is_read_as_jrnl_reads_it(written: str, text: str, tags: tuple[str, ...]) -> None:
    """The title is the first line, or the first sentence of a single line; a star at its end is the tag `starred`."""
    fields = only(f"[2026-10-23 09:00] {written}").fields
    assert (fields["text"], fields["tags"]) == (text, tags)


def test_a_tag_is_a_mentor_only_if_it_means_one() -> None:
    """A nickname, a slug or a whole word of one mentor's name; a word of several is a tag, and said."""
    batch = read("[2026-10-23] With @William, @marie_curie and @curie, @joliot-curie, @wil, #osler\n")
    assert batch.records[0].fields["mentors"] == ("curie", "joliot", "osler")
    assert batch.records[0].fields["tags"] == ("osler", "wil")
    assert batch.remarks == ("These match no single mentor and become tags: @wil.",)


def test_twins_are_two_notes() -> None:
    """Of entries of one minute with the same beginning, the second one is numbered."""
    start = "A sentence of more than forty characters, at any rate."
    first, second, third = read(f"[2026-10-23 09:00] {start} One.\n\n[2026-10-23 09:00] {start} Two.\n"
                                f"\n[2026-10-23 09:01] {start} Two.\n").records  # fmt: skip
    assert second.source == f"{first.source}#2"
    assert third.source == first.source.replace("09:00", "09:01")


def test_an_edited_end_is_the_same_note() -> None:
    """An entry is known by its first forty characters, with blanks collapsed; another beginning is another note."""
    start = "A sentence of more than forty characters, at any rate"
    one, end, blanks, beginning = (
        only(f"[2026-10-23] {text}.\n").source
        for text in (start, f"{start} changed", start.replace(" ", "  "), f"So {start}")
    )
    assert one == end == blanks != beginning


def test_what_has_no_text_or_lies_ahead_stays() -> None:
    """A note has a text and is not dated in the future; such entries are named with the reason."""
    batch = read("[2026-10-23] *\n[2026-11-24] Ask Osler\nabout films\n[2026-11-23] Today\n")
    assert [(stay.title, stay.why) for stay in batch.stays] == [
        ("The entry of Fri 23 Oct 2026", "it has no text"),
        ("Ask Osler", "it is dated in the future, Tue 24 Nov 2026"),
    ]
    assert [record.fields["text"] for record in batch.records] == ["Today"]


def test_what_the_export_has_besides_is_kept() -> None:
    """Keys that are no field of ours, as those of Day One, go into the table of the program."""
    (record,) = read(exported({"uuid": "4BB1", "creator": {"host_name": "x"}, "__proto__": 1})).records
    assert record.kept == {"uuid": "4BB1", "creator": {"host_name": "x"}, "__proto__": 1}


def test_a_file_of_one_entry_is_read() -> None:
    """`jrnl --format json --file FOLDER` writes each entry into a file of its own."""
    (one,) = json.loads(exported({"title": "Alone"}))["entries"]
    (record,) = read(json.dumps(one)).records
    assert record.fields["text"] == "Alone"


def test_an_export_without_entries_is_empty() -> None:
    """There is nothing to import, which is no error."""
    assert read(exported()) == Batch("jrnl", "jrnl", "note", ())


# What is refused


NOT = "This is not a journal or export of jrnl"
DEEP = "[" * 10_000
NO_TIME = f"{NOT}: entry 1 has no date and time like 2026-10-23 and 09:00."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"JRNLv3\x00\x44eyJzYWx0", "This journal of jrnl is encrypted."),
        (b"gAAAAABn" + b"x" * 50, "This journal of jrnl is encrypted."),
        (bytes(range(128, 256)), f"{NOT}: it is not UTF-8 text (line 1)."),
        ("[2026-10-23] Met Osler".encode("utf-16"), f"{NOT}: it is UTF-16 text."),
        ("[2026-10-23] Met Osler".encode("utf-16-le"), f"{NOT}: it has a NUL character."),
        (b"[2026-10-23] Met\0 Osler", f"{NOT}: it has a NUL character."),
        ("", f"{NOT}: it is empty."),
        (" \n\ufeff\n", f"{NOT}: line 2 does not begin an entry."),
        ("\n\nDear diary\n[2026-10-23] Met Osler", f"{NOT}: line 3 does not begin an entry."),
        ("# Notes\n", f"{NOT}: line 1 does not begin an entry."),
        (DEEP, f"{NOT}: line 1 does not begin an entry."),
        ('{"entries": ' + DEEP, f"{NOT}: it is nested too deeply."),
        ('{"entries": [', f"{NOT}: it is not valid JSON (line 1, column 14)."),
        ('{"entries": ' + "1" * 5000 + "}", f"{NOT}: it has a number that is too long."),
        ('{"entries": NaN}', f"{NOT}: it has the number NaN."),
        ('{"entries": {}}', f"{NOT}: its entries are not a list."),
        ('{"entries": [[]]}', f"{NOT}: entry 1 is not a table."),
        ('{"version": 1, "data": {}}', f"{NOT}: entry 1 has no valid title."),
        (exported({}, {"body": None}), f"{NOT}: entry 2 has no valid body."),
        (exported({"starred": 1}), f"{NOT}: entry 1 has no valid starred."),
        (exported({"tags": "@osler"}), f"{NOT}: entry 1 has no valid tags."),
        (exported({"tags": ["a b"]}), f"{NOT}: entry 1 has a tag that is not a word."),
        (exported({"tags": [1]}), f"{NOT}: entry 1 has a tag that is not a word."),
        *(
            (exported(wrong), NO_TIME)
            for wrong in ({"date": "2026-02-30"}, {"date": None}, {"date": "23/10/26"}, {"time": "25:00"})
        ),
    ],
)  # fmt: skip
def test_what_is_not_of_jrnl_is_refused(data: bytes | str, sentence: str) -> None:
    """One sentence says what is wrong, and the hint is the command of jrnl that writes what is read."""
    with pytest.raises(MentorlogError) as error:
        read(data)
    assert error.value.sentence == sentence and error.value.hint


@given(st.binary() | st.text().map(lambda text: f"[2026-10-23] {text}".encode(errors="replace")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No file ends in another error, and no two notes have one source."""
    try:
        sources = [record.source for record in read(data).records]
    except MentorlogError:
        return
    assert len(set(sources)) == len(sources)
