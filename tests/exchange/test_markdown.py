"""A Markdown file becomes a meeting or a note: its day, its people, its text to the byte; what is wrong is named."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from mentorlog.domain.people import Person
from mentorlog.errors import MentorlogError
from mentorlog.exchange.directory import Directory
from mentorlog.exchange.incoming import Batch, Incoming
from mentorlog.exchange.markdown import MarkdownFile, Request, read
from mentorlog.models.meeting import Meeting
from mentorlog.models.note import Note
from mentorlog.store.disk import files

TODAY = date(2026, 11, 23)
WITH = '---\nwith: "[[William Osler]]"\n---\n'
NAME = "2026-03-02.md"

Texts = Mapping[str, str | bytes]


def people() -> Directory:
    """The mentors of a journal."""
    known = [Person("osler", "William Osler, MD"), Person("curie", "Marie Curie"), Person("chen", "Wei Chen")]
    return Directory([*known, Person("chen-2", "Grace Chen")], {"osler@example.org": "osler"})


def batch(texts: Texts, kind: str = "meetings", directory: Directory | None = None, **request: Any) -> Batch:
    """What the files with these texts become."""
    found = [
        MarkdownFile(path, f"notes/{path}", text.encode() if isinstance(text, str) else text)
        for path, text in texts.items()
    ]
    own = {"own_names": ("Elizabeth Blackwell",)}
    return read(found, directory or people(), Request(kind, TODAY, **own | request))


def meeting(text: str, name: str = NAME, **request: Any) -> Incoming:
    """The meeting of one file."""
    return batch({name: text}, **{"mentors": ("osler",)} | request).records[0]


def wrong(texts: Texts, kind: str = "meetings", **request: Any) -> list[str]:
    """What is said of files that cannot be imported; nothing comes of any of them, and each sentence has a hint."""
    with pytest.raises(MentorlogError) as error:
        batch(texts, kind, **{"mentors": ("osler",)} | request)
    every = (error.value, *error.value.also)
    assert all(one.hint for one in every)
    return [one.sentence for one in every]


# The text


@pytest.mark.parametrize(
    "text",
    ["Text", "Text\n", "\n\n  Text \t\n\n\n", "# 2026\n\nText", "- [ ] @me Draft\n", "---\nA quotation\n---\n", "=1+1",
     "é 日本 🩺\n",
     "e\u0301\u00a0\u200d\u202e [/b] \\ \"x\" '''\"\"\" <script> \x1b[31m",
     "a\tb\vc\fd\x85e\u2028f", "[x](y) | a |\n|-|\n"],
)  # fmt: skip
@pytest.mark.parametrize("front", ["", WITH, "\ufeff", f"\ufeff{WITH}"])
def test_the_text_to_the_byte(text: str, front: str) -> None:
    """What stands below the front matter is the notes of a meeting and the text of a note, to the byte."""
    assert meeting(front + text).fields["notes"] == text
    assert batch({NAME: front + text}, "notes").records[0].fields["text"] == text


def test_line_ends() -> None:
    """CR LF and CR become LF, as in every text of a record."""
    assert meeting(f"{WITH}One\n\nTwo\n".replace("\n", "\r\n")).fields["notes"] == "One\n\nTwo\n"
    assert meeting("One\rTwo").fields["notes"] == "One\nTwo"


@pytest.mark.parametrize(
    ("title", "text", "notes"),
    [
        ("Case report", "Text\n", "# Case report\n\nText\n"), ("Case report", "", "# Case report\n"),
        ("Case report", "# Case report\n\nText", "# Case report\n\nText"),
        ("Case report", "## CASE REPORT\n", "## CASE REPORT\n"),
        ("Case report", "Intro\n\n# Case report", "Intro\n\n# Case report"),
        ("Case report", "**Case report**\n", "**Case report**\n"),
        ("'#1 =1+1 [/b]'", "Text", "# #1 =1+1 [/b]\n\nText"), ("", "Text", "Text"), ("2026", "Text", "# 2026\n\nText"),
        ("|\n  Two\n  lines", "Text", "# Two lines\n\nText"),
    ],
)  # fmt: skip
def test_a_title(title: str, text: str, notes: str) -> None:
    """A title is the first line, unless the text begins with it; below it the text is unchanged."""
    assert meeting(f"---\ntitle: {title}\n---\n{text}").fields["notes"] == notes


def test_front_matter_is_kept() -> None:
    """All front matter goes into the table, as values, and none of it into the text."""
    yaml = "---\ndate: 2026-03-02\nmood: 3\naliases:\nnested: {a: [1, '2']}\nTags: [x]\n---\nText"
    toml = "+++\ndate = 2026-03-02T14:00:00\nmood = 3\n+++\nText"

    assert meeting(yaml).kept == {
        "date": date(2026, 3, 2), "mood": 3, "aliases": "", "nested": {"a": [1, "2"]}, "Tags": ["x"]
    }  # fmt: skip
    assert meeting(yaml).fields["notes"] == meeting(toml).fields["notes"] == "Text"
    assert (meeting(toml).fields["at"], meeting(toml).kept["mood"]) == ("14:00", 3)
    assert (batch({NAME: yaml}).table, batch({NAME: yaml}, "notes").noun) == ("front_matter", "note")


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("[a, 'b c']", ("a", "b c")), ("a, b c", ("a", "b c")), ("a b", ("a", "b")), ("'#a #b'", ("a", "b")),
        ("\n  - a\n  - '#b'\n  - A", ("a", "b")), ("[[a], b]", ("a", "b")), ("", ()), ("[]", ()), ("2026", ("2026",)),
        ("'a, \"b\"'", ("a", "b")), ("[é, 日本, \"\\e[31m\"]", ("é", "日本")), ("{a: b}", ()),
    ],
)  # fmt: skip
def test_tags(value: str, tags: tuple[str, ...]) -> None:
    """Tags are a list, or a text with commas, or with blanks; the # is no part of them."""
    assert meeting(f"---\ntags: {value}\n---\n").fields["tags"] == tags


# The day


@pytest.mark.parametrize(
    ("name", "text", "day", "at"),
    [
        ("2026-03-03 Osler.md", "---\ndate: 2026-03-02 9:30\n---\n# 2026-03-04", 2, "09:30"),
        ("2026-03-03 Osler.md", "---\nDate: 2026-03-02\n---\n", 2, None),
        ("2026-03-03 Osler.md", "---\ndate: '[[2026-03-02]]'\n---\n", 2, None),
        ("2026-03-03 Osler.md", "---\ndate: [[2026-03-02]]\n---\n", 2, None),
        ("2026-03-03 Osler.md", "---\ndate:\n---\n# 2026-03-04", 3, None),
        ("2026-03-03 Osler.md", "# 2026-03-04", 3, None),
        ("2026/Osler 20260303.md", "# 2026-03-04", 3, None),
        ("Osler.md", "Text\n# Wed 4 March 2026 with Osler\n", 4, None),
        ("02-03-2026.md", "# 2026-03-04", 4, None),
        ("Osler.md", "2026-03-04\n===\n", 4, None),
    ],
)
def test_the_day(name: str, text: str, day: int, at: str | None) -> None:
    """The day is that of the front matter, else of the name, else of the first heading."""
    fields = meeting(text, name).fields
    assert (fields["on"], fields["at"]) == (date(2026, 3, day), at)


def test_a_day_ahead() -> None:
    """A meeting of a later day is planned; a note of one is refused."""
    texts = {"2026-11-23.md": "Text", "2026-11-24.md": "Text"}

    assert [one.fields["status"] for one in batch(texts, mentors=("osler",)).records] == ["held", "planned"]
    assert wrong(texts, "notes")[1:] == ["2026-11-24 is in the future: notes/2026-11-24.md"]


# People


@pytest.mark.parametrize(
    ("front", "mentors", "strangers"),
    [
        ("with: William Osler", ["osler"], []),
        ("with: '[[Osler]]'", ["osler"], []),
        ("with: [[William Osler]]", ["osler"], []),
        ("with: '[[people/Osler|the Chief]], [[Marie Curie]]'", ["osler", "curie"], []),
        ("with: '[[Boss#Notes|Osler]]'", ["osler"], []),
        ("with: '[the Chief](people/osler.md) and Curie'", ["osler", "curie"], []),
        ("with: '[the Chief](people/the%20chief.md)'", [], ["the Chief"]),
        ("members: [Osler, Marie Curie]", ["osler", "curie"], []),
        ("attendees:\n  - Osler, William\n  - Curie & Virchow", ["osler", "curie"], ["Virchow"]),
        ("Attendees: 'Osler, Curie, MD'", ["osler", "curie"], []),
        ("attendees: 'Rudolf Virchow <virchow@example.org>; W.O. <osler@example.org>'", ["osler"], ["Rudolf Virchow"]),
        ("with: osler@example.org", ["osler"], []),
        ("with: x@example.org", [], []),
        ("with: '@osler'", ["osler"], []),
        ("with: [me, Elizabeth Blackwell, 'Blackwell, Elizabeth']", [], []),
        ("with: Grace Chen", ["chen-2"], []),
        ("with: ''", [], []),
        ("mentor: Curie\nparticipants: Osler", ["curie", "osler"], []),
        ("author: Curie", [], []),
        ("with: {a: Osler}", [], []),
    ],
)
def test_people(front: str, mentors: list[str], strangers: list[str]) -> None:
    """People of the front matter who are mentors are the mentors; others are counted; the resident is neither."""
    directory = people()
    found = batch({NAME: f"---\n{front}\n---\nText"}, "notes", directory).records[0]

    assert list(found.fields["mentors"]) == mentors
    assert list(directory.strangers) == strangers


@pytest.mark.parametrize(
    ("text", "mentors"),
    [
        ("Text\nwith:: [[Osler]] and Curie\n", ["osler", "curie"]),
        ("- **attendees**:: [[Osler]]\n", ["osler"]),
        ("# Meeting with [[William Osler]] on [[Case reports]]\n", ["osler"]),
        ("---\ntitle: '[[Curie]]'\n---\n", ["curie"]),
        ("---\nwith: Curie\n---\n# About [[Osler]]\n", ["curie"]),
        ("Text about [[Osler]], @curie and Chen\n", []),
        ("# William Osler\n", []),
    ],
)
def test_people_of_the_text(text: str, mentors: list[str]) -> None:
    """In the text a field names people, and else links of the first heading; words about somebody do not."""
    directory = people()
    found = batch({NAME: text + "\n# Text"}, "notes", directory).records[0]

    assert list(found.fields["mentors"]) == mentors and not directory.strangers


def test_very_many_people() -> None:
    """What is no list of people ends soon: a word of thousands of letters, thousands of names and fields."""
    hostile = [f"---\nwith: {'a' * 60_000}@\n---\n", "with:: [[Osler]]\n" * 5_000, f"# {'[[Osler' * 10_000}\n"]
    hostile.append("---\nwith: [" + "Osler, " * 9_000 + "]\n---\n")
    found = [batch({NAME: text + "x"}, "notes").records[0].fields["mentors"] for text in hostile]

    assert found == [(), ("osler",), (), ("osler",)]


def test_given_mentors_come_first() -> None:
    """Mentors of the command line are added to those of each file, each once."""
    found = batch({NAME: "---\nwith: [Curie, Osler]\n---\n"}, mentors=("osler",)).records[0]
    assert found.fields["mentors"] == ("osler", "curie")


def test_a_meeting_with_nobody_stays() -> None:
    """A meeting without a mentor stays, with the names that it has; a note needs none."""
    texts = {NAME: "---\nwith: [Virchow, Pasteur]\n---\nText", "2026-03-03.md": "Text"}

    assert [(one.title, one.why) for one in batch(texts).stays] == [
        ("notes/2026-03-02.md", "no mentor: with Virchow and Pasteur"), ("notes/2026-03-03.md", "no mentor")
    ]  # fmt: skip
    assert len(batch(texts, "notes").records) == 2 and batch(texts).records == ()


# Files


def test_kinds() -> None:
    """A file is a held meeting with its notes, or a note with its text; an empty text is no notes."""
    held, note = meeting(f"{WITH}\n"), batch({NAME: "Text"}, "notes").records[0]

    assert held.kind is Meeting and note.kind is Note
    assert held.fields == {
        "on": date(2026, 3, 2), "at": None, "status": "held", "mentors": ("osler",), "tags": (), "notes": None
    }  # fmt: skip
    assert note.fields == {"on": date(2026, 3, 2), "mentors": (), "tags": (), "text": "Text"}


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("2026-03-02.md", "markdown:2026-03-02.md"),
        ("Osler/2026/2026-03-02 a b.md", "markdown:Osler/2026/2026-03-02 a b.md"),
        (unicodedata.normalize("NFD", "2026-03-02 Röntgen.md"), "markdown:2026-03-02 Röntgen.md"),
        ("2026-03-02\n\x1b[31m\u202e.md", "markdown:2026-03-02\\n\\x1b[31m\\u202e.md"),
        ("2026-03-02 日本.md", "markdown:2026-03-02 日本.md"),
    ],
)  # fmt: skip
def test_sources(path: str, source: str) -> None:
    """The source is the path below the folder, in NFC and in one line."""
    assert meeting("Text", path).source == source


def test_files_with_one_source() -> None:
    """Two files with one path below two folders, or one in NFC and NFD, are refused with both names."""
    name = "2026-03-02 Röntgen.md"
    texts = {unicodedata.normalize(form, name): "Text" for form in ("NFC", "NFD")}

    assert wrong(texts)[1:] == [
        f"The path below the folder is that of another file: notes/{unicodedata.normalize('NFD', name)}"
    ]


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("2026-03-02 (conflicted copy 2026-03-04).md", True),
        ("2026-03-02 (Osler's conflicted copy 2026-03-04).md", True),
        ("2026-03-02.sync-conflict-20260304-101112-ABCDEFG.md", True), ("2026-03-02 (Case Conflict).md", True),
        ("2026-03-02_conflict-20260304-101112.md", True), ("2026-03-02 (1).md", False), ("2026-03-02 2.md", False),
        ("2026-03-02 copy.md", False), ("2026-03-02 (conflict of interest).md", None),
        ("2026-03-02 (case report).md", None),
    ],
)  # fmt: skip
def test_copies(name: str, of: bool | None) -> None:
    """The other version that a sync program keeps stays; so does a copy with the same bytes, but no other one."""
    same, other = ({NAME: "Text", name: text} for text in ("Text", "Other text"))
    why = [f"a copy of {NAME}"]

    assert [one.why for one in batch(same, mentors=("osler",)).stays] == (why if of is not None else [])
    assert [one.why for one in batch(other, mentors=("osler",)).stays] == (why if of else [])


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (b"", "meetings", "empty"), (b"\n \t\n", "meetings", "empty"), (b"\xef\xbb\xbf", "meetings", "empty"),
        (b"---\ntags: a\n---\n\n", "notes", "no text below the front matter"),
        (b"---\n---\n", "notes", "no text below the front matter"),
    ],
)  # fmt: skip
def test_empty_files_stay(data: bytes, kind: str, why: str) -> None:
    """A file without a word is not imported, and is no error."""
    assert [one.why for one in batch({NAME: data}, kind).stays] == [why]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Röntgen".encode("utf-16"), "UTF-16 text"), (b"\xfe\xff\0a", "UTF-16 text"),
        ("Text".encode("utf-16-le"), "Not text"), (b"PK\x03\x04\0\0", "Not text"),
        ("One\nRöntgen".encode("latin-1"), "Not UTF-8 (line 2)"), (b"\xed\xa0\x80", "Not UTF-8 (line 1)"),
        (b"x" * (files.LIMIT + 1), "Larger than 1 MiB"),
        (b"---\na: b\n", "Front matter is not closed (line 1)"),
        (b"---\na: &x [1]\nb: [*x, *x]\n---\n", "Front matter has an anchor or alias of YAML (line 2)"),
        (b"---\na: !!python/name:os.system\n---\n", "Front matter has a tag of YAML (line 2)"),
        (b"---\ndate: 02/03/2026\n---\n", "'02/03/2026' is ambiguous"),
        (b"---\ndate: friday\n---\n", "'friday' is not a date with its year"),
        (b"---\ndate: {a: b}\n---\n", '"{\'a\': \'b\'}" is not a date'),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, said: str) -> None:
    """A file that is no text, broken, or with a day that may be another is refused, and nothing is imported."""
    texts: Texts = {NAME: "Text", "2026-03-03.md": data}

    assert wrong(texts) == ["1 of 2 files cannot be imported; nothing was.", f"{said}: notes/2026-03-03.md"]
    skipped = batch(texts, mentors=("osler",), skip=True)
    assert len(skipped.records) == 1 and skipped.stays[0].title == "notes/2026-03-03.md"


def test_everything_that_is_wrong_at_once() -> None:
    """All files are named, those with the same reason in one sentence."""
    texts = {
        "README.md": "Text",
        "a/Osler.md": "# Osler",
        "02-03-2026.md": "Text",
        "2026-03-02.md": b"\xff",
        NAME: b"\xff",
    }

    assert wrong(texts) == [
        "4 of 4 files cannot be imported; nothing was.",
        "No day in the front matter, the name or the first heading: notes/README.md, notes/a/Osler.md",
        "'02-03-2026' is ambiguous: notes/02-03-2026.md",
        "Not UTF-8 (line 1): notes/2026-03-02.md",
    ]
    assert wrong({"README.md": "Text"})[0] == "The file cannot be imported; nothing was."
