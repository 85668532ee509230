"""The declarations of fields: each field says once what it is, and everybody who must know it asks there."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields as dataclass_fields
from datetime import UTC, date, datetime
from types import ModuleType
from typing import Any

import pytest

from mentorlog import vocabulary
from mentorlog.domain.assign import ValueParser, assign, settable
from mentorlog.domain.reviewing.answers import ReviewForm
from mentorlog.errors import BadValue
from mentorlog.models import fields
from mentorlog.models.fields import class_of, spec
from mentorlog.models.record import Part, Record, as_data, view
from mentorlog.store.format import toml, validate
from mentorlog.store.index.rows import index_record

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)


def parts_of(kind: type[Part]) -> Iterator[type[Part]]:
    """Yield a kind and the parts within it."""
    yield kind
    for one in spec(kind).values():
        if one.part:
            yield from parts_of(one.part)


KINDS = [*map(class_of, (*vocabulary.RECORD_KINDS, "profile")), ReviewForm]
EVERY = list(dict.fromkeys(part for kind in KINDS for part in parts_of(kind)))


def named(kind: type[Part]) -> str:
    """Name a case by its class."""
    return kind.__name__


@pytest.mark.parametrize("kind", EVERY, ids=named)
def test_every_field_is_declared(kind: type[Part]) -> None:
    """No field of a file stands without a declaration; only what keeps unknown keys has none."""
    assert {one.name for one in dataclass_fields(kind)} - spec(kind).keys() == {fields.EXTRA.name}


def test_a_field_without_a_declaration_is_refused() -> None:
    """A plain default says nothing of the field: the first use of its kind fails."""

    @fields.declared
    class Letter(Part):
        answer: str | None = None

    with pytest.raises(TypeError, match=r"Letter\.answer has no declaration"):
        Letter()


@pytest.mark.parametrize("kind", EVERY, ids=named)
def test_a_declaration_fits_its_annotation(kind: type[Part]) -> None:
    """A day is annotated as a date, a word as a text, a part by its name; what is empty has the empty value."""
    for one in spec(kind).values():
        said = {
            "date": one.past
            or one.sort_day
            or bool((one.reached and not one.closed) or one.ahead_in or one.not_before),
            "str": bool(one.closed or one.open or one.one_line or one.target_kinds),
        }
        numbers = ("float",) if one.in_halves else ("int", "float")

        assert [holds for holds, known in said.items() if known and one.type_name != holds] == [], one.name
        assert not (one.between or one.in_halves) or one.type_name in numbers, one.name
        assert one.part is None or one.part.__name__ == one.type_name, one.name
        assert one.required or (one.default == () if one.is_list else one.default is not None or one.optional), one.name


@pytest.mark.parametrize("kind", EVERY, ids=named)
def test_a_declaration_names_what_is_there(kind: type[Part]) -> None:
    """Keys, kinds and states that a declaration names exist."""
    statuses = spec(kind)["status"].closed if "status" in spec(kind) else ()
    for one in spec(kind).values():
        assert {*one.target_kinds} <= {*vocabulary.RECORD_KINDS}, one.name
        assert not one.key or (one.part and {*one.key} <= spec(one.part).keys()), one.name
        assert {*one.reached, *filter(None, [one.ahead_in])} <= {*statuses}, one.name
        if isinstance(one.private, tuple):
            field, values = one.private
            assert {*values} <= {*(spec(kind)[field].closed or values)}, one.name


@pytest.mark.parametrize("kind", [kind for kind in KINDS if issubclass(kind, Record)], ids=named)
def test_a_file_begins_with_its_id_and_ends_with_what_every_record_has(kind: type[Part]) -> None:
    """The order of keys is that of the declarations: id, those of the kind, those of every record."""
    names = list(spec(kind))

    assert names[0] == "id"
    assert names[-7:] == ["visibility", "tags", "links", "created", "source", "conflicts", "notes"]


# A new field in a new kind of record: nothing else is told of it


@fields.declared
class Packet(Part):
    """What was sent along."""

    to: str = fields.required(fields.ref("mentor"))
    sent: date | None = fields.day(past=True)
    comment: str | None = fields.prose(private=True)


@fields.declared
class Letter(Record):
    """A kind of record that the program does not have."""

    KIND = "letter"
    FOLDER = "letters"

    title: str = fields.required(fields.line(search=fields.TITLE))
    status: str = fields.state(("asked", "written"), default="asked")
    mood: str | None = fields.word(("glad", "torn"))
    due: date | None = fields.day(sort_day=True)
    written_on: date | None = fields.day(past=True, reached=("written",))
    goal: str | None = fields.ref("goal")
    stars: int | None = fields.number(1, 5)
    doubts: str | None = fields.prose(private=True)
    log: Sequence[str] = fields.texts(managed=True)
    packets: Sequence[Packet] = fields.parts(Packet, key=("to",))


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind stands where the others stand."""
    module = ModuleType("mentorlog.models.letter")
    module.Letter = Letter  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)


def letter(**more: Any) -> Letter:
    """Make a letter."""
    packets = (Packet(to="osler", comment="In haste"),)
    values = {"title": "For the fellowship", "goal": "g7k3q", "doubts": "Too soon?", "packets": packets} | more
    return Letter(id="letter", created=NOW, **values)


def assigned(**words: str) -> Letter:
    """Return a letter with fields set by words."""

    def resolve(text: str, *kinds: str, by_name: bool = False) -> dict[str, Any]:
        return {"id": f"{text}-{'-'.join(kinds)}", "parent": None}

    pairs = [f"{key}={word}" for key, word in words.items()]
    return assign(letter(status="written"), pairs, (), ValueParser(NOW.date(), resolve, toml.literal), validate.accept)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": "Two\nlines"}, "title has more than one line."),
        ({"mood": "bored"}, "Unknown mood 'bored'."),
        ({"stars": 6}, "stars must be a number from 1 to 5."),
        ({"due": date(9999, 1, 1)}, "due is after the year 9000."),
    ],
)
def test_the_rules_know_a_new_field(values: dict[str, Any], sentence: str) -> None:
    """What a declaration refuses no record holds."""
    with pytest.raises(BadValue) as caught:
        letter(**values)

    assert caught.value.sentence == sentence


def test_what_comes_from_outside_is_checked_by_the_declarations() -> None:
    """The schema of a kind is made of them: types, lists, parts."""
    data = as_data(letter(), full=False)

    assert as_data(validate.accept(Letter, data)) == as_data(letter())
    for field, value, words in (
        ("due", "soon", "due must be a date like 2027-02-03."),
        ("packets", [{"to": 7}], "packets.1.to must be text in quotes."),
    ):
        with pytest.raises(BadValue, match=words):
            validate.accept(Letter, {**data, field: value})


def test_set_reads_words_as_the_declarations_say() -> None:
    """A day that has been is looked for behind, one to come ahead; names of records are looked up."""
    made = assigned(due="fri", written_on="fri", goal="g7", packets="curie,osler")

    assert (made.due, made.written_on) == (date(2026, 12, 4), date(2026, 11, 27))
    assert made.goal == "g7-goal"
    assert [one.to for one in made.packets] == ["curie-mentor", "osler"]


def test_set_refuses_what_is_kept() -> None:
    """What mentorlog keeps is no field that may be set."""
    assert {"id", "created", "log"} & {*settable(Letter)} == set()
    with pytest.raises(BadValue, match="log is maintained by mentorlog"):
        assigned(log="x")


def test_a_day_of_another_state_is_seen() -> None:
    """The day on which a state was reached stands in no other."""
    stray = fields.stray_date(Letter, {"status": "asked", "written_on": "2026-11-27"})
    assert stray is not None
    assert stray.name == "written_on"


def test_links_and_days_are_found() -> None:
    """Every id that a declaration calls one is a link, in parts too."""
    entry = index_record(letter(tags=("career",), due=date(2027, 1, 4)), "letters/letter.toml", "")

    assert [(role, target) for _, _, role, target, _, _ in entry.links()] == [
        ("goal", "g7k3q"),
        ("to", "osler"),
        ("tag", "career"),
    ]
    assert "2027-01-04" in entry.row


def test_the_search_knows_titles_texts_and_words() -> None:
    """Prose is text, ids and words of lists are single words, states are neither."""
    title, text, words, *forms = index_record(letter(mood="glad"), "letters/letter.toml", "").words()

    assert title == "For the fellowship"
    assert text == "Too soon? · In haste"
    assert words.split() == ["glad", "g7k3q", "osler"]
    assert forms == ["", ""]


def test_what_is_private_stays() -> None:
    """Private fields are emptied at every level, and nothing else."""
    seen = view(letter())
    bare = fields.cut(Letter, seen, "others")

    assert (bare["doubts"], bare["packets"][0]["comment"]) == (None, None)
    assert {**bare, "doubts": "Too soon?", "packets": seen["packets"]} == seen
