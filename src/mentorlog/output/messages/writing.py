"""The messages about a text to a mentor: what to fill in, and what is not in it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorlog.models.view_types import MeetingView, NoteView, ProfileView


def blanks(text: str, profile: ProfileView) -> list[str]:
    """Return what to fill in before a text is sent: what stands in brackets, and the own name."""
    notes = ["Replace what is in [brackets] before you send it."] if "\n[" in text else []
    if not profile["name"]:
        notes.append("Your profile has no name; add it with: mentorlog edit profile")
    return notes


def left_out(ids: Sequence[str]) -> list[str]:
    """Return which records a text leaves out, as their words name another mentor."""
    return [f"Left out, as it names another mentor: {id}" for id in ids]


def no_points(mentor: str, meeting: MeetingView | None) -> list[str]:
    """Return that an agenda has no points yet, and how to add some, or that no meeting is planned."""
    if meeting is None:
        return [f"No meeting is planned; plan one with: mentorlog meeting plan {mentor} --on fri"]
    return [f"The meeting has no agenda yet; add it with: mentorlog edit {meeting['id']} --toml"]


def unseen(questions: Sequence[NoteView]) -> list[str]:
    """Return which questions are not in an agenda, as not every reader may see them, and how to share private ones."""
    private = [one["id"] for one in questions if one["visibility"] == "private"]
    others = [one["id"] for one in questions if one["visibility"] != "private"]
    notes = [f"Left out, as not every reader may see it: question {id}" for id in others]
    if private:
        which = f"question {private[0]} is" if len(private) == 1 else f"questions {', '.join(private)} are"
        notes.append(f"Left out, as {which} private; share with: mentorlog share {' '.join(private)} --with mentor")
    return notes
