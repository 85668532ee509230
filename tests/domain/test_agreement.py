"""The agreement of a mentorship: versions, what is open, what was never asked; without a journal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import TODAY, make_mentor
from mentorlog.domain import agreement
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.models.mentor import Agreed, Cadence, Comfort, Expectations, Mentor
from mentorlog.models.record import view

FIRST, SECOND = date(2026, 9, 5), date(2026, 10, 5)
EXPECTED = Expectations(mine=("A reply",), theirs=("Drafts in time",), off_limits=("Family",), scheduled_by="me")


def mentor(**changes: Any) -> Mentor:
    """Return Osler with a purpose, a cadence and expectations of both sides."""
    return make_mentor(**{"purpose": "A first paper", "every": 28, "expectations": EXPECTED} | changes)


def agreed_in_september() -> Mentor:
    """Return Osler, with whom everything was agreed on one day."""
    return agreement.agree(mentor(), on=FIRST)


def changed(**changes: Any) -> list[str]:
    """Return the names of the terms in which a mentor differs from September."""
    now = make_mentor(**vars(agreed_in_september()) | changes)
    return [one["term"] for one in agreement.sheet(view(now), TODAY)["changes"]]


def test_a_version_holds_the_terms_as_they_stood() -> None:
    """Purpose, cadence and expectations; not when they were asked, nor when to look again."""
    held = Expectations(mine=("A reply",), asked_on=FIRST, revisit_on=date(2027, 3, 1))
    (version,) = agreement.agree(mentor(expectations=held), on=FIRST).agreed

    assert version.on == FIRST
    assert version.what == {
        "purpose": "A first paper",
        "cadence": {"every_days": 28},
        "expectations": {"mine": ["A reply"]},
    }


def test_agreeing_again_without_a_change_changes_nothing() -> None:
    """The same mentor is returned, also if only the day on which they were asked is new."""
    once = agreed_in_september()

    assert agreement.agree(once, on=SECOND) is once
    asked = once.expecting({}, {"asked_on": SECOND})
    assert agreement.agree(asked, on=SECOND) is asked


def test_each_change_is_a_version_and_a_day_has_one() -> None:
    """Agreed later, the first version stays; agreed again on the same day, it is replaced."""
    later = agreement.agree(agreed_in_september().meeting_every(14), on=SECOND)
    corrected = agreement.agree(later.meeting_every(21), on=SECOND)

    assert [(one.on, one.what and one.what["cadence"]["every_days"]) for one in later.agreed] == [
        (FIRST, 28),
        (SECOND, 14),
    ]
    assert [(one.on, one.what and one.what["cadence"]["every_days"]) for one in corrected.agreed] == [
        (FIRST, 28),
        (SECOND, 21),
    ]


def test_a_day_before_the_last_version_is_refused() -> None:
    """What stands now did not stand then: the day of the last version is named."""
    later = agreement.agree(agreed_in_september().meeting_every(14), on=SECOND)

    with pytest.raises(BadValue, match="since then, on Mon 5 Oct 2026") as refused:
        agreement.agree(later, on=FIRST)
    assert refused.value.hint == "use that day or a later one: --on 2026-10-05"


def test_agreeing_when_the_day_to_look_again_has_come() -> None:
    """It is cleared, and the version says that both looked, even if nothing changed; before that day it stays."""
    waiting = agreement.agree(mentor(), on=FIRST, revisit_on=SECOND)
    assert waiting.expectations is not None and waiting.expectations.revisit_on == SECOND
    assert agreement.agree(waiting, on=date(2026, 10, 4)) is waiting

    looked = agreement.agree(waiting, on=SECOND)

    assert looked.expectations is not None and looked.expectations.revisit_on is None
    assert [one.on for one in looked.agreed] == [FIRST, SECOND]
    assert looked.agreed[0].what == looked.agreed[1].what


def test_the_day_to_look_again_can_be_all_there_is() -> None:
    """Where nothing else is expected, no empty table is left when it is cleared."""
    waiting = agreement.agree(mentor(expectations=None), on=FIRST, revisit_on=SECOND)

    assert agreement.agree(waiting, on=SECOND).expectations is None
    with pytest.raises(BadValue, match="must be after the day"):
        agreement.agree(waiting, on=SECOND, revisit_on=SECOND)


@pytest.mark.parametrize(
    ("status", "sentence", "hint"),
    [
        ("candidate", "is a candidate", "mentorlog mentor invite osler"),
        ("invited", "is invited, without an answer", "mentorlog mentor invite osler"),
        ("declined", "is someone who declined", "mentorlog mentor activate osler"),
        ("ended", "is a former mentor", "mentorlog mentor activate osler"),
    ],
)
def test_only_a_current_mentorship_has_an_agreement(status: str, sentence: str, hint: str) -> None:
    """Whoever has not begun or has ended is named with their state and the step that would help."""
    with pytest.raises(MentorlogError, match=f"William Osler {sentence}, so you cannot agree") as refused:
        agreement.agree(mentor(status=status), on=TODAY)
    assert hint in str(refused.value.hint)


@pytest.mark.parametrize("status", ["active", "paused", "stay_in_touch"])
def test_whoever_is_met_can_agree(status: str) -> None:
    """A pause does not prevent it."""
    assert agreement.agree(mentor(status=status), on=TODAY).agreed


def test_nothing_is_no_agreement() -> None:
    """Without purpose, cadence and expectations there is nothing to agree on."""
    with pytest.raises(MentorlogError, match="nothing to agree on with William Osler"):
        agreement.agree(make_mentor(), on=TODAY)


@pytest.mark.parametrize(
    ("changes", "terms"),
    [
        ({"purpose": "A second paper"}, ["purpose"]),
        ({"purpose": None}, ["purpose"]),
        ({"term_ends": date(2027, 6, 30)}, ["term_ends"]),
        ({"cadence": Cadence(every_days=28, mode="video")}, ["cadence"]),
        ({"cadence": None}, ["cadence"]),
        ({"expectations": None}, ["mine", "theirs", "scheduled_by", "off_limits"]),
        (
            {"expectations": Expectations(mine=("A reply",), theirs=("Drafts in time",), scheduled_by="me")},
            ["off_limits"],
        ),
        ({"department": "Medicine", "notes": "Kind"}, []),
    ],
)
def test_what_changed_since_both_agreed(changes: dict[str, Any], terms: list[str]) -> None:
    """Each term that is new, other or gone; nothing that is not a term."""
    assert changed(**changes) == terms


def test_lists_name_what_was_added_and_removed() -> None:
    """Not the whole list, and its order does not matter."""
    before = {"expectations": {"mine": ["a", "b"], "theirs": ["x", "y"]}}
    after = {"expectations": {"mine": ["b", "c"], "theirs": ["y", "x"]}}

    (change,) = agreement.changes(before, after)

    assert (change["term"], change["added"], change["removed"]) == ("mine", ["c"], ["a"])


def test_an_entry_is_removed_by_a_part_of_it() -> None:
    """Without regard to case and accents, in whatever list; a whole text wins over one that contains it."""
    several = mentor(expectations=Expectations(mine=("A reply", "A reply at once"), theirs=("Drafts",), credit="Both"))

    fewer = agreement.without(several, ["a REPLY", "drafts"])

    assert fewer.expectations is not None
    assert (fewer.expectations.mine, fewer.expectations.theirs) == (("A reply at once",), ())
    assert agreement.without(mentor(expectations=Expectations(mine=("Réply",))), ["reply"]).expectations is None
    with pytest.raises(BadValue, match="matches several expectations: 'A reply'; 'A reply at once'"):
        agreement.without(several, ["repl"])
    for nothing in ("nosuch", " "):
        with pytest.raises(BadValue, match="No expectation with William Osler matches"):
            agreement.without(several, [nothing])


def test_what_has_no_answer_and_what_was_never_asked() -> None:
    """What is new on either side since both agreed; of the terms, those about which nothing is known."""
    now = agreed_in_september().expecting({"mine": ["Honest feedback"], "theirs": ["One page"]}, {"response_days": 3})

    sheet = agreement.sheet(view(now), TODAY)

    assert sheet["no_answer"] == {"from_them": ["Honest feedback"], "from_me": ["One page"]}
    assert sheet["never_asked"] == ["prep_days", "feedback", "credit", "confidentiality", "comfort"]
    assert sheet["agreed_on"] == "2026-09-05"
    assert sheet["held_until"] is None


def test_before_both_agreed_nothing_has_an_answer() -> None:
    """And nothing has changed; whoever was asked and expects nothing was asked."""
    fresh = mentor(expectations=Expectations(mine=("A reply",), asked_on=FIRST))

    sheet = agreement.sheet(view(fresh), TODAY)

    assert sheet["no_answer"] == {"from_them": ["A reply"], "from_me": []}
    assert (sheet["changes"], sheet["history"], sheet["agreed_on"]) == ([], [], None)
    assert "theirs" not in sheet["never_asked"]


def test_the_version_that_held_on_a_day() -> None:
    """From its day until that of the next; before the first there is none."""
    later = view(agreement.agree(agreed_in_september().meeting_every(14), on=SECOND))

    def at(day: date) -> tuple[Any, ...]:
        sheet = agreement.sheet(later, TODAY, day)
        return sheet["agreed_on"], sheet["held_until"], sheet["terms"]["cadence"]["every_days"]

    assert at(FIRST) == at(date(2026, 10, 4)) == ("2026-09-05", "2026-10-05", 28)
    assert at(SECOND) == at(TODAY) == ("2026-10-05", None, 14)
    with pytest.raises(MentorlogError, match="by Fri 4 Sep 2026") as refused:
        at(date(2026, 9, 4))
    assert refused.value.hint == "the first time: mentorlog mentor agreement osler --at 2026-09-05"


def test_the_history_is_newest_first_and_ends_with_what_stands() -> None:
    """With a day, it begins after the version of that day."""
    later = agreement.agree(agreed_in_september().meeting_every(14), on=SECOND)
    now = view(later.expecting({"mine": ["Honest feedback"]}))

    def steps(at: date | None = None) -> list[tuple[Any, Any, list[str]]]:
        history = agreement.sheet(now, TODAY, at)["history"]
        return [(one["since"], one["until"], [change["term"] for change in one["changes"]]) for one in history]

    whole = [
        ("2026-10-05", None, ["mine"]),
        ("2026-09-05", "2026-10-05", ["cadence"]),
        (None, "2026-09-05", ["purpose", "cadence", "mine", "theirs", "scheduled_by", "off_limits"]),
    ]
    assert steps() == whole
    assert steps(FIRST) == whole[:2]
    assert steps(SECOND) == whole[:1]


def test_comfort_is_the_last_answer_of_each_side() -> None:
    """They need not be of the same day; with a day, of that day or before."""
    felt = mentor(
        comfort=(Comfort(on=FIRST, mine="yes"), Comfort(on=SECOND, theirs="unsure"), Comfort(on=TODAY, theirs="no"))
    )

    now, then = (agreement.comfort(view(felt), day) for day in (None, SECOND))

    assert (now["mine"] and now["mine"]["mine"], now["theirs"] and now["theirs"]["theirs"]) == ("yes", "no")
    assert then["theirs"] and then["theirs"]["theirs"] == "unsure"


def test_versions_written_by_hand_are_compared_by_their_values() -> None:
    """Whatever their order in the file, and with a date in place of its text; a version may be empty."""
    by_hand = mentor(
        term_ends=TODAY,
        agreed=(
            Agreed(on=SECOND, what={"term_ends": TODAY, "purpose": "A first paper", "cadence": {"every_days": 28}}),
            Agreed(on=FIRST),
        ),
        expectations=None,
    )

    assert agreement.sheet(view(by_hand), TODAY)["changes"] == []
    assert agreement.agree(by_hand, on=TODAY) is by_hand
    odd = {"purpose": 3, "cadence": "weekly", "expectations": {"mine": "x", "theirs": ["y", 1], "prep_days": "2"}}
    assert agreement.terms(odd) == {"theirs": ["y"]}
    assert agreement.terms({"cadence": {"every_days": "7", "mode": 1}, "expectations": []}) == {}
