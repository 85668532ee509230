"""What a goal may link to: the goal that it is part of, whose it is, the mentors who share it. Pure."""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.domain.mentees import is_mentored
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.models.views import called, is_mentee

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from mentorlog.domain.ports import Resolve
    from mentorlog.models.goal import Goal
    from mentorlog.models.view_types import GoalView, MentorView
    from mentorlog.models.views import View


FIELDS = ("parent", "whose", "mentors")


def check(goal: Goal, old: Goal | None, changed: Container[str], resolve: Resolve) -> None:
    """Raise BadValue for a changed link that cannot be right; what the old goal already linked to may stay."""
    if "parent" in changed and _is_ring(goal, resolve):
        raise BadValue("parent", "A goal cannot be part of itself.", "choose a goal that is not part of this one")
    if "whose" in changed and goal.whose:
        for mentee in _known(resolve, goal.whose, "mentor"):
            check_mentee(mentee)
    if goal.whose and goal.mentors and ("whose" in changed or "mentors" in changed):
        first = "mentors" if "whose" in changed else "whose"
        hint = f"clear this first: mentorlog set {goal.id} --clear {first}" if old else "leave out --with"
        raise BadValue("mentors", "A goal of a mentee is not shared with your mentors.", hint)
    if goal.parent and ("whose" in changed or "parent" in changed):
        for above in _known(resolve, goal.parent, "goal"):
            if above["whose"] != goal.whose:
                owner = "a goal of a mentee" if above["whose"] else "your goal"
                sentence = f"{above['id']} is {owner}, so this goal cannot be part of it."
                raise BadValue("parent", sentence, "choose a goal of the same person")
    shared = {share.mentor for share in old.mentors} if old else set()
    new = [share.mentor for share in goal.mentors if share.mentor not in shared] if "mentors" in changed else ()
    for id in new:
        for mentor in _known(resolve, id, "mentor"):
            check_sharer(mentor)


def _known(resolve: Resolve, id: str, kind: str) -> Iterator[View]:
    """Yield the record of a link; nothing if it is deleted or unreadable."""
    try:
        yield resolve(id, kind)
    except MentorlogError:
        return


def _is_ring(goal: Goal, resolve: Resolve) -> bool:
    """Return whether a goal is part of itself, directly or through other goals."""
    seen: set[str] = set()
    above = goal.parent
    while above and above not in seen and above != goal.id:
        seen.add(above)
        above = next((one["parent"] for one in _known(resolve, above, "goal")), None)
    return above == goal.id


def doubts(goal: Goal, resolve: Resolve) -> Iterator[BadValue]:
    """Yield what a file says of a goal and cannot be right; a command refuses it."""
    if _is_ring(goal, resolve):
        yield BadValue("parent", "it is part of itself.")
    for person in _known(resolve, goal.whose, "mentor") if goal.whose else ():
        if not is_mentored(person):
            yield BadValue("whose", f"it is a goal of {called(person)}, whom you do not mentor.")


def check_mentee(mentor: MentorView) -> None:
    """Raise BadValue for somebody who can have no new goal: who only mentors me, or is a mentee no more."""
    if not is_mentored(mentor):
        hint = f"for a goal of yours use --with; if you mentor them too: mentorlog set {mentor['id']} my_role=both"
        raise BadValue("whose", f"{called(mentor)} is your mentor, not your mentee.", hint)
    if mentor["status"] in vocabulary.PAST_MENTORS:
        state = "is a former mentee" if mentor["status"] == "ended" else "declined"
        hint = f"resume the mentorship first: mentorlog mentor activate {mentor['id']}"
        raise BadValue("whose", f"{called(mentor)} {state}, so a new goal cannot be theirs.", hint)


def check_sharer(mentor: MentorView) -> None:
    """Raise BadValue for a mentee, with whom a goal of mine is not shared."""
    if is_mentee(mentor):
        both = f"mentorlog set {mentor['id']} my_role=both"
        hint = f"for a goal of theirs use --whose {mentor['id']}; if they mentor you too: {both}"
        raise BadValue("mentors", f"{called(mentor)} is your mentee, so your goals are not shared with them.", hint)


def check_told(goal: GoalView, mentor: MentorView) -> None:
    """Raise BadValue if a goal cannot be shared with the mentor who was told about it."""
    if goal["whose"]:
        raise BadValue(
            "mentors",
            f"Goal {goal['id']} is a goal of a mentee, so it is not shared with your mentors.",
            f"to record it as a note: mentorlog note add --with {mentor['id']}",
        )
    if all(share["mentor"] != mentor["id"] for share in goal["mentors"]):
        check_sharer(mentor)
