"""The records in the Markdown export, by kind: blocks below a heading of level 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mentorlog import dates, vocabulary
from mentorlog.domain.resolving import choices
from mentorlog.export.markdown_prose import inline, prose
from mentorlog.export.markdown_text import address, bullet, item, line
from mentorlog.models.counts import standing
from mentorlog.models.counts import step as reached
from mentorlog.models.fields import class_of
from mentorlog.models.views import View, counted, joined
from mentorlog.output import conflicts, terms
from mentorlog.output.fields import COUNTERS, Names, counter_word, format_agreed
from mentorlog.output.phrases import cadence, day
from mentorlog.output.text import spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models import view_types as types

_LABELS = {
    **{"qualities": "What impressed me", "met_via": "Met", "baseline": "Starting point", "support": "Support I need"},
    **{"worked": "What worked", "did_not": "What did not", "changed": "What changed", "unlearned": "What I unlearned"},
    **{"wellbeing": "How I am", "asks": "What I ask of the program"},
}
"""The labels of the texts that differ from the names of their fields."""


class MarkdownNames(Names):
    """Names in Markdown; a private record that is not exported is only called private."""

    def __init__(self, names: Mapping[str, str], private: Mapping[str, str]) -> None:
        super().__init__(names)
        self._private = private

    def of(self, id: str | None, before: str = "") -> str:
        """Return the name or title after some text; empty if there is no id."""
        if not id:
            return ""
        if self.hides(id):
            return f"{before}a private {self._private[id]}"
        return before + line(self.names[id] if id in self.names else self.missing(id))

    def people(self, ids: Iterable[str]) -> str:
        """Return `William Osler and Marie Curie`."""
        return joined([self.of(id) for id in ids])

    def hides(self, id: str | None) -> bool:
        """Return whether a record is private and not exported."""
        return id in self._private and id not in self.names


def word(text: str | None) -> str:
    """Return a value of a record for people, escaped."""
    return line(spaced(text or ""))


def facts(*pairs: tuple[str, str]) -> Iterator[str]:
    """Yield a list of the facts that are not empty, each with its label, as one block."""
    if shown := [bullet(f"{label}: {text}") for label, text in pairs if text]:
        yield "\n".join(shown)


def entries(label: str, items: Sequence[str]) -> Iterator[str]:
    """Yield a label and the list below it, if there is anything in it."""
    if items:
        yield from (f"**{label}**", "\n".join(items))


def texts(view: View, *fields: str) -> Iterator[str]:
    """Yield the prose of some fields with their labels: in one line, or as separate blocks."""
    for field in fields:
        if (text := view[field] or "").strip():
            label, short = _LABELS.get(field) or spaced(field).capitalize(), inline(text)
            yield from [f"**{label}**", prose(text)] if short is None else [f"**{label}**: {short}"]


def closing(view: View, names: Names) -> Iterator[str]:
    """Yield what any record may end with: notes, what waits for a choice, links, tags."""
    if view["record"] != "meeting":
        yield from texts(view, "notes")
    yield from entries("To be decided", undecided(view, names))
    yield from facts(("Links", ", ".join(map(address, view["links"]))), ("Tags", _list(view["tags"])))


def undecided(view: View, names: Names) -> list[str]:
    """Return what waits for a choice as items of a list: the values that are not shown, and the passages."""
    items = []
    for choice in choices(class_of(view["record"]), view) if view["conflicts"] else ():
        every, name = conflicts.answers(choice, view, names), line(conflicts.label(choice, view))
        items += [item(f"{name}, or", text) for text in (every if choice.passages else every[1:])]
    return items


def _list(values: Iterable[str | None]) -> str:
    return ", ".join(line(value) for value in values if value)


def _commas(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))


def _dated(on: str, head: str, text: str | None) -> str:
    """Return an entry of a history: its day, what happened, and the user's text."""
    return item(_commas(day(on), head), text)


def profile(view: View) -> Iterator[str]:
    """Yield the blocks of the profile."""
    lists = (("Strengths", "strengths"), ("Growth areas", "growth_areas"), ("Values", "values"), ("Needs", "needs"))
    labels = {"degrees": "Degrees", "stage": "Stage", "level": "Level", "program": "Program"}
    labels |= {"institution": "Institution", "specialty": "Specialty", "email": "Email", "orcid": "ORCID"}
    plain = ((label, word(view[key]) if key == "stage" else _list([view[key]])) for key, label in labels.items())
    yield from facts(*plain, *((label, _list(view[key])) for label, key in lists))
    yield from texts(view, "aims")
    starts = line((view["year_starts"] or "").lstrip())
    yield from facts(("Training year starts", starts), ("Training ends", day(view["training_ends"])))
    yield from entries("Stages", [bullet(_stage(one)) for one in view["stages"]])
    blocks = (f"{line(one['name'])}: {_span(one)}, {word(one['load'])}" for one in view["blocks"])
    yield from entries("Rotations", list(map(bullet, blocks)))
    yield from entries("Self-assessment", [_rating(one) for one in _by_day(view["assessments"])])
    numbers = (_dated(one["on"], f"{line(one['name'])}: {_out_of(one)}", None) for one in _by_day(view["numbers"]))
    yield from entries("Numbers", list(numbers))
    yield from entries("Time", [item(f"{line(one['area'])}, {one['percent']}%", None) for one in view["time"]])
    yield from entries("CV", [bullet(_cv(entry)) for entry in view["cv"]])
    yield from entries("To be decided", undecided(view, Names({})))


def _stage(one: View) -> str:
    return _commas(word(one["stage"]), _list([one["level"], one["institution"]]), _span(one))


def _span(one: View) -> str:
    return f"{day(one['from'])}–{day(one['to'])}"


def _by_day(entries: Sequence[View]) -> list[View]:
    return sorted(entries, key=lambda one: str(one["on"]))


def _rating(one: View) -> str:
    competency = f" ({one['competency']})" if one["competency"] else ""
    return _dated(one["on"], f"{line(one['area'])}{competency} {one['rating']} of 5", one["comment"])


def _out_of(number: View) -> str:
    return f"{number['value']}" if number["of"] is None else f"{number['value']} of {number['of']}"


def _cv(entry: types.CvView | None) -> str:
    """Return the place of something in the CV, in one line."""
    if entry is None:
        return ""
    dates = "–".join(filter(None, (entry["start"], entry["end"])))
    plain = [entry["role"], entry["title"], entry["authors"], entry["venue"], entry["place"], dates]
    words = [word(entry["state"]), word(entry["scope"])]
    ids = [f"{key.upper()} {line(text)}" for key in ("doi", "pmid") if (text := entry[key])]
    return f"{word(entry['section'])}: {_commas(_list(plain), *words, *ids, _list([entry['citation']]))}"


def mentor(view: types.MentorView, names: MarkdownNames) -> Iterator[str]:
    """Yield the blocks of a mentor."""
    yield f"### {line(view['name'])}"
    role = {"mentee": "", "mentor": "I am the mentor"}.get(view["my_role"], "we mentor each other")
    yield from facts(
        ("Status", _commas(word(view["status"]), day(view["started"], "since "), day(view["term_ends"], "until "))),
        ("Roles", ", ".join(map(word, view["roles"]))),
        ("Domains", _list(view["domains"])),
        ("Works at", _list([view["program"], view["department"], view["institution"]])),
        ("Kind", _commas(word(view["formality"]), word(view["model"]), word(view["proximity"]), role)),
        ("Origin", _commas(names.of(view["introduced_by"], "introduced by "), word(view["origin"]))),
        ("Meetings", ", ".join(cadence(view["cadence"]))),
        ("Contact", _list([view["email"], view["phone"]])),
    )
    yield from texts(view, "purpose", "qualities", "perspective", "met_via", "conflict_of_interest")
    if agreed := view["expectations"]:
        theirs = f"What they expect{day(agreed['asked_on'], ', asked on ')}"
        lists = (("What I expect", agreed["mine"]), (theirs, agreed["theirs"]))
        limits = (("Off limits", agreed["off_limits"]), ("Not looking for", agreed["not_looking_for"]))
        for label, lines in (*lists, *limits):
            yield from entries(label, [bullet(line(text)) for text in lines])
        yield from facts(
            ("Answers within", days(agreed["response_days"])),
            ("Material before a meeting", days(agreed["prep_days"])),
            ("Meetings arranged by", word(agreed["scheduled_by"])),
        )
        yield from texts(agreed, "confidentiality", "credit", "feedback")
        yield from facts(("Look again", day(agreed["revisit_on"])))
    versions = (_dated(one["on"], line(format_agreed(one["what"])), None) for one in view["agreed"])
    yield from entries("Agreed", list(versions))
    steps = [_dated(step["on"], word(step["status"]), step["reason"]) for step in view["status_log"]]
    if len(steps) > 1 or any(step["reason"] for step in view["status_log"]):
        yield from entries("Status history", steps)
    yield from entries("Comfort", [_dated(one["on"], _sides(one), one["comment"]) for one in view["comfort"]])
    yield from entries("Fit", [_dated(one["on"], _fit(one), one["comment"]) for one in view["fit"]])
    for closure in view["closure"]:
        handed = f", handed to {names.people(closure['handed_to'])}" if closure["handed_to"] else ""
        reasons = _commas("", *map(word, closure["reasons"]), day(closure["thanked_on"], "thanked on "))
        yield f"**Ended** on {_commas(day(closure['on']), word(closure['kind']), reasons)}{handed}"
        yield from texts(closure, "worked", "did_not", "lesson")
    yield from closing(view, names)


def days(count: int | None) -> str:
    """Return a number of days in words; empty for none."""
    return "" if count is None else counted(count, "day")


def _sides(one: types.ComfortView) -> str:
    sides = (("me", one["mine"]), ("them", one["theirs"]))
    return _commas(*(f"{side}: {word(answer)}" for side, answer in sides if answer))


def _fit(one: types.FitView) -> str:
    return _commas(word(one["answer"]), *terms.tests(one))


def goal(view: types.GoalView, names: MarkdownNames, tasks: Sequence[types.TaskView]) -> Iterator[str]:
    """Yield the blocks of a goal: its facts, its tasks, its history."""
    yield f"### {line(view['title'])}"
    shares = [names.of(share["mentor"]) + day(share["told_on"], ", told on ") for share in view["mentors"]]
    yield from facts(
        ("Status", word(view["status"]) + day(view["closed_on"], ", since ")),
        ("Goal of", names.of(view["whose"])),
        ("By", day(view["by"])),
        ("Target", line(f"{view['target']} {view['unit'] or ''}".rstrip()) if view["target"] else ""),
        ("Reached", line(standing(view)) if view["target"] else ""),
        ("Priority", "" if view["priority"] == "normal" else view["priority"]),
        ("Area", _commas(word(view["domain"]), word(view["competency"]))),
        ("Horizon", word(view["horizon"])),
        ("Part of", names.of(view["parent"])),
        ("Asked about it by", names.of(view["asked_by"])),
        ("With", "; ".join(shares)),
    )
    yield from texts(view, "why", "measure", "support", "baseline")
    yield from entries("Tasks", [task(one, names) for one in tasks])
    yield from entries("History", [text for _, text in sorted(_story(view, names), key=lambda pair: pair[0])])
    yield from closing(view, names)


def _story(view: types.GoalView, names: MarkdownNames) -> Iterator[tuple[str, str]]:
    """Yield (day, text) of a goal's progress and changes; those of one day keep their order."""
    for step in view["progress"]:
        yield step["on"], _dated(step["on"], line(reached(view, step)), step["text"])
    for change in view["history"]:
        field = change["field"]
        old, new = (_value(field, text, names) for text in (change["old"], change["new"]))
        yield change["on"], _dated(change["on"], f"{word(field)} from {old} to {new}", change["reason"])


def _value(field: str, text: str | None, names: MarkdownNames) -> str:
    """Return a past value of a goal in words; private records are not named."""
    if text and field in ("mentors", "with"):
        shares = dates.format_value(text, "mentors").split(", ")  # like `osler (told Sun 4 Oct 2026)`, `curie`
        people = (share.partition(" ") for share in shares)
        return ", ".join(f"{names.of(id)}{space}{line(rest)}" for id, space, rest in people)
    if text and field in ("parent", "asked_by"):
        return names.of(text)
    value = dates.format_value(text)
    is_plain = value.isidentifier() or value != " ".join((text or "").split())
    return word(value) if is_plain else f"“{line(value)}”"


def task(view: types.TaskView, names: MarkdownNames) -> str:
    """Return a task as an item of a list, with its details below."""
    owner, giver, status = view["owner"], view["assigned_by"], view["status"]
    details = _commas(
        names.of(owner, "owed by ") if owner != vocabulary.ME else "",
        names.of(giver, "assigned by ") if giver != vocabulary.ME else "",
        names.of(view["helps"], "helps "),
        day(view["due"], "due "),
        day(view["done_on"], "done ") or ("" if status == "todo" else status),
    )
    prose_fields = {key: view[key] for key in ("instructions", "deliverable", "outcome", "notes")}
    below = [item(key.capitalize(), text) for key, text in prose_fields.items() if (text or "").strip()]
    for one in view["rounds"]:
        below.append(item(f"Sent {day(one['sent'])}{day(one['returned'], ', returned ')}", one["comment"]))
    below += [_dated(one["on"], f"deferred to {day(one['new'])}", one["reason"]) for one in view["defers"]]
    if view["letter"]:
        below.append(_letter(view["letter"]))
    below += undecided(view, names)
    below += facts(("Links", ", ".join(map(address, view["links"]))))
    box = "[x]" if status == "done" else "[ ]"
    return bullet(f"{box} {line(view['title'])}{f' ({details})' if details else ''}", *below)


def _letter(letter: types.LetterView) -> str:
    reminded = ", ".join(map(day, letter["reminded"]))
    return bullet(
        _commas(
            f"Letter for {line(letter['for'])}",
            line(f"to {letter['to']}") if letter["to"] else "",
            day(letter["asked_on"], "asked on "),
            f"answer: {letter['answer']}{day(letter['answered_on'], ' on ')}" if letter["answer"] else "",
            day(letter["packet_on"], "packet sent on "),
            f"reminded on {reminded}" if reminded else "",
            day(letter["received_on"], "received on "),
        )
    )


def meeting(view: types.MeetingView, names: MarkdownNames, tasks: Sequence[types.TaskView]) -> Iterator[str]:
    """Yield the blocks of a meeting, with its tasks that are not listed under a goal."""
    yield f"### {day(view['on'])}, {names.people(view['mentors']) or 'no mentors'}"
    by = {"me": " by me", "them": " by them"}.get(view["cancelled_by"] or "", "")
    minutes = f"{view['minutes']} minutes" if view["minutes"] else ""
    kind = "" if view["kind"] == "regular" else word(view["kind"])
    how = _commas(word(view["status"]) + by, kind, word(view["mode"]), view["at"], minutes).capitalize()
    yield f"{_commas(how, line(view['place'] or ''))}."
    yield from entries("Agenda", [_agenda(entry, names) for entry in view["agenda"]])
    yield from texts(view, "notes")
    yield from entries("Decisions", [item(line(text), None) for text in view["decisions"]])
    yield from entries("Tasks", [task(one, names) for one in tasks])
    yield from facts(("Usefulness", f"{view['usefulness']} of 5" if view["usefulness"] else ""))
    yield from texts(view, "feeling")
    yield from closing(view, names)


def _agenda(entry: types.AgendaItemView, names: MarkdownNames) -> str:
    """Return an item of an agenda."""
    named, text = names.of(entry["goal"]), line(entry["text"])
    about = f" (goal: {named})" if named and named != text else ""
    return bullet(f"[{'x' if entry['done'] else ' '}] {text}{about}")


def review(view: types.ReviewView, names: MarkdownNames) -> Iterator[str]:
    """Yield the blocks of a review: the verdicts first, then the answers."""
    about = "" if view["scope"] == "all" else names.of(view["scope"], ", ")
    yield f"### {day(view['on'])}, {word(view['kind'])} review{about}"
    period = f"{day(view['period']['start'])} to {day(view['period']['end'])}"
    yield from facts(("Period", period), *_counts(view["facts"]), ("Next review", day(view["next_on"])))
    yield from entries("Goals", [_verdict(entry, names) for entry in view["verdicts"]])
    yield from entries("Tasks", [_task_verdict(entry, names) for entry in view["tasks"]])
    yield from entries("Mentors", [_mentor_verdict(entry, names) for entry in view["mentors"]])
    yield from entries("New goals", [bullet(names.of(id)) for id in view["added_goals"] if not names.hides(id)])
    yield from texts(view, "worked", "did_not", "changed", "unlearned", "wellbeing", "asks")
    talks = [_dated(one["on"], names.of(one["mentor"]), one["comment"]) for one in view["discussed"]]
    yield from entries("Discussed", talks)
    yield from closing(view, names)


def _counts(facts: View) -> Iterator[tuple[str, str]]:
    for label, counters in COUNTERS.items() if facts else ():
        shown = (name for name in counters if "cancelled" not in name)
        yield label.capitalize(), ", ".join(f"{facts[name]} {counter_word(name)}" for name in shown)
    if facts and facts["entered_late"]:
        yield "Entered late", counted(len(facts["entered_late"]), "record") + " from before this period"


def _verdict(entry: types.VerdictView, names: MarkdownNames) -> str:
    changes = []
    for key, value in (entry["changes"] or {}).items():
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        changes.append(f"{word(key)} = {_value(key, text, names)}")
    changes += [f"{word(key)} cleared" for key in entry.get("clear") or ()]
    moved = f" ({', '.join(changes)})" if changes else ""
    return item(f"{names.of(entry['goal'])}, {word(entry['verdict'])}{moved}", entry["reason"])


def _task_verdict(entry: types.TaskVerdictView, names: MarkdownNames) -> str:
    return item(f"{names.of(entry['task'])}, {word(entry['verdict'])}{day(entry['due'], ' to ')}", entry["reason"])


def _mentor_verdict(entry: types.MentorVerdictView, names: MarkdownNames) -> str:
    right = {None: "", True: "cadence works", False: "cadence does not work"}[entry["cadence_ok"]]
    pulse = [f"{word(key)} {value} of 7" for key, value in (entry["pulse"] or {}).items() if isinstance(value, int)]
    fit = f"fit {word(entry['fit'])}" if entry["fit"] else ""
    comfort = f"comfortable: {entry['comfort']}" if entry["comfort"] else ""
    return item(_commas(names.of(entry["mentor"]), fit, comfort, right, *pulse), entry["comment"])


def note(view: types.NoteView, names: MarkdownNames) -> Iterator[str]:
    """Yield the blocks of a note."""
    yield f"### {day(view['on'])}, {word(view['kind'])}"
    yield from facts(
        ("With", names.people(view["mentors"])),
        ("To", line(view["to"] or "")),
        ("On the decision", "" if names.hides(view["decision"]) else names.of(view["decision"])),
        ("Result", word(view["result"])),
        ("Goal", "" if names.hides(view["goal"]) else names.of(view["goal"])),
        ("Competency", word(view["competency"])),
        ("Status", "open" if view["status"] == "open" else day(view["closed_on"], "closed ")),
        ("CV", _cv(view["cv"])),
        ("Told", "; ".join(f"{names.of(entry['mentor'])}, {day(entry['on'])}" for entry in view["told"])),
    )
    yield prose(view["text"])
    yield from entries("Options", [item(line(text), None) for text in view["options"]])
    yield from texts(view, "outcome")
    yield from closing(view, names)
