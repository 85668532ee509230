"""The linked records on the screen of `show`: a line each, by kind."""

from __future__ import annotations

from mentorlog import dates, vocabulary
from mentorlog.domain import loop
from mentorlog.models.views import View, about, called, counted, heading
from mentorlog.output import phrases
from mentorlog.output.text import spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mentorlog.domain.reports import Linked
    from mentorlog.domain.term import Term
    from mentorlog.models.view_types import BlockView, FullMentor

_LISTED = {
    ("mentor", "goal"): "goal list --with",
    ("mentor", "task"): "task list --with",
    ("mentor", "meeting"): "meeting list --with",
    ("mentor", "note"): "note list --open --with",
    ("mentor", "review"): "review list --about",
    ("goal", "goal"): "goal list --all --parent",
    ("goal", "task"): "task list --all --goal",
    ("goal", "meeting"): "meeting list --all --goal",
    ("goal", "note"): "note list --goal",
    ("goal", "review"): "review list --about",
    ("task", "review"): "review list --about",
    ("note", "note"): "advice",
}
"""The command that lists all linked records of a kind."""


def sections(view: View, linked_by_kind: Mapping[str, Linked]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield a title for each kind, with the id and the line of each linked record."""
    for kind in vocabulary.RECORD_KINDS:
        linked = linked_by_kind.get(kind)
        if linked and linked.records:
            lines = [(one["id"], _line(one, view["id"])) for one in linked.records]
            if more := linked.count - len(linked.records):
                command = _LISTED.get((view["record"], kind))
                see = f"; see: mentorlog {command} {view['id']}" if command else ""
                lines.append(("", f"and {more:,} more{see}"))
            yield "Parts" if view["record"] == kind == "goal" else f"{kind.capitalize()}s", lines


def contact(mentor: FullMentor, today: date, blocks: Sequence[BlockView] = ()) -> list[str]:
    """Return the last meeting with a mentor and the next: as planned, else by the cadence, stretched by `blocks`."""
    last, planned, due = mentor["last_held"], mentor["next_planned"], mentor["due_on"]
    lines = [f"last met {dates.say(last)}, {dates.ago(last, today)}" if last else "not met yet"]
    if planned:
        lines.append(f"next contact planned on {dates.say(planned)}, {dates.ago(planned, today)}")
    if due:
        state = loop.contact_state(due, mentor["overdue_on"] or due, today)
        lines.append(f"next contact {state} {dates.say(due)}, {dates.ago(due, today)}")
        for one in blocks:
            span = phrases.from_to(dates.say(one["from"]), dates.say(one["to"]))
            lines.append(f"stretched by {one['name']} ({span}, {one['load']})")
    return lines


def term(mentor: FullMentor, term: Term | None, today: date) -> list[str]:
    """Return how many meetings were held in a term, and how many its cadence makes."""
    if term is None:
        return []
    until, count = dates.say(term["ends"]), counted(term["held"], "meeting")
    ends = f"the term {'ended' if term['ends'] < today.isoformat() else 'ends'} on {until}"
    if term["expected"] is not None:
        ends = f"{phrases.cadence(mentor['cadence'])[0]} makes {term['expected']} by {until}"
    return [f"{count} held since {dates.say(term['started'])}; {ends}"]


def _line(one: View, id: str) -> str:
    """Return one line for a record that is linked to another with this id."""
    match one["record"]:
        case "goal":
            shares = (share["told_on"] for share in one["mentors"] if share["mentor"] == id)
            share = next((phrases.day(told_on, "told ") or "not told yet" for told_on in shares), "")
            status = "" if share and one["status"] == "active" else one["status"]
            return f"{one['title']}{phrases.day(one['by'], ', by ')} ({', '.join(filter(None, [status, share]))})"
        case "task":
            if loop.is_out(one):
                return f"{one['title']} ({phrases.day(loop.out_since(one), 'sent ') or one['status']})"
            return f"{one['title']}{phrases.day(one['due'], ', due ')} ({one['status']})"
        case "meeting":
            subject = about(one)
            return f"{dates.say(one['on'])} ({one['status']}){': ' + subject if subject else ''}"
        case "review":
            verdict: View = next((entry for entry in _judged(one) if id in entry.values()), {})
            said = verdict.get("verdict") or verdict.get("fit") or ""
            return f"{dates.say(one['on'])}, {spaced(one['kind'])}{': ' + spaced(said) if said else ''}"
        case "mentor":
            how = "introduced by them" if one["introduced_by"] == id else "handed goals to them"
            return f"{called(one)} ({spaced(one['status'])}, {how})"
    return f"{dates.say(one['on'])}, {one['kind']}: {heading(one)}"


def _judged(review: View) -> list[View]:
    """Return the verdicts of a review on goals, tasks and mentors."""
    return [*review["verdicts"], *review["tasks"], *review["mentors"]]
