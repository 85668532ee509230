"""How one record of each kind reads in the Markdown export: blocks below a heading of level 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mentorlog import dates, vocabulary
from mentorlog.export.markdown_prose import prose
from mentorlog.export.markdown_text import address, bullet, heading, item, labelled, line, listed
from mentorlog.models.views import View, joined, latest
from mentorlog.output.fields import COUNTERS, Names, counter_word
from mentorlog.output.phrases import cadence, spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import TaskView

LEVEL = 3

Entry = Mapping[str, Any]


class MarkdownNames(Names):
    """Names as words of Markdown; of a private record that is not exported only that it is one."""

    def __init__(self, names: Mapping[str, str], private: Mapping[str, str]) -> None:
        super().__init__(names)
        self._private = private

    def of(self, id: str) -> str:
        """Return the name or title."""
        if id in self._private and id not in self.names:
            return f"a private {self._private[id]}"
        return line(self.names[id] if id in self.names else self.missing(id))

    def people(self, ids: Iterable[str]) -> str:
        """Return `William Osler and Marie Curie`."""
        return joined([self.of(id) for id in ids]) or "nobody"

    def hides(self, id: str | None) -> bool:
        """Return whether the record is private and not exported."""
        return id in self._private and id not in self.names


def day(text: Any) -> str:
    """Return a day in words."""
    return dates.say(str(text)[:10])


def word(text: str | None) -> str:
    """Return a word of a record as people read it."""
    return line(spaced(text or ""))


def facts(*pairs: tuple[str, str]) -> Iterator[str]:
    """Yield a list of the facts that there are, each with its label, as one block."""
    shown = [bullet(f"{label}: {text}") for label, text in pairs if text]
    if shown:
        yield listed(shown)


def entries(label: str, items: Sequence[str]) -> Iterator[str]:
    """Yield a label and a list below it, where there is anything in it."""
    if items:
        yield f"**{label}**"
        yield listed(items)


def closing(view: View) -> Iterator[str]:
    """Yield what every record may end with: notes, links, tags."""
    if view["record"] != "meeting":
        yield from _texts(view, notes="Notes")
    yield from facts(("Links", ", ".join(map(address, view["links"]))), ("Tags", _list(view["tags"])))


def _list(values: Iterable[str | None]) -> str:
    return ", ".join(line(value) for value in values if value)


def _commas(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))


def _on(value: Any, before: str = "") -> str:
    return f"{before}{day(value)}" if value else ""


def _dated(entry: Entry, head: str, text: str | None) -> str:
    """Return an entry of a history: its day, what happened, and the user's own text on it."""
    return item(_commas(day(entry["on"]), head), text, LEVEL)


def _texts(view: Mapping[str, Any], **labels: str) -> Iterator[str]:
    for field, label in labels.items():
        yield from labelled(label, view[field], LEVEL)


def profile(view: View) -> Iterator[str]:
    """Yield the blocks of the profile."""
    lists = (("Strengths", "strengths"), ("To grow in", "growth_areas"), ("Values", "values"), ("Needs", "needs"))
    plain = ((key.capitalize(), _list([view[key]])) for key in ("program", "institution"))
    yield from facts(("Stage", word(view["stage"])), *plain, *((label, _list(view[key])) for label, key in lists))
    rated = sorted(view["assessments"], key=lambda entry: str(entry["on"]))
    items = [_dated(entry, f"{line(entry['area'])} {entry['rating']} of 5", entry["comment"]) for entry in rated]
    yield from entries("Self-assessment", items)


def mentor(view: View, names: MarkdownNames) -> Iterator[str]:
    """Yield the blocks of a mentor."""
    yield heading(LEVEL, line(view["name"]))
    agreed = view["expectations"] or {}
    introduced = f"introduced by {names.of(view['introduced_by'])}" if view["introduced_by"] else ""
    role = {"mentee": "", "mentor": "I am mentor"}.get(view["my_role"], "I am both")
    yield from facts(
        ("Status", _commas(word(view["status"]), _on(view["started"], "since "), _on(view["term_ends"], "until "))),
        ("Roles", ", ".join(map(word, view["roles"]))),
        ("Domains", _list(view["domains"])),
        ("Works at", _list(view[key] for key in ("program", "department", "institution"))),
        ("Kind", _commas(*(word(view[key]) for key in ("formality", "model", "proximity")), role)),
        ("Came about", _commas(introduced, word(view["origin"]))),
        ("Meetings", ", ".join(cadence(view["cadence"] or {}))),
        ("Reached at", _list(view[key] for key in ("email", "phone"))),
    )
    yield from _texts(view, purpose="Purpose", qualities="What impressed me", met_via="Met")
    yield from _texts(view, conflict_of_interest="Conflict of interest")
    asked = _on(agreed.get("asked_on"), ", asked on ")
    labels = (("What I expect", "mine"), (f"What they expect{asked}", "theirs"))
    for label, key in (*labels, ("Off limits", "off_limits"), ("Not looking for", "not_looking_for")):
        yield from entries(label, [bullet(line(text)) for text in agreed.get(key) or ()])
    steps = [_dated(entry, word(entry["status"]), entry["reason"]) for entry in view["status_log"]]
    if len(steps) > 1 or any(entry["reason"] for entry in view["status_log"]):
        yield from entries("The mentorship", steps)
    yield from entries("Fit", [_dated(entry, word(entry["answer"]), entry["comment"]) for entry in view["fit"]])
    if closure := latest(view["closure"]):
        handed = f", handed to {names.people(closure['handed_to'])}" if closure["handed_to"] else ""
        yield f"**Ended** on {day(closure['on'])}, {word(closure['kind'])}{handed}"
        yield from _texts(closure, worked="What worked", did_not="What did not", lesson="Lesson")
    yield from closing(view)


def goal(view: View, names: MarkdownNames, tasks: Sequence[TaskView]) -> Iterator[str]:
    """Yield the blocks of a goal: what it is, its tasks, its story."""
    yield heading(LEVEL, line(view["title"]))
    shares = ((share["mentor"], _on(share["told_on"], "told on ") or "not told yet") for share in view["mentors"])
    yield from facts(
        ("Status", word(view["status"]) + _on(view["closed_on"], ", since ")),
        ("By", _on(view["by"])),
        ("Priority", "" if view["priority"] == "normal" else view["priority"]),
        ("Area", _commas(word(view["domain"]), word(view["competency"]))),
        ("Horizon", word(view["horizon"])),
        ("Part of", names.of(view["parent"]) if view["parent"] else ""),
        ("With", "; ".join(f"{names.of(id)}, {told}" for id, told in shares)),
    )
    yield from _texts(view, why="Why", measure="Measure", baseline="Where I started")
    yield from entries("Tasks", [task(one, names) for one in tasks])
    yield from entries("Story", [text for _, text in sorted(_story(view, names), key=lambda pair: pair[0])])
    yield from closing(view)


def _story(view: View, names: MarkdownNames) -> Iterator[tuple[str, str]]:
    """Yield (day, text) of a goal's progress and changes; those of one day keep their order."""
    for entry in view["progress"]:
        percent = "" if entry["percent"] is None else f"{entry['percent']}%"
        yield entry["on"], _dated(entry, percent, entry["text"])
    for entry in view["history"]:
        old, new = (_value(entry["field"], entry[key], names) for key in ("old", "new"))
        yield entry["on"], _dated(entry, f"{word(entry['field'])} from {old} to {new}", entry["reason"])


def _value(field: str, text: str | None, names: MarkdownNames) -> str:
    """A value of a goal's field in words; records that it names as far as they may be named."""
    if text and field in ("mentors", "with"):
        shares = dates.said(text, "mentors").split(", ")  # as in `osler (told Sun 4 Oct 2026)`, `curie`
        people = (share.partition(" ") for share in shares)
        return ", ".join(f"{names.of(id)}{space}{line(rest)}" for id, space, rest in people)
    if text and field == "parent":
        return names.of(text)
    value = dates.said(text)
    is_plain = value.isidentifier() or value != " ".join((text or "").split())
    return word(value) if is_plain else f"“{line(value)}”"


def task(view: View, names: MarkdownNames) -> str:
    """Return a task as an item of a list, with what belongs to it below."""
    owner, giver, helps, status = view["owner"], view["assigned_by"], view["helps"], view["status"]
    details = _commas(
        f"owed by {names.of(owner)}" if owner != vocabulary.ME else "",
        f"given by {names.of(giver)}" if giver != vocabulary.ME else "",
        f"helps {names.of(helps)}" if helps else "",
        _on(view["due"], "due "),
        _on(view["done_on"], "done ") or ("" if status == "todo" else status),
    )
    box = "[x]" if status == "done" else "[ ]"
    return bullet(f"{box} {line(view['title'])}{f' ({details})' if details else ''}", *_task_below(view))


def _task_below(view: View) -> Iterator[str]:
    for key in ("instructions", "deliverable", "outcome", "notes"):
        if (view[key] or "").strip():
            yield item(key.capitalize(), view[key], LEVEL)
    for entry in view["rounds"]:
        back = _on(entry["returned"], ", back ")
        yield item(f"Sent {day(entry['sent'])}{back}", entry["comment"], LEVEL)
    for entry in view["defers"]:
        yield _dated(entry, f"put off to {day(entry['new'])}", entry["reason"])
    if view["links"]:
        yield bullet(f"Links: {', '.join(map(address, view['links']))}")


def meeting(view: View, names: MarkdownNames, tasks: Sequence[TaskView]) -> Iterator[str]:
    """Yield the blocks of a meeting; its tasks stand here where no goal has them."""
    yield heading(LEVEL, f"{day(view['on'])}, {names.people(view['mentors'])}")
    by = {"me": " by me", "them": " by them"}.get(view["cancelled_by"] or "", "")
    minutes = f"{view['minutes']} minutes" if view["minutes"] else ""
    kind = "" if view["kind"] == "regular" else word(view["kind"])
    yield f"{_commas(word(view['status']) + by, kind, word(view['mode']), view['at'], minutes).capitalize()}."
    yield from entries("Agenda", [_agenda(entry, names) for entry in view["agenda"]])
    yield from labelled("Notes", view["notes"], LEVEL)
    yield from entries("Decisions", [item(line(text), None, LEVEL) for text in view["decisions"]])
    yield from entries("Tasks", [task(one, names) for one in tasks])
    yield from facts(("Usefulness", f"{view['usefulness']} of 5" if view["usefulness"] else ""))
    yield from labelled("Feeling", view["feeling"], LEVEL)
    yield from closing(view)


def _agenda(entry: Entry, names: MarkdownNames) -> str:
    """A point about a goal often is its title: that of a private one stays at home with it."""
    hidden, named = names.hides(entry["goal"]), names.of(entry["goal"]) if entry["goal"] else ""
    text = named if hidden else line(entry["text"])
    about = f" (goal: {named})" if named and named != text else ""
    return bullet(f"[{'x' if entry['done'] else ' '}] {text}{about}")


def review(view: View, names: MarkdownNames) -> Iterator[str]:
    """Yield the blocks of a review: the verdicts first, then the answers."""
    about = "" if view["scope"] == "all" else f", {names.of(view['scope'])}"
    yield heading(LEVEL, f"{day(view['on'])}, {word(view['kind'])} review{about}")
    yield from facts(*_review_facts(view))
    yield from entries("Goals", [_verdict(entry, names) for entry in view["verdicts"]])
    yield from entries("Tasks", [_task_verdict(entry, names) for entry in view["tasks"]])
    yield from entries("Mentors", [_mentor_verdict(entry, names) for entry in view["mentors"]])
    yield from entries("New goals", [bullet(names.of(id)) for id in view["added_goals"] if not names.hides(id)])
    yield from _texts(view, worked="What worked", did_not="What did not", changed="What changed")
    yield from _texts(view, unlearned="What I unlearned")
    yield from closing(view)


def _review_facts(view: View) -> Iterator[tuple[str, str]]:
    yield "Period", f"{day(view['period']['start'])} to {day(view['period']['end'])}"
    for label, counters in COUNTERS.items() if view["facts"] else ():
        shown = (name for name in counters if "cancelled" not in name)
        yield label.capitalize(), ", ".join(f"{view['facts'][name]} {counter_word(name)}" for name in shown)
    yield "Next review", _on(view["next_on"])


def _verdict(entry: Entry, names: MarkdownNames) -> str:
    changes = []
    for key, value in (entry["changes"] or {}).items():
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        changes.append(f"{word(key)} = {_value(key, text, names)}")
    changes += [f"{word(key)} emptied" for key in entry.get("clear") or ()]
    moved = f" ({', '.join(changes)})" if changes else ""
    return item(f"{names.of(entry['goal'])}, {word(entry['verdict'])}{moved}", entry["reason"], LEVEL)


def _task_verdict(entry: Entry, names: MarkdownNames) -> str:
    due = f" to {day(entry['due'])}" if entry["due"] else ""
    return item(f"{names.of(entry['task'])}, {word(entry['verdict'])}{due}", entry["reason"], LEVEL)


def _mentor_verdict(entry: Entry, names: MarkdownNames) -> str:
    right = {None: "", True: "cadence all right", False: "cadence not right"}[entry["cadence_ok"]]
    pulse = [f"{word(key)} {value} of 7" for key, value in (entry["pulse"] or {}).items() if isinstance(value, int)]
    fit = f"fit {word(entry['fit'])}" if entry["fit"] else ""
    return item(_commas(names.of(entry["mentor"]), fit, right, *pulse), entry["comment"], LEVEL)


def note(view: View, names: MarkdownNames) -> Iterator[str]:
    """Yield the blocks of a note."""
    yield heading(LEVEL, f"{day(view['on'])}, {word(view['kind'])}")
    goal_named = view["goal"] and not names.hides(view["goal"])
    yield from facts(
        ("With", names.people(view["mentors"]) if view["mentors"] else ""),
        ("Goal", names.of(view["goal"]) if goal_named else ""),
        ("State", "open" if view["status"] == "open" else _on(view["closed_on"], "closed ")),
        ("Told", "; ".join(f"{names.of(entry['mentor'])}, {day(entry['on'])}" for entry in view["told"])),
    )
    yield prose(view["text"], LEVEL)
    yield from labelled("Outcome", view["outcome"], LEVEL)
    yield from closing(view)
