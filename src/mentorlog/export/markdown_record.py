"""How one record of each kind reads in the Markdown export: blocks below a heading of level 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mentorlog import dates, vocabulary
from mentorlog.export.markdown_prose import prose
from mentorlog.export.markdown_text import address, bullet, heading, item, labelled, line, listed
from mentorlog.models.views import View, latest

LEVEL = 3

Entry = Mapping[str, Any]


class Names:
    """Says who and what an id is; of a private record that is not exported only that it is one."""

    def __init__(self, names: Mapping[str, str], private: Mapping[str, str]) -> None:
        self._names = names
        self._private = private

    def of(self, id: str) -> str:
        """Return the name or title, safe for Markdown."""
        if id in self._names:
            return line(self._names[id])
        return f"a private {self._private[id]}" if id in self._private else f"{line(id)} (deleted)"

    def people(self, ids: Iterable[str]) -> str:
        """Return `William Osler and Marie Curie`."""
        *most, last = [self.of(id) for id in ids] or ["nobody"]
        return f"{', '.join(most)} and {last}" if most else last

    def hides(self, id: str | None) -> bool:
        """Return whether the record is one that stays at home."""
        return id in self._private and id not in self._names


def day(text: Any) -> str:
    """Return a day in words."""
    return dates.say(str(text)[:10])


def spoken(word: str) -> str:
    """Return a word of a record as people read it."""
    return line(word.replace("_", " "))


def title(words: str) -> str:
    """Return the heading of a record."""
    return heading(LEVEL, words)


def facts(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a list of the facts that there are, each with its label, as one block."""
    shown = [bullet(f"{label}: {words}") for label, words in pairs if words]
    if shown:
        yield listed(shown)


def entries(label: str, items: Sequence[str]) -> Iterator[str]:
    """Yield a label and a list below it, where there is anything in it."""
    if items:
        yield f"**{label}**"
        yield listed(items)


def closing(view: View) -> Iterator[str]:
    """Yield what every record may end with: notes, links, tags."""
    yield from labelled("Notes", view["notes"] if view["record"] != "meeting" else None, LEVEL)
    links = ", ".join(map(address, view["links"]))
    yield from facts([("Links", links), ("Tags", _list(view["tags"]))])


def _list(values: Sequence[str], separator: str = ", ") -> str:
    return separator.join(map(line, values))


def _on(value: Any, before: str = "") -> str:
    return f"{before}{day(value)}" if value else ""


def _dated(entry: Entry, words: str, text: str | None) -> str:
    """Return an entry of a story: its day, what it says, and the user's words on it."""
    head = ", ".join(part for part in (day(entry["on"]), words) if part)
    return item(head, text, LEVEL)


# The profile


def profile(view: View) -> Iterator[str]:
    """Yield the blocks of the profile."""
    said = [("Stage", spoken(view["stage"] or "")), ("Program", line(view["program"] or ""))]
    said += [("Institution", line(view["institution"] or ""))]
    lists = (("Strengths", "strengths"), ("To grow in", "growth_areas"), ("Values", "values"), ("Needs", "needs"))
    yield from facts([*said, *((label, _list(view[key])) for label, key in lists)])
    rated = sorted(view["assessments"], key=lambda entry: str(entry["on"]))
    items = [_dated(entry, f"{line(entry['area'])} {entry['rating']} of 5", entry["comment"]) for entry in rated]
    yield from entries("Self-assessment", items)


# Mentors


def mentor(view: View, names: Names) -> Iterator[str]:
    """Yield the blocks of a mentor."""
    yield title(line(view["name"]))
    agreed = view["expectations"] or {}
    yield from facts(_mentor_facts(view, names))
    for label, key in (("Purpose", "purpose"), ("What impressed me", "qualities"), ("Met", "met_via")):
        yield from labelled(label, view[key], LEVEL)
    yield from labelled("Conflict of interest", view["conflict_of_interest"], LEVEL)
    asked = _on(agreed.get("asked_on"), ", asked on ")
    for label, key in (("What I expect", "mine"), (f"What they expect{asked}", "theirs")):
        yield from entries(label, [bullet(line(text)) for text in agreed.get(key) or ()])
    for label, key in (("Off limits", "off_limits"), ("Not looking for", "not_looking_for")):
        yield from entries(label, [bullet(line(text)) for text in agreed.get(key) or ()])
    steps = [_dated(entry, spoken(entry["status"]), entry["reason"]) for entry in view["status_log"]]
    told = len(steps) > 1 or any(entry["reason"] for entry in view["status_log"])
    yield from entries("The mentorship", steps if told else ())
    yield from entries("Fit", [_dated(entry, spoken(entry["answer"]), entry["comment"]) for entry in view["fit"]])
    yield from _closure(latest(view["closure"]), names)
    yield from closing(view)


def _mentor_facts(view: View, names: Names) -> list[tuple[str, str]]:
    work = _list([view[key] for key in ("program", "department", "institution") if view[key]])
    met = [f"introduced by {names.of(view['introduced_by'])}"] if view["introduced_by"] else []
    met += [spoken(view["origin"])] if view["origin"] else []
    form = [spoken(view[key]) for key in ("formality", "model", "proximity") if view[key]]
    form += [] if view["my_role"] == "mentee" else [f"I am {'mentor' if view['my_role'] == 'mentor' else 'both'}"]
    since = [_on(view["started"], "since "), _on(view["term_ends"], "until ")]
    return [
        ("Status", ", ".join(filter(None, [spoken(view["status"]), *since]))),
        ("Roles", ", ".join(map(spoken, view["roles"]))),
        ("Domains", _list(view["domains"])),
        ("Works at", work),
        ("Kind", ", ".join(form)),
        ("Came about", ", ".join(met)),
        ("Meetings", _cadence(view["cadence"])),
        ("Reached at", _list([view[key] for key in ("email", "phone") if view[key]])),
    ]


def _cadence(cadence: Entry | None) -> str:
    if not cadence:
        return ""
    parts = [dates.every(cadence["every_days"])]
    parts += [f"at the longest {dates.every(cadence['longest_days'])}"] if cadence["longest_days"] else []
    parts += [spoken(cadence["mode"])] if cadence["mode"] else []
    return ", ".join(parts + ([f"{cadence['minutes']} minutes"] if cadence["minutes"] else []))


def _closure(closure: Entry | None, names: Names) -> Iterator[str]:
    if not closure:
        return
    handed = f", handed to {names.people(closure['handed_to'])}" if closure["handed_to"] else ""
    yield f"**Ended** on {day(closure['on'])}, {spoken(closure['kind'])}{handed}"
    for label, key in (("What worked", "worked"), ("What did not", "did_not"), ("Lesson", "lesson")):
        yield from labelled(label, closure[key], LEVEL)


# Goals and their tasks


def goal(view: View, names: Names, tasks: Sequence[View]) -> Iterator[str]:
    """Yield the blocks of a goal: what it is, its tasks, its story."""
    yield title(line(view["title"]))
    priority = view["priority"]
    yield from facts(
        [
            ("Status", spoken(view["status"]) + _on(view["closed_on"], ", since ")),
            ("By", _on(view["by"])),
            ("Priority", "" if priority == "normal" else priority),
            ("Area", ", ".join(spoken(view[key]) for key in ("domain", "competency") if view[key])),
            ("Horizon", spoken(view["horizon"] or "")),
            ("Part of", names.of(view["parent"]) if view["parent"] else ""),
            ("With", "; ".join(_shared(share, names) for share in view["mentors"])),
        ]
    )
    for label, key in (("Why", "why"), ("Measure", "measure"), ("Where I started", "baseline")):
        yield from labelled(label, view[key], LEVEL)
    yield from entries("Tasks", [task(one, names) for one in tasks])
    yield from entries("Story", [words for _, words in sorted(_story(view, names), key=lambda pair: pair[0])])
    yield from closing(view)


def _shared(share: Entry, names: Names) -> str:
    told = f"told on {day(share['told_on'])}" if share["told_on"] else "not told yet"
    return f"{names.of(share['mentor'])}, {told}"


def _story(view: View, names: Names) -> Iterator[tuple[str, str]]:
    """Yield (day, words) of a goal's progress and changes; those of one day keep their order."""
    for entry in view["progress"]:
        percent = "" if entry["percent"] is None else f"{entry['percent']}%"
        yield entry["on"], _dated(entry, percent, entry["text"])
    for entry in view["history"]:
        yield entry["on"], _dated(entry, _moved(entry, names), entry["reason"])


def _moved(entry: Entry, names: Names) -> str:
    old, new = (_value(entry["field"], entry[key], names) for key in ("old", "new"))
    return f"{spoken(entry['field'])} from {old} to {new}"


def _value(field: str, text: str | None, names: Names) -> str:
    """A value of a goal's field in words; records that it names as far as they may be named."""
    if text and field in ("mentors", "with"):
        told_of = dates.said(text, "mentors").split(", ")  # as in `osler (told Sun 4 Oct 2026)`, `curie`
        people = (part.partition(" ") for part in told_of)
        return ", ".join(f"{names.of(id)}{space}{line(told)}" for id, space, told in people)
    if text and field == "parent":
        return names.of(text)
    said = dates.said(text)
    is_plain = said.isidentifier() or said != " ".join((text or "").split())
    return spoken(said) if is_plain else f"“{line(said)}”"


def task(view: View, names: Names) -> str:
    """Return a task as an item of a list, with what belongs to it below."""
    owner, giver, helps = view["owner"], view["assigned_by"], view["helps"]
    said = [f"owed by {names.of(owner)}"] if owner != vocabulary.ME else []
    said += [f"given by {names.of(giver)}"] if giver != vocabulary.ME else []
    said += [f"helps {names.of(helps)}"] if helps else []
    said += [f"due {day(view['due'])}"] if view["due"] else []
    state = view["status"] if view["status"] not in ("todo", "done") else ""
    said += [_on(view["done_on"], "done ") or ("done" if view["status"] == "done" else state)]
    box = "[x]" if view["status"] == "done" else "[ ]"
    words = ", ".join(filter(None, said))
    return bullet(f"{box} {line(view['title'])}{f' ({words})' if words else ''}", *_task_below(view))


def _task_below(view: View) -> Iterator[str]:
    texts = (("Instructions", "instructions"), ("Deliverable", "deliverable"), ("Outcome", "outcome"))
    for label, key in (*texts, ("Notes", "notes")):
        if (view[key] or "").strip():
            yield item(label, view[key], LEVEL)
    for entry in view["rounds"]:
        back = _on(entry["returned"], ", back ")
        yield item(f"Sent {day(entry['sent'])}{back}", entry["comment"], LEVEL)
    for entry in view["defers"]:
        yield _dated(entry, f"put off to {day(entry['new'])}", entry["reason"])
    if view["links"]:
        yield bullet(f"Links: {', '.join(map(address, view['links']))}")


# Meetings, reviews, notes


def meeting(view: View, names: Names, tasks: Sequence[View]) -> Iterator[str]:
    """Yield the blocks of a meeting; its tasks stand here where no goal has them."""
    yield title(f"{day(view['on'])}, {names.people(view['mentors'])}")
    by = {"me": " by me", "them": " by them"}.get(view["cancelled_by"] or "", "")
    minutes = f"{view['minutes']} minutes" if view["minutes"] else ""
    kind = "" if view["kind"] == "regular" else spoken(view["kind"])
    said = [spoken(view["status"]) + by, kind, spoken(view["mode"]), view["at"] or "", minutes]
    yield ", ".join(filter(None, said)).capitalize() + "."
    yield from entries("Agenda", [_agenda(entry, names) for entry in view["agenda"]])
    yield from labelled("Notes", view["notes"], LEVEL)
    yield from entries("Decisions", [item(line(text), None, LEVEL) for text in view["decisions"]])
    yield from entries("Tasks", [task(one, names) for one in tasks])
    yield from facts([("Usefulness", f"{view['usefulness']} of 5" if view["usefulness"] else "")])
    yield from labelled("Feeling", view["feeling"], LEVEL)
    yield from closing(view)


def _agenda(entry: Entry, names: Names) -> str:
    """A point about a goal often is its title: that of a private one stays at home with it."""
    hidden, named = names.hides(entry["goal"]), names.of(entry["goal"]) if entry["goal"] else ""
    text = named if hidden else line(entry["text"])
    about = f" (goal: {named})" if named and named != text else ""
    return bullet(f"[{'x' if entry['done'] else ' '}] {text}{about}")


def review(view: View, names: Names) -> Iterator[str]:
    """Yield the blocks of a review: the verdicts first, then what was said."""
    about = "" if view["scope"] == "all" else f", {names.of(view['scope'])}"
    yield title(f"{day(view['on'])}, {spoken(view['kind'])} review{about}")
    yield from facts(_review_facts(view))
    yield from entries("Goals", [_verdict(entry, names) for entry in view["verdicts"]])
    yield from entries("Tasks", [_task_verdict(entry, names) for entry in view["tasks"]])
    yield from entries("Mentors", [_mentor_verdict(entry, names) for entry in view["mentors"]])
    added = [bullet(names.of(id)) for id in view["added_goals"] if not names.hides(id)]
    yield from entries("New goals", added)
    texts = (("What worked", "worked"), ("What did not", "did_not"), ("What changed", "changed"))
    for label, key in (*texts, ("What I unlearned", "unlearned")):
        yield from labelled(label, view[key], LEVEL)
    yield from closing(view)


def _review_facts(view: View) -> list[tuple[str, str]]:
    period, counts = view["period"], view["facts"]
    said = [("Period", f"{day(period['start'])} to {day(period['end'])}")]
    if counts:
        said.append(("Meetings", f"{counts['meetings_held']} held, {counts['meetings_missed']} missed"))
        said.append(
            ("My tasks", f"{counts['tasks_done']} done, {counts['tasks_open']} open, {counts['tasks_late']} late")
        )
        said.append(("Their promises", f"{counts['promises_kept']} kept, {counts['promises_open']} open"))
    return [*said, ("Next review", _on(view["next_on"]))]


def _verdict(entry: Entry, names: Names) -> str:
    changes = [f"{spoken(key)} = {_value(key, _said(value), names)}" for key, value in (entry["changes"] or {}).items()]
    changes += [f"{spoken(key)} emptied" for key in entry.get("clear") or ()]
    moved = f" ({', '.join(changes)})" if changes else ""
    return item(f"{names.of(entry['goal'])}, {spoken(entry['verdict'])}{moved}", entry["reason"], LEVEL)


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _task_verdict(entry: Entry, names: Names) -> str:
    due = f" to {day(entry['due'])}" if entry["due"] else ""
    return item(f"{names.of(entry['task'])}, {spoken(entry['verdict'])}{due}", entry["reason"], LEVEL)


def _mentor_verdict(entry: Entry, names: Names) -> str:
    said = [f"fit {spoken(entry['fit'])}"] if entry["fit"] else []
    if entry["cadence_ok"] is not None:
        said.append("cadence all right" if entry["cadence_ok"] else "cadence not right")
    pulse = [f"{key} {value} of 7" for key, value in (entry["pulse"] or {}).items() if isinstance(value, int)]
    return item(", ".join([names.of(entry["mentor"]), *said, *map(spoken, pulse)]), entry["comment"], LEVEL)


def note(view: View, names: Names) -> Iterator[str]:
    """Yield the blocks of a note."""
    yield title(f"{day(view['on'])}, {spoken(view['kind'])}")
    opened = "open" if view["status"] == "open" else _on(view["closed_on"], "closed ")
    goal_named = view["goal"] and not names.hides(view["goal"])
    yield from facts(
        [
            ("With", names.people(view["mentors"]) if view["mentors"] else ""),
            ("Goal", names.of(view["goal"]) if goal_named else ""),
            ("State", opened),
            ("Told", "; ".join(f"{names.of(told['mentor'])}, {day(told['on'])}" for told in view["told"])),
        ]
    )
    yield prose(view["text"], LEVEL)
    yield from labelled("Outcome", view["outcome"], LEVEL)
    yield from closing(view)
