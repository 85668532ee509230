"""KEY=VALUE to fields: what words mean, what is refused, and how; through the gate, as the program does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.domain.assign import keys, settable
from mentorlog.errors import BadDate, BadValue, MentorlogError, UnknownId, Usage
from mentorlog.models.fields import spec
from mentorlog.models.goal import Goal, Share
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.profile import Profile
from mentorlog.models.record import Part, as_data
from mentorlog.store.format import exact

FRIDAY, OCTOBER = date(2026, 11, 27), date(2026, 10, 1)

# A chain of goals: g2222 is part of g3333, which is part of g4444.
PARENTS = {"g2222": "g3333", "g3333": "g4444", "g4444": None, "g5555": "gzzzz"}
NAMES = {"osler": "osler", "Curie": "curie", "curie": "curie", "nightingale": "nightingale"}


def resolve(text: str, *kinds: str, by_name: bool = False) -> dict[str, Any]:
    """Find a mentor by name and a goal by id, as the journal does."""
    if kinds == ("mentor",) and by_name and text in NAMES:
        return {"id": NAMES[text]}
    if kinds == ("goal",) and text in PARENTS:
        return {"id": text, "parent": PARENTS[text], "whose": None}
    raise UnknownId(text, kinds)


def assigned(part: Part, *pairs: str, clear: Sequence[str] = ()) -> Any:
    """Set fields by words."""
    return exact.assigned(part, pairs, clear, today=TODAY, resolve=resolve)


def formed(part: Part, pairs: Mapping[str, Any]) -> Any:
    """Set fields as a form does."""
    return exact.assigned(part, pairs, (), today=TODAY, resolve=resolve)


def differences(before: Part, after: Part) -> dict[str, Any]:
    """Return the fields that changed, as data."""
    old, new = as_data(before), as_data(after)
    return {key: new.get(key) for key in {**old, **new} if old.get(key) != new.get(key)}


GOAL = make_goal(id="g2222", mentors=[Share(mentor="osler", told_on=date(2026, 10, 1))])

FITS: list[tuple[Part, list[str], dict[str, Any]]] = [
    (GOAL, ["why=For the fellowship, and for me"], {"why": "For the fellowship, and for me"}),
    (GOAL, ["WHY= spaces stay "], {"why": " spaces stay "}),
    (GOAL, ["why=a=b"], {"why": "a=b"}),
    (GOAL, ['title=[/b] =1+1 "x" \\ é 日本 🩺'], {"title": '[/b] =1+1 "x" \\ é 日本 🩺'}),
    (GOAL, ["by=in 6 weeks"], {"by": date(2027, 1, 4)}),
    (GOAL, ["by=fri"], {"by": date(2026, 11, 27)}),
    (make_goal(status="achieved", closed_on=TODAY), ["closed-on=fri"], {"closed_on": date(2026, 11, 20)}),
    (
        GOAL,
        ["competency=pbli", "priority=HIGH", "horizon= Long "],
        {"competency": "PBLI", "priority": "high", "horizon": "long"},
    ),
    (GOAL, ["tags=a, b c ,,d"], {"tags": ["a", "b c", "d"]}),
    (GOAL, ["tags=a,b", "tags=c"], {"tags": ["a,b", "c"]}),
    (GOAL, ['tags=["a, b", "c"]'], {"tags": ["a, b", "c"]}),
    (GOAL, ["tags=[/b]"], {"tags": ["[/b]"]}),
    (GOAL, ["links=https://example.org/a,b"], {"links": ["https://example.org/a,b"]}),
    (GOAL, ["parent=g4444"], {"parent": "g4444"}),
    (
        GOAL,
        ["mentors=osler, Curie,Curie"],
        {"mentors": [{"mentor": "osler", "told_on": date(2026, 10, 1)}, {"mentor": "curie", "told_on": None}]},
    ),
    (GOAL, ["with=curie"], {"mentors": [{"mentor": "curie", "told_on": None}]}),
    (GOAL, ["mentors.1.told_on=yesterday"], {"mentors": [{"mentor": "osler", "told_on": date(2026, 11, 22)}]}),
    (
        GOAL,
        ['mentors=[{mentor = "Curie", told_on = 2026-11-01}]'],
        {"mentors": [{"mentor": "curie", "told_on": date(2026, 11, 1)}]},
    ),
    (
        make_mentor(),
        ["cadence.every_days=every 4 weeks", "cadence.minutes=30"],
        {"cadence": {"every_days": 28, "longest_days": None, "mode": None, "minutes": 30}},
    ),
    (
        make_mentor(every=28),
        ["cadence={every_days = 14}"],
        {"cadence": {"every_days": 14, "longest_days": None, "mode": None, "minutes": None}},
    ),
    (make_mentor(), ["roles=Advisor,role model"], {"roles": ["advisor", "role_model"]}),
    (
        make_mentor(),
        ['fit=[{on = 2026-11-01, answer = "not-good"}]'],
        {
            "fit": [
                {
                    "on": date(2026, 11, 1),
                    "answer": "not_good",
                    "productive": None,
                    "amicable": None,
                    "beneficial": None,
                    "comment": None,
                }
            ]
        },
    ),
    (make_task(), ["owner=Curie", "due=fri"], {"owner": "curie", "due": date(2026, 11, 27)}),
    (make_task(owner="osler"), ["owner=me"], {"owner": "me"}),
    (make_meeting(), ["on=fri", "status=planned"], {"on": date(2026, 11, 27), "status": "planned"}),
    (make_meeting(status="planned"), ["on=fri"], {"on": date(2026, 11, 27)}),
    (make_meeting(status="planned"), ["on=fri", "status=held"], {"on": date(2026, 11, 20), "status": "held"}),
    (make_meeting(status="held"), ["on=tue"], {"on": date(2026, 11, 17)}),
    (make_mentor(), ["started=fri", "term_ends=fri"], {"started": date(2026, 11, 20), "term_ends": date(2026, 11, 27)}),
    (
        make_meeting(),
        ["agenda=Fellowship, and after"],
        {"agenda": [{"text": "Fellowship, and after", "goal": None, "done": False}]},
    ),
    (make_note(), ["on=fri", "mentors=osler"], {"on": date(2026, 11, 20), "mentors": ["osler"]}),
    (
        Profile(),
        ["strengths=listening, suturing", "stage=Junior staff"],
        {"strengths": ["listening", "suturing"], "stage": "junior_staff"},
    ),
]


@pytest.mark.parametrize(
    ("part", "pairs", "changed"), FITS, ids=lambda one: str(one[0]) if isinstance(one, list) else ""
)
def test_words_become_values(part: Part, pairs: list[str], changed: dict[str, Any]) -> None:
    """A word is read as the type of its field asks, and no other field changes."""
    assert differences(part, assigned(part, *pairs)) == changed


REFUSED: list[tuple[Part, list[str], type[MentorlogError], str]] = [
    (GOAL, ["by=friday banana"], BadDate, "'friday banana' is not a date."),
    (GOAL, ["by=03/02/2027"], BadDate, "is ambiguous"),
    (GOAL, ["closed_on=2027-01-01"], BadDate, "is in the future"),
    (GOAL, ["horizon=soon"], BadValue, "Unknown horizon 'soon'."),
    (GOAL, ["title=two\nlines"], BadValue, "title has more than one line."),
    (GOAL, ["why=\udcff"], BadValue, "is not valid UTF-8"),
    (GOAL, ["why="], BadValue, "'why=' has no value."),
    (GOAL, ["by"], Usage, "'by' is not KEY=VALUE."),
    (GOAL, ["=fri"], Usage, "is not KEY=VALUE."),
    (GOAL, ["by=fri", "by=sat"], Usage, "'by' is set 2 times."),
    (GOAL, [], Usage, "Nothing to change"),
    (GOAL, ["colour=red"], BadValue, "A goal has no field 'colour'."),
    (GOAL, ["extra=red"], BadValue, "A goal has no field 'extra'."),
    (GOAL, ["id=g9999"], BadValue, "id is maintained by mentorlog"),
    (GOAL, ["created=2026-01-01"], BadValue, "created is maintained by mentorlog"),
    (GOAL, ["record=task"], BadValue, "record is maintained by mentorlog"),
    (GOAL, ["history=x"], BadValue, "history is maintained by mentorlog"),
    (GOAL, ["mentors=osler,nobody"], UnknownId, "No mentor matches 'nobody'."),
    (GOAL, ['mentors=[{mentor = "nobody"}]'], UnknownId, "No mentor matches 'nobody'."),
    (GOAL, ["parent=gzzzz"], UnknownId, "No goal matches 'gzzzz'."),
    (GOAL, ["parent=g2222"], BadValue, "A goal cannot be part of itself."),
    (make_goal(id="g4444"), ["parent=g2222"], BadValue, "A goal cannot be part of itself."),
    (GOAL, ["progress=done"], BadValue, "progress must be a list of tables."),
    (GOAL, ["progress.1.percent=3"], BadValue, "progress.1.on is missing."),
    (GOAL, ["progress.2.percent=3"], BadValue, "progress has no entry '2'."),
    (GOAL, ["mentors.0.told_on=fri"], BadValue, "mentors has no entry '0'."),
    (GOAL, ["mentors.2.told_on=fri"], BadValue, "mentors.2.mentor is missing."),
    (GOAL, ["mentors.1.colour=red"], BadValue, "mentors.1 has no field 'colour'."),
    (GOAL, ["title.x=3"], BadValue, "title has no fields of its own."),
    (GOAL, ['tags=["a"'], BadValue, "The value is not valid TOML."),
    (GOAL, ['tags=["a"]\nwhy = "b"'], BadValue, "The value is not valid TOML."),
    (make_mentor(), ["cadence.minutes=30"], BadValue, "cadence.every_days is missing."),
    (make_mentor(), ["cadence.every_days=0"], BadValue, "every_days must be a number from 1 to 3660."),
    (make_mentor(), ["cadence.every_days=often"], BadDate, "'often' is not a length of time."),
    (make_mentor(every=28), ["cadence.minutes=half an hour"], BadValue, "minutes must be a whole number."),
    (make_mentor(), ["status_log=[]"], BadValue, "status_log is maintained by mentorlog"),
    (make_meeting(), ["usefulness=6"], BadValue, "usefulness must be a number from 1 to 5."),
    (make_review(), ["facts.tasks_done=3"], BadValue, "facts is maintained by mentorlog"),
    (Profile(), ["id=me"], BadValue, "A profile has no field 'id'."),
]


@pytest.mark.parametrize(
    ("part", "pairs", "error", "sentence"), REFUSED, ids=lambda one: str(one)[:40] if isinstance(one, list) else ""
)
def test_what_does_not_fit_is_refused(part: Part, pairs: list[str], error: type[MentorlogError], sentence: str) -> None:
    """Each wrong word is one sentence that names it."""
    with pytest.raises(error) as refused:
        assigned(part, *pairs)

    assert sentence in refused.value.sentence


def test_an_unknown_field_names_the_known_ones() -> None:
    """The hint lists what may be set."""
    with pytest.raises(BadValue) as refused:
        assigned(GOAL, "colour=red")

    assert refused.value.hint == f"its fields: {', '.join(settable(Goal))}"
    assert "history" not in settable(Goal)


def test_clearing_empties_a_field() -> None:
    """A cleared field is as if it had never been said; one with a default has that again."""
    goal = make_goal(why="So that", by=date(2027, 1, 1), priority="high", tags=("a",), mentors=["osler"])

    after = assigned(goal, clear=["why", "by", "priority", "tags", "with"])

    assert differences(goal, after) == {"why": None, "by": None, "priority": "normal", "tags": [], "mentors": []}


def test_clearing_takes_one_entry_out_of_a_list() -> None:
    """`--clear progress.1` takes out the first entry."""
    goal = make_goal().progressed(10, on=TODAY).progressed(20, on=TODAY)

    assert [entry.percent for entry in assigned(goal, clear=["progress.1"]).progress] == [20]


def test_an_unknown_key_can_be_cleared_but_not_set() -> None:
    """What somebody else wrote into a file can go, and stays otherwise."""
    goal = make_goal(extra={"colour": "red", "shape": "round"})

    assert assigned(goal, "why=x").extra == {"colour": "red", "shape": "round"}
    assert assigned(goal, clear=["colour"]).extra == {"shape": "round"}


@pytest.mark.parametrize("field", ["title", "id", "history", "nothing"])
def test_what_must_stay_is_not_cleared(field: str) -> None:
    """A needed field, one that mentorlog keeps, and one that there is not are refused."""
    with pytest.raises(BadValue):
        assigned(make_goal(), clear=[field])


@pytest.mark.parametrize(
    ("part", "pair", "clear", "sentence"),
    [
        (GOAL, "by=fri", "by", "'by' is set and cleared at once."),
        (GOAL, "mentors.1.told_on=fri", "mentors", "'mentors.1.told_on' is set and 'mentors' is cleared at once."),
        (GOAL, "mentors=osler", "mentors.1", "'mentors' is set and 'mentors.1' is cleared at once."),
        (
            make_mentor(every=28),
            "cadence.every_days=14",
            "cadence",
            "'cadence.every_days' is set and 'cadence' is cleared at once.",
        ),
    ],
)
def test_a_field_is_not_set_and_cleared_at_once(part: Part, pair: str, clear: str, sentence: str) -> None:
    """Nobody can tell which of the two is meant, of a field or of one within it."""
    with pytest.raises(BadValue) as refused:
        assigned(part, pair, clear=[clear])

    assert refused.value.sentence == sentence


def test_entries_are_cleared_by_the_numbers_that_they_had() -> None:
    """Taking out one entry moves none that is named beside it."""
    goal = make_goal()
    for percent in (10, 20, 30, 40):
        goal = goal.progressed(percent, on=TODAY)

    after = assigned(goal, "progress.4.percent=50", clear=["progress.1", "progress.3", "progress.1"])

    assert [entry.percent for entry in after.progress] == [20, 50]


def test_within_a_table_that_is_not_there_nothing_is_cleared() -> None:
    """It stays absent, and no empty one is made."""
    assert differences(make_mentor(), assigned(make_mentor(), clear=["cadence.minutes"])) == {}


EVERY_KIND = [
    make_goal(id="g2222", mentors=["osler"], closed_on=TODAY).progressed(10, "Begun", on=TODAY),
    make_task(due=TODAY).submitted(on=TODAY),
    make_mentor(every=28).fitting("good", on=TODAY).expecting({"mine": ["Time"]}),
    make_meeting(agenda=(AgendaItem(text="Journal"),)),
    make_note(kind="advice"),
    make_review(),
    make_profile(),
]


def keys_of(kind: type[Part], value: Any, start: str = "") -> Iterator[str]:
    """Yield every key of a kind, and those within its tables and first entries."""
    for name, one in spec(kind).items():
        yield f"{start}{name}"
        if part := one.part:
            inner = getattr(value, name, None)
            if isinstance(inner, tuple):
                yield from (f"{start}{name}.1", *keys_of(part, inner[0], f"{start}{name}.1.")) if inner else ()
            else:
                yield from keys_of(part, inner, f"{start}{name}.")


@pytest.mark.parametrize("part", EVERY_KIND, ids=lambda part: type(part).__name__)
def test_every_key_is_cleared_or_refused(part: Part) -> None:
    """Alone, beside another field, beside itself and beside a field within it: never a failure of another kind."""
    names = list(keys_of(type(part), part))
    beside = next(f"{name}=x" for name in ("notes", "comment", "strengths") if name in names)
    for key in names:
        for pairs in ((), (beside,), (f"{key}=x",), (f"{key}.on=fri",), ("on=fri",), (f"{key}.1.percent=5",)):
            with suppress(MentorlogError):
                assigned(part, *pairs, clear=[key])


FORMS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"by": date(2027, 2, 1), "tags": ["a", "b"]}, {"by": date(2027, 2, 1), "tags": ["a", "b"]}),
    ({"by": "in 6 weeks"}, {"by": date(2027, 1, 4)}),
    ({"with": ["curie"]}, {"mentors": [{"mentor": "curie", "told_on": None}]}),
    ({"why": "x", "clear": ["mentors"]}, {"why": "x", "mentors": []}),
]


@pytest.mark.parametrize(("form", "changed"), FORMS)
def test_a_form_sets_values_of_their_own_types(form: dict[str, Any], changed: dict[str, Any]) -> None:
    """The changes of a review's verdict are a mapping; `clear` in it empties fields."""
    assert differences(GOAL, formed(GOAL, form)) == changed


@pytest.mark.parametrize(
    "form",
    [
        {"by": 0},
        {"by": True},
        {"priority": 3},
        {"why": ["a"]},
        {"tags": [1]},
        {"clear": "why"},
        {"mentors": [3]},
        {"a": {"b": 1}},
    ],
)
def test_a_form_with_a_value_of_another_type_is_refused(form: dict[str, Any]) -> None:
    """Nothing is turned into what it is not."""
    with pytest.raises(BadValue):
        formed(GOAL, form)


def test_keys_are_told_as_they_are_known() -> None:
    """What was set is named by its field, once."""
    assert keys(["growth-areas=a", "With=osler", "with=curie"], ["BY"]) == ["growth_areas", "mentors", "by"]


def test_what_is_left_alone_stays_the_same() -> None:
    """A profile keeps its other fields."""
    profile = make_profile()

    assert differences(profile, assigned(profile, "needs=sponsor")) == {"needs": ["sponsor"]}


@pytest.mark.parametrize(
    ("part", "pairs", "expected"),
    [
        (make_task(), ["status=done"], {"done_on": TODAY}),
        (make_task(), ["status=Done", "done_on=yesterday"], {"done_on": date(2026, 11, 22)}),
        (make_task(done_on=date(2026, 11, 1)), ["status=done"], {}),
        (make_task(status="done", done_on=date(2026, 11, 1)), ["status=todo"], {"done_on": None}),
        (make_task(status="done", done_on=date(2026, 11, 1)), ["status=done"], {}),
        (make_note(kind="advice", status="open"), ["status=closed"], {"closed_on": TODAY}),
        (make_note(kind="advice", status="open"), ["status=closed", "kind=note"], {"closed_on": TODAY, "kind": "note"}),
        (make_note(), ["status=open", "kind=question"], {"kind": "question"}),
        (make_goal(), ["status=achieved"], {"closed_on": TODAY}),
        (make_meeting(status="planned"), ["status=cancelled"], {"cancelled_by": "me"}),
        (make_meeting(status="planned"), ["status=cancelled", "cancelled_by=other"], {"cancelled_by": "other"}),
        (make_meeting(status="cancelled", cancelled_by="them"), ["status=held"], {"cancelled_by": None}),
        (make_mentor(status="candidate", started=None), ["status=active"], {"started": TODAY}),
        (make_mentor(status="candidate", started=None), ["status=active", "started=2026-10-01"], {"started": OCTOBER}),
    ],
)
def test_a_state_that_is_set_brings_its_day(part: Part, pairs: list[str], expected: dict[str, object]) -> None:
    """As the commands for it do: what is done has a day, what is open has none; what is said besides stays."""
    story = ("status", "history", "status_log")
    moved = {key: value for key, value in differences(part, assigned(part, *pairs)).items() if key not in story}

    assert moved == expected


@pytest.mark.parametrize(
    ("part", "pairs", "sentence", "hint"),
    [
        (make_goal(id="g2222"), ["status=paused"], "A pause needs a reason.", "mentorlog goal pause g2222"),
        (make_goal(id="g2222"), ["status=dropped"], "needs a reason", "mentorlog goal drop g2222"),
        (make_goal(id="g2222"), ["status=partly"], "needs a reason", "mentorlog goal achieve g2222 --partly"),
        (make_mentor(), ["status=ended"], "a closure is needed", "mentorlog mentor end osler"),
        (make_mentor(), ["status=stay_in_touch"], "a closure is needed", "mentor end osler --stay-in-touch"),
        (make_task(id="t2222", status="done"), ["status=doing"], "is done", "mentorlog task reopen t2222"),
        (make_meeting(id="m2222"), ["status=missed"], "was held", "mentorlog set m2222 status=planned"),
        (make_meeting(status="planned", on=FRIDAY), ["status=held"], "cannot have been held", "on=DATE"),
        (
            make_task(),
            ["status=doing", "done_on=yesterday"],
            "done_on and status=doing cannot be set together.",
            "set only one",
        ),
        (
            make_meeting(status="planned"),
            ["status=missed", "cancelled_by=me"],
            "cancelled_by and status=missed cannot",
            "set only one",
        ),
    ],
)
def test_a_state_that_lacks_what_it_needs_is_refused(part: Part, pairs: list[str], sentence: str, hint: str) -> None:
    """The hint is the command that asks for it."""
    with pytest.raises(MentorlogError) as refused:
        assigned(part, *pairs)

    assert sentence in refused.value.sentence
    assert hint in (refused.value.hint or "")


def test_a_state_that_is_cleared_is_the_usual_one() -> None:
    """A task without a state is to be done."""
    task = assigned(make_task(status="done", done_on=TODAY), clear=["status"])

    assert (task.status, task.done_on) == ("todo", None)


def test_a_state_that_is_set_stands_in_the_story() -> None:
    """Of a goal in its history, of a mentorship in its log of states; on the day that is said of it."""
    goal, mentor = (
        assigned(make_goal(), "status=achieved", "closed_on=yesterday"),
        assigned(make_mentor(), "status=paused"),
    )

    yesterday = date(2026, 11, 22)
    assert [(one.on, one.field, one.old, one.new) for one in goal.history] == [
        (yesterday, "status", "active", "achieved")
    ]
    assert [(one.on, one.status) for one in mentor.status_log][-1:] == [(TODAY, "paused")]


CONTRADICTIONS: list[tuple[Any, str, str]] = [
    (
        make_goal(),
        "closed_on=yesterday",
        "closed_on belongs to a goal that is achieved, partly or dropped; this one is active",
    ),
    (make_task(), "done_on=yesterday", "done_on belongs to a task that is done; this one is todo"),
    (make_note(kind="advice", status="open"), "closed_on=today", "closed_on belongs to a note that is closed"),
    (make_meeting(), "cancelled_by=me", "cancelled_by belongs to a meeting that is cancelled; this one is held"),
    (make_meeting(status="missed"), "cancelled_by=them", "cancelled_by belongs to a meeting that is cancelled"),
    (make_mentor(started=date(2026, 11, 1)), "term_ends=2026-10-01", "is before started"),
    (make_mentor(started=date(2026, 1, 1), term_ends=date(2026, 2, 1)), "started=2026-03-01", "is before started"),
]


@pytest.mark.parametrize(("record", "pair", "sentence"), CONTRADICTIONS)
def test_what_contradicts_the_rest_of_a_record_is_refused(record: Any, pair: str, sentence: str) -> None:
    """A date or word of a status is set with that status only, and an end not before its beginning.

    A record that was contradictory by hand stays readable, and its other fields can be set.
    """
    with pytest.raises(BadValue, match=sentence) as refused:
        assigned(record, pair)

    field, _, value = pair.partition("=")
    if "belongs" in sentence:
        hint = refused.value.hint or ""
        if record.KIND == "meeting" and record.status == "held":
            assert hint == f"if it was not held: mentorlog set {record.id} status=planned"
        else:
            assert assigned(record, pair, hint.split()[1]).status == hint.split()[1].partition("=")[2]
        odd = replace(record, **{field: TODAY if field.endswith("_on") else value})
        assert assigned(odd, "tags=x").tags == ("x",)
