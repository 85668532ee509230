"""What may identify a patient: the floors on written samples, the closed set, bounded patterns, and every field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.domain import lint, lint_patterns
from mentorlog.domain.lint import MOST_PER_LINE, Hit, KnownNames, in_text, in_views
from mentorlog.models.fields import Kind, class_of, spec
from mentorlog.models.record import as_data, json_ready, view
from mentorlog.models.views import View

DATA = Path(__file__).parent.parent / "data"
MINUTES = [*sorted(DATA.glob("minutes*.md")), *sorted((DATA / "minutes").glob("*.md"))]
SAMPLE = Path(lint.__file__).parent.parent / "flows" / "sample.toml"


def written(name: str) -> list[str]:
    """Return the lines of a sample."""
    lines = (DATA / "lint" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def found(text: str, known: KnownNames | None = None) -> list[str]:
    """Return the patterns and the words of the hits in a text."""
    return [f"{hit.pattern}: {hit.text}" for hit in in_text(text, known or KnownNames())]


# The floors


@pytest.mark.parametrize(("name", "count", "missed"), [("positive", 65, 0), ("held-out-positive", 80, 1)])
def test_what_identifies_a_patient_is_found(name: str, count: int, missed: int) -> None:
    """At least 95 % of the lines, each by the pattern that it was written for."""
    lines = [line.split("|", 1) for line in written(name)]
    unseen = [text for pattern, text in lines if pattern not in {hit.pattern for hit in in_text(text)}]

    assert len(lines) == count
    assert len(unseen) <= missed <= count * 0.05, unseen


@pytest.mark.parametrize(("name", "count", "wrong"), [("negative", 110, 1), ("held-out-negative", 120, 2)])
def test_a_journal_of_mentorships_is_left_alone(name: str, count: int, wrong: int) -> None:
    """At most 2 % of the lines of a journal are taken for a patient's; the names of its mentors are none."""
    lines = written(name)
    flagged = [line for line in lines if any(hit.is_patient for hit in in_text(line))]
    known = KnownNames(["Joseph Lister", "Florence Nightingale"])
    of_strangers = [line for line in flagged if any(hit.is_patient for hit in in_text(line, known))]

    assert len(lines) == count
    assert len(flagged) <= wrong, flagged
    assert len(of_strangers) <= count * 0.02, of_strangers


@pytest.mark.parametrize("path", MINUTES, ids=lambda path: path.stem)
def test_minutes_name_no_patient(path: Path) -> None:
    """Nothing in the minutes of meetings that the tests have is taken for a patient's."""
    assert [hit for hit in in_text(path.read_text(encoding="utf-8")) if hit.is_patient] == []


def test_the_sample_journal_names_no_patient() -> None:
    """Nor anything in the journal of the tour."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from texts(item)

    every = list(texts(tomllib.loads(SAMPLE.read_text(encoding="utf-8"))))
    assert len(every) > 100
    assert [hit for text in every for hit in in_text(text) if hit.is_patient] == []


# Single decisions


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("**MRN:** `4471829`", ["mrn: MRN:** `4471829"]),
        ("| MRN     |  4471829 |", ["mrn: MRN     |  4471829"]),
        ("MRN\u00a04471829", ["mrn: MRN\u00a04471829"]),
        ("_Mr. Micawber_ waited", ["named patient: Mr. Micawber"]),
        ("Mr. Micawber's wife, MRN 4471829", ["named patient: Mr. Micawber's", "mrn: MRN 4471829"]),
        ("Mrs. van der Berg came", ["named patient: Mrs. van der Berg"]),
        ("https://example.org/mrn/4471829 10293847", ["long number: 10293847"]),
        ("943 476 5919 is right, 943 476 5918 is not", ["nhs: 943 476 5919", "phone: 943 476 5918"]),
        ("chart no. 12 of 40, chart no. 2026, chart no. 48812", ["mrn: chart no. 48812"]),
        ("study id NCT04512345, IRB protocol no. 2026118", []),
        ("Medicare 2026-2027 rules", []),
        ("deaths over age 95, mean age 92, aged 90 and over, a 100-year-old hospital", []),
        ("Grand Rounds, 40 yo; June Jellyby, 40 yo", ["named patient: June Jellyby, 40 yo"]),
        ("Patient Safety Committee met; Pt June Jellyby fell", ["named patient: Pt June Jellyby"]),
        ("went to bed 11:30, in bed 3 days, bed 12", ["bed: bed 12"]),
        ("draft 20261107 has 1234567 words, budget 2500000, zoom 8451234567", []),
        ("call 5552017788", ["phone: call 5552017788"]),
        ("The Copperfield baby and the Christmas baby, the Apgar baby score", ["named patient: The Copperfield baby"]),
    ],
)
def test_what_is_taken_for_a_patient(text: str, hits: list[str]) -> None:
    """Marks of Markdown do not matter, links are not read, and numbers that something explains are left alone."""
    assert found(text) == hits


def test_the_people_of_the_journal_are_no_patients() -> None:
    """A known surname after a title is nobody's; a given name alone, or with another surname, may be a patient's."""
    mentors = [
        view(make_mentor(id="osler", name="William Osler, MD")),
        view(make_mentor(id="joliot", name="Irène Joliot-Curie", nickname="Poe")),
    ]
    known = KnownNames.of(profile_view(name="Elizabeth Blackwell", known_names=["Mr. Lister", "Ada Poole"]), mentors)

    for text in (
        "Mr. Osler",
        "Mr Osler's draft",
        "Mrs. Joliot-Curie",
        "Mrs. Joliot",
        "Mrs. IRENE JOLIOT-CURIE",
        "Ms. Poe",
    ):
        assert found(text, known) == []
    for text in ("Miss Blackwell", "Mr. Lister", "Mr. William Osler", "Ms. Ada Poole", "William Osler, 70 yo"):
        assert found(text, known) == []
    for text in ("Mr. William", "Ms. Ada Lovelace", "Mr. Oslerson"):
        assert found(text, known) == [f"named patient: {text}"]


def test_lines_are_numbered_from_one() -> None:
    """A hit has the line, the level, the pattern and the words as they were typed."""
    assert list(in_text("Nothing here.\n\n\u2028MRN 4471829 or osler@example.org")) == [
        Hit(3, "patient", "mrn", "MRN 4471829"),
        Hit(3, "contact", "email", "osler@example.org"),
    ]


# The closed set, and its bounds


def test_the_set_is_closed() -> None:
    """13 patterns of level patient, 3 of level contact."""
    levels: dict[str, set[str]] = {}
    for pattern in lint_patterns.PATTERNS:
        levels.setdefault(pattern.level, set()).add(pattern.name)

    assert levels["contact"] == {"email", "phone", "address"}
    assert levels["patient"] == {
        *("mrn", "accession", "ssn", "nhs", "national id", "birth", "age over 89", "named patient", "patient event"),
        *("bed", "device", "image", "long number"),
    }


def expressions() -> dict[str, str]:
    """Return every regular expression of lint, by where it is."""
    patterns = {f"{one.name} {number}": one.regex.pattern for number, one in enumerate(lint_patterns.PATTERNS)}
    for module in (lint, lint_patterns):
        patterns |= {name: one.pattern for name, one in vars(module).items() if isinstance(one, re.Pattern)}
    return patterns | {f"cut {number}": cut.pattern for number, (cut, _) in enumerate(lint_patterns.GROUPS)}


def repeats(parsed: Any) -> Iterator[int]:
    """Yield how often each repeat of a parsed expression may repeat, and those within it."""
    for item in parsed:
        if isinstance(item, tuple) and len(item) == 3 and isinstance(item[2], _parser.SubPattern):
            yield int(item[1])
        if isinstance(item, (tuple, list, _parser.SubPattern)):
            yield from repeats(item)


@pytest.mark.parametrize("name", expressions())
def test_every_repeat_is_bounded(name: str) -> None:
    """No expression has `*`, `+` or `{n,}`, so that the time grows with the length of a line only."""
    assert max(repeats(_parser.parse(expressions()[name])), default=0) <= 2000


def test_a_repeat_without_bounds_would_be_seen() -> None:
    """The rule above finds what it forbids, however deep it is."""
    for unbounded in ("a*", "a+?", "(?:x|(?<!y)(?:a{2,})b)", "(?=[^.]*z)"):
        assert max(repeats(_parser.parse(unbounded))) > 2**30


RUNS = ["1", "-", "a ", "Mr. ", "(", "1-", "x@", "patient A", "1 ", "MRN 1 ", "Mr. A ", "\u00a0", "https://a "]


def test_a_line_with_many_hits_is_one_report() -> None:
    """At most 20 hits of a line are listed."""
    assert found("Mr. Pickwick " * 100) == ["named patient: Mr. Pickwick"] * MOST_PER_LINE


@pytest.mark.parametrize("run", RUNS)
def test_hostile_runs_end(run: str) -> None:
    """A long run of the same signs hides nothing of the next line, and has at most 20 hits itself."""
    hits = list(in_text(run * (4_000 // len(run)) + "\nbed 12"))

    assert hits[-1] == Hit(2, "patient", "bed", "bed 12")
    assert len(hits) <= MOST_PER_LINE + 1


@pytest.mark.slow
@pytest.mark.parametrize("run", RUNS)
def test_long_hostile_runs_end(run: str) -> None:
    """So does one of 100 KB, with the hits of a short one."""
    short, long = (list(in_text(run * (size // len(run)) + "\nbed 12")) for size in (4_000, 100_000))

    assert long == short


@given(st.text(st.sampled_from("MRrsPT .:#-_*|19075@abx\u00a0é\n\x00\x1b日"), max_size=60))
def test_any_text_is_checked(text: str) -> None:
    """Whatever is in a text, each hit has its own words of its own line."""
    lines = text.split("\n")
    for hit in in_text(text):
        assert hit.text
        assert hit.text in lines[hit.line - 1]


# The fields

CANARY = "MRN 4471829"
RECORDS = {
    "mentor": lambda: view(make_mentor()),
    "goal": lambda: view(make_goal()),
    "task": lambda: view(make_task()),
    "meeting": lambda: view(make_meeting()),
    "note": lambda: view(make_note()),
    "review": lambda: view(make_review()),
    "profile": lambda: profile_view(),
}


def profile_view(**changes: Any) -> View:
    """Return the view of a profile."""
    return {"record": "profile", "id": "profile", **json_ready(as_data(make_profile(**changes)))}


def planted(kind: Kind, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path of every text of a kind, by its declared type, and a value of the field with the canary in it."""
    for name, one in spec(kind).items():
        if one.part:
            for inner, value in planted(one.part, f"{path}{name}."):
                wrapped: Any = dict.fromkeys(spec(one.part)) | value
                yield (inner, {name: [wrapped]}) if one.is_list else (inner, {name: wrapped})
        elif one.type_name == "str" and not (one.closed or one.target_kinds or one.managed):
            yield f"{path}{name}", {name: [CANARY] if one.is_list else CANARY}


@pytest.mark.parametrize("kind", RECORDS)
def test_every_text_of_a_record_is_checked(kind: str) -> None:
    """Each is found at its path, except those in which contact details belong."""
    unseen = []
    for path, value in planted(class_of(kind)):
        hits = in_views([{**RECORDS[kind](), **value}])
        where = {re.sub(r"\.\d+", "", hit.field or "") for hit in hits}
        unseen += [] if where == {path} else [path]

    belong = {"mentor": {"email", "phone"}, "profile": {"email", "orcid", "cv.pmid"}, "note": {"cv.pmid"}}
    assert set(unseen) == belong.get(kind, set())


def test_words_of_tables_and_unknown_keys_are_checked() -> None:
    """What a verdict changes, and keys that mentorlog does not know, such as those of an import."""
    review = {**RECORDS["review"](), "verdicts": [{"goal": "g2222", "verdict": "revise", "changes": {"why": CANARY}}]}
    task = {**RECORDS["task"](), "taskwarrior": {"annotations": [{"text": f"see\n{CANARY}"}]}}

    hits = [(hit.record, hit.id, hit.field, hit.line) for hit in in_views([review, task])]
    assert hits == [
        ("review", review["id"], "verdicts.1.changes.why", 1),
        ("task", task["id"], "taskwarrior.annotations.1.text", 2),
    ]
