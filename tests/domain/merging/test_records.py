"""The rules of a merge, each by an example: what is taken, what stays, what is left to choose."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from mentorlog.domain.merging.records import entry_name, merge
from mentorlog.models.fields import class_of, spec, units
from mentorlog.models.record import as_data
from mentorlog.store.format.merged import merged_part

JAN, FEB, MAR = (date(2027, month, 3) for month in (1, 2, 3))
CREATED = datetime(2026, 9, 1, 9, tzinfo=UTC)
Data = dict[str, Any]

OFF = {"status": "cancelled"}
TEN = {"on": JAN, "count": 10}
TWO_PASSAGES = {"field": "notes", "both": ["One page.", "Two pages."]}

BASES: dict[str, Data] = {
    "goal": {"id": "g7k3q", "title": "Case report", "created": CREATED, "tags": ["a", "b"]},
    "task": {"id": "t4m2x", "title": "Draft", "created": CREATED, "due": JAN, "status": "todo"},
    "meeting": {"id": "m4k2p", "created": CREATED, "on": JAN, "at": "14:00", "status": "planned"},
    "note": {"id": "n2b3c", "created": CREATED, "on": JAN, "text": "A text", "kind": "question", "status": "open"},
    "mentor": {"id": "osler", "name": "William Osler", "created": CREATED, "status": "candidate"},
    "review": {"id": "r7k3q", "created": CREATED, "on": JAN, "period": {"start": JAN, "end": FEB}, "facts": {}},
    "profile": {"name": "Elizabeth Blackwell"},
}

# kind, what is added to the ancestor, to one side, to the other, the result, and what is left to choose;
# None takes a field out.
CASES: dict[str, tuple[str, Data, Data, Data, Data, list[Data]]] = {
    "a change of one side is taken": ("goal", {}, {"title": "Poster"}, {"by": JAN}, {"title": "Poster", "by": JAN}, []),
    "the same change is taken once": ("goal", {}, {"by": JAN}, {"by": JAN}, {"by": JAN}, []),
    "a change beats a clearing": ("goal", {"by": JAN}, {"by": None}, {"by": FEB}, {"by": FEB}, []),
    "of two titles the longer is shown": (
        *("goal", {}, {"title": "Poster"}, {"title": "A poster"}, {"title": "A poster"}),
        [{"other": {"title": "Poster"}}],
    ),
    "of two days ahead the earlier is shown": (
        *("goal", {}, {"by": FEB}, {"by": MAR}, {"by": FEB}, [{"other": {"by": MAR}}]),
    ),
    "of two past days the later is shown": (
        *("mentor", {}, {"started": FEB}, {"started": MAR}, {"started": MAR}, [{"other": {"started": FEB}}]),
    ),
    "the more private visibility is shown": (
        *("goal", {}, {"visibility": "private"}, {"visibility": "open"}, {"visibility": "private"}),
        [{"other": {"visibility": "open"}}],
    ),
    "the higher priority is shown": (
        *("task", {}, {"priority": "high"}, {"priority": "low"}, {"priority": "high"}),
        [{"other": {"priority": "low"}}],
    ),
    "words are added and taken out": (
        *("goal", {}, {"tags": ["b", "c"]}, {"tags": ["a", "b", "d"]}, {"tags": ["b", "c", "d"]}, []),
    ),
    "of two steps the further is taken": (
        *("task", {}, {"status": "done", "done_on": FEB}, {"status": "doing"}, {"status": "done", "done_on": FEB}, []),
    ),
    "of two days on which it was done the earlier is taken": (
        *("task", {}, {"status": "done", "done_on": FEB}, {"status": "done", "done_on": MAR}),
        *({"status": "done", "done_on": FEB}, []),
    ),
    "done or dropped is a choice, with the day": (
        *("task", {}, {"status": "done", "done_on": FEB}, {"status": "dropped"}, {"status": "dropped"}),
        [{"other": {"status": "done", "done_on": FEB}}],
    ),
    "what was reopened is a choice": (
        *("task", {"status": "done", "done_on": FEB}, {"status": "todo", "done_on": None}, {"done_on": JAN}),
        *({"status": "done", "done_on": JAN}, [{"other": {"status": "todo"}}]),
    ),
    "an end beside a pause is a choice": (
        *("goal", {}, {"status": "achieved", "closed_on": FEB}, {"status": "paused"}),
        *({"status": "achieved", "closed_on": FEB}, [{"other": {"status": "paused"}}]),
    ),
    "a meeting that was held is not moved": (
        *("meeting", {}, {"status": "held"}, {"on": FEB}, {"status": "held", "on": JAN}, [{"other": {"on": FEB}}]),
    ),
    "a day and its hour come from one side": (
        *("meeting", {}, {"on": FEB, "at": "15:00"}, {"on": MAR}, {"on": FEB, "at": "15:00"}),
        [{"other": {"on": MAR, "at": "14:00"}}],
    ),
    "who cancelled is a choice": (
        *("meeting", {}, {**OFF, "cancelled_by": "me"}, {**OFF, "cancelled_by": "them"}),
        *({**OFF, "cancelled_by": "them"}, [{"other": {"cancelled_by": "me"}}]),
    ),
    "a note that was closed keeps its new kind to choose": (
        *("note", {}, {"status": "closed", "closed_on": FEB}, {"kind": "advice"}),
        *({"status": "closed", "closed_on": FEB, "kind": "question"}, [{"other": {"kind": "advice"}}]),
    ),
    "an entry of both sides is merged by field": (
        *("task", {"rounds": [{"sent": JAN}]}, {"rounds": [{"sent": JAN, "returned": FEB}]}),
        *({"rounds": [{"sent": JAN, "comment": "Shorter"}]},),
        *({"rounds": [{"sent": JAN, "returned": FEB, "comment": "Shorter"}]}, []),
    ),
    "a choice in an entry says where": (
        *("task", {"rounds": [{"sent": JAN}]}, {"rounds": [{"sent": JAN, "returned": FEB}]}),
        *({"rounds": [{"sent": JAN, "returned": MAR}]}, {"rounds": [{"sent": JAN, "returned": MAR}]}),
        [{"at": "rounds[2027-01-03].", "other": {"returned": FEB}}],
    ),
    "an entry that was changed is not deleted": (
        *("meeting", {"agenda": [{"text": "A"}]}, {"agenda": None}, {"agenda": [{"text": "A", "done": True}]}),
        *({"agenda": [{"text": "A", "done": True}]}, []),
    ),
    "entries without a key are all kept, by their days": (
        *("goal", {}, {"progress": [{"on": FEB, "percent": 20}]}, {"progress": [{"on": JAN, "text": "Begun"}]}),
        *({"progress": [{"on": JAN, "text": "Begun"}, {"on": FEB, "percent": 20}]}, []),
    ),
    "two totals are kept, and are to be added up": (
        *("goal", {"progress": [TEN]}, {"progress": [TEN, {"on": FEB, "count": 13}]}),
        *({"progress": [TEN, {"on": FEB, "count": 14}]},),
        *({"progress": [TEN, {"on": FEB, "count": 13}, {"on": FEB, "count": 14}]},),
        [{"field": "progress.count", "both": ["13 (2027-02-03)", "14 (2027-02-03)"]}],
    ),
    "a cadence is one value": (
        *("mentor", {}, {"cadence": {"every_days": 14}}, {"cadence": {"every_days": 28, "minutes": 30}}),
        *({"cadence": {"every_days": 28, "minutes": 30}}, [{"other": {"cadence": {"every_days": 14}}}]),
    ),
    "the same sentence of both stands twice, and is a choice": (
        *("goal", {"notes": "Begin. End."}, {"notes": "Begin early. End."}, {"notes": "Begin late. End."}),
        *({"notes": "Begin early. Begin late. End."},),
        [{"field": "notes", "both": ["Begin early.", "Begin late."]}],
    ),
    "a choice that one side made is made": (
        *("goal", {"conflicts": [{"other": {"title": "B"}}]}, {"title": "B", "conflicts": None}, {"by": JAN}),
        *({"title": "B", "by": JAN}, []),
    ),
    "what is not known is merged by its type": (
        *("goal", {"x": {"deep": ["a"], "n": 1}}),
        *({"x": {"deep": ["a", "b"], "n": 2}}, {"x": {"deep": ["a", "c"], "n": 3}}),
        *({"x": {"deep": ["a", "b", "c"], "n": 3}}, [{"at": "x.", "other": {"n": 2}}]),
    ),
    "a word that is not known stays one word": (
        *("goal", {"mood": "calm"}, {"mood": "glad"}, {"mood": "torn"}, {"mood": "torn"}),
        [{"other": {"mood": "glad"}}],
    ),
    "true is not one": ("goal", {"x": 1}, {"x": True}, {}, {"x": True}, []),
    "a publication goes its way": (
        *("profile", {"cv": [{"section": "article", "title": "A", "state": "draft"}]},),
        *({"cv": [{"section": "article", "title": "A", "state": "submitted"}]},),
        *({"cv": [{"section": "article", "title": "A", "state": "accepted"}]},),
        *({"cv": [{"section": "article", "title": "A", "state": "accepted"}]}, []),
    ),
    "a verdict comes with its reason": (
        *("review", {}, {"verdicts": [{"goal": "g7k3q", "verdict": "drop", "reason": "No time"}]},),
        *({"verdicts": [{"goal": "g7k3q", "verdict": "keep"}]},),
        *({"verdicts": [{"goal": "g7k3q", "verdict": "drop", "reason": "No time"}]},),
        [{"at": "verdicts[g7k3q].", "other": {"verdict": "keep"}}],
    ),
    "two answers to one question are a question again": (
        *("goal", {"title": "A poster", "conflicts": [{"other": {"title": "Poster"}}]}, {"conflicts": None}),
        *({"title": "Poster", "conflicts": None}, {"title": "A poster"}, [{"other": {"title": "Poster"}}]),
    ),
    "one answer is taken": (
        *("goal", {"title": "A poster", "conflicts": [{"other": {"title": "Poster"}}]}, {"by": JAN}),
        *({"title": "Poster", "conflicts": None}, {"title": "Poster", "by": JAN}, []),
    ),
    "the passages that either side kept stand": (
        *("goal", {"notes": "One page. Two pages. Ask.", "conflicts": [TWO_PASSAGES]}),
        *({"notes": "One page. Ask.", "conflicts": None}, {"notes": "Two pages. Ask now.", "conflicts": None}),
        *({"notes": "One page. Two pages. Ask now."}, [TWO_PASSAGES]),
    ),
}  # fmt: skip


def changed(data: Data, change: Data) -> Data:
    """Return data with a change; None takes a field out."""
    return {name: value for name, value in {**data, **change}.items() if value is not None}


@pytest.mark.parametrize("case", CASES)
def test_a_rule_holds_whichever_side_is_first(case: str) -> None:
    """Each row of the table of the design."""
    kind, start, mine, theirs, expected, left = CASES[case]
    base = {**BASES[kind], **start}
    one, two = changed(base, mine), changed(base, theirs)
    result = {**changed(base, expected), "conflicts": left}
    result = result if left else {name: value for name, value in result.items() if name != "conflicts"}

    assert merge(class_of(kind), base, one, two) == merge(class_of(kind), base, two, one) == result


def test_a_closed_state_that_is_shown_is_the_last_of_its_list() -> None:
    """Of two that exclude each other, the list of states decides, and no clock."""
    one, two = ({**BASES["task"], "status": status} for status in ("waiting", "dropped"))

    assert merge(class_of("task"), BASES["task"], one, two)["status"] == "dropped"


def test_without_an_ancestor_nothing_is_taken_for_deleted() -> None:
    """What either side has is there, and what differs is left to choose."""
    one = {**BASES["goal"], "by": JAN, "tags": ["a"], "notes": "One.", "mentors": [{"mentor": "osler"}]}
    two = {**BASES["goal"], "title": "Poster", "tags": ["b"], "notes": "Two."}

    both = merge(class_of("goal"), None, one, two)

    assert both["tags"] == ["a", "b"]
    assert (both["by"], both["mentors"], both["notes"]) == (JAN, [{"mentor": "osler"}], "One. Two.")
    assert both["conflicts"] == [{"field": "notes", "both": ["One.", "Two."]}, {"other": {"title": "Poster"}}]


def test_the_first_counts_of_both_sides_are_to_be_added_up() -> None:
    """A goal that was never counted before is no other case; without an ancestor nothing is known of it."""
    one, two = ({**BASES["goal"], "progress": [{"on": JAN, "count": count}]} for count in (3, 4))

    both = merge(class_of("goal"), BASES["goal"], one, two)

    assert both["conflicts"] == [{"field": "progress.count", "both": ["3 (2027-01-03)", "4 (2027-01-03)"]}]
    assert "conflicts" not in merge(class_of("goal"), None, one, two)


def test_a_default_that_is_not_written_counts() -> None:
    """A file that leaves the visibility out says the default: it is not more open than that."""
    one = {**BASES["note"], "visibility": "open"}

    both = merge(class_of("note"), None, one, BASES["note"])

    assert both["conflicts"] == [{"other": {"visibility": "open"}}]
    assert both.get("visibility", spec(class_of("note"))["visibility"].default) == "private"


def test_what_breaks_a_rule_together_is_the_greater_record_whole() -> None:
    """A place in the CV, and another kind of note: both are valid, not together; the other's fields are one choice."""
    base = {**BASES["note"], "kind": "win", "status": "closed"}
    one = {**base, "cv": {"section": "award", "title": "Prize"}, "outcome": "Framed"}
    two = {**base, "kind": "reflection", "tags": ["x"]}

    both = as_data(merged_part(class_of("note"), base, one, two), full=False)

    assert (both["kind"], both["cv"]["title"], both["outcome"]) == ("win", "Prize", "Framed")
    assert both["conflicts"] == [{"other": {"kind": "reflection", "tags": ["x"]}}]
    assert both == as_data(merged_part(class_of("note"), base, two, one), full=False)


def test_what_breaks_a_rule_is_never_more_open_for_it() -> None:
    """Of two who say who may see it, the more private one counts, although the greater record is the other one."""
    base = {**BASES["note"], "kind": "win", "status": "closed"}
    one = {**base, "cv": {"section": "award", "title": "Prize"}, "visibility": "open"}
    two = {**base, "kind": "reflection", "visibility": "mentor"}

    both = as_data(merged_part(class_of("note"), base, one, two), full=False)

    assert (both["cv"]["title"], both["visibility"]) == ("Prize", "mentor")
    assert both["conflicts"] == [{"other": {"kind": "reflection"}}, {"other": {"visibility": "open"}}]


ONLY_OF = {
    "options": ("decision", ["Stay", "Go"]),
    "to": ("introduction", "Marie Curie"),
    "decision": ("advice", "n5555"),
    "result": ("advice", "helped"),
    "cv": ("win", {"section": "award", "title": "Prize"}),
}


@pytest.mark.parametrize("name", ONLY_OF)
def test_what_only_one_kind_of_notes_has_is_not_lost(name: str) -> None:
    """One side fills it, the other makes the note one of another kind: one is shown whole, the other is a choice."""
    kind, value = ONLY_OF[name]
    base = {**BASES["note"], "kind": kind, "status": "closed", "closed_on": FEB}
    one, two = {**base, name: value}, {**base, "kind": "case"}

    both = as_data(merged_part(class_of("note"), base, one, two), full=False)
    left = {key: item for conflict in both["conflicts"] for key, item in conflict["other"].items()}

    assert both.get(name, left.get(name)) == value
    assert {both["kind"], left.get("kind")} == ({kind, "case"} if name not in left else {"case", None})


def test_a_person_entered_on_both_machines_was_created_first() -> None:
    """When a record was made is nothing to choose."""
    one, two = ({**BASES["mentor"], "created": datetime(2026, 9, day, 9, tzinfo=UTC)} for day in (1, 2))

    assert merge(class_of("mentor"), None, one, two) == one


def test_the_day_a_letter_came_follows_its_task() -> None:
    """What a record sets from another field is nothing to choose either."""
    base = {**BASES["task"], "letter": {"for": "a fellowship"}}
    one, two = (
        {**base, "status": "done", "done_on": day, "letter": {"for": "a fellowship", "received_on": day}}
        for day in (FEB, MAR)
    )
    both = as_data(merged_part(class_of("task"), base, one, two), full=False)

    assert (both["done_on"], both["letter"]["received_on"]) == (FEB, FEB)
    assert "conflicts" not in both


def test_a_side_that_only_lacks_the_answer_leaves_nothing_to_choose() -> None:
    """Without an ancestor the side with the answer says all that the other says, so there is no conflict."""
    asked = {**BASES["task"], "letter": {"for": "a fellowship", "answered_on": FEB}}
    answered = {**asked, "letter": {**asked["letter"], "answer": "later"}}

    assert merge(class_of("task"), None, asked, answered) == merge(class_of("task"), None, answered, asked) == answered


def test_an_entry_is_named_in_one_line() -> None:
    """A path is text of one line, whatever the key of an entry is."""
    field = spec(class_of("meeting"))["agenda"]

    assert entry_name("agenda", field, {"text": "Authors"}) == "agenda[Authors]"
    assert entry_name("agenda", field, {"text": "a\u2028b" * 99}).isprintable()
    assert entry_name("my\nkey", None, {}).isprintable()


def test_what_belongs_together_follows_from_the_declarations() -> None:
    """A day of a status belongs to the status; the hour of a meeting to its day, and both to whether it was held."""
    assert units(class_of("task")) == {"status": ("status", "done_on")}
    assert units(class_of("meeting")) == {
        "status": ("status", "on", "at", "cancelled_by", "recap_on"),
        "on": ("on", "at"),
    }
