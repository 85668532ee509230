"""Who an export is for, and what goes to them: the one place that decides it. Pure.

Which fields an audience sees is declared with each field (`to` and `private` in mentorlog.models.fields); which
records, here. Visibility is a ladder of readers: private, then the mentors that a record names (also through its goal
or meeting), then the programme too, then anyone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from mentorlog import vocabulary
from mentorlog.domain import sharing
from mentorlog.domain.action_lines import for_readers, without_items
from mentorlog.domain.loop import is_unasked
from mentorlog.domain.mentees import is_mentored, only_mentored
from mentorlog.domain.query import About
from mentorlog.errors import BadValue
from mentorlog.models.fields import Kind, class_of, cut, mentions, only, references, spec
from mentorlog.models.views import MOVED, View, heading
from mentorlog.values import Value

if TYPE_CHECKING:
    from mentorlog.models.view_types import BlockView

HISTORY: Mapping[str, Sequence[str]] = {"mentor": ("by", "measure", "title"), "program": ("by",)}
"""The fields of a goal whose changes an audience sees."""

_NEVER_A_MENTOR = (*vocabulary.HOPED_MENTORS, "declined")
_OF_PROGRAM = ("program", "open")
_THEIRS = "theirs"
_OFF = ("cancelled", "missed")
UNSAID = "a private goal"
"""What a point of an agenda says in place of the title of a goal that is withheld."""
_REASONS = (MOVED, "Cancelled by me: ", "Cancelled by them: ", "Cancelled by someone else: ", "Missed: ")
"""The starts of lines in the notes of a meeting that say why it was moved or did not take place."""


class Audience(Value):
    """Who an export is for: `self`, one `mentor`, the `program`, or `others`, if nobody is named."""

    kind: str = "others"
    mentor: str = ""
    """The id of the mentor."""

    @property
    def is_named(self) -> bool:
        """Whether it is a mentor or the programme."""
        return self.kind in ("mentor", "program")


SELF, PROGRAM, OTHERS = Audience("self"), Audience("program"), Audience()
_ALL = About()


class Withheld(Value):
    """A record that an audience does not get, or gets only a part of, and why."""

    record: str
    id: str
    why: str
    """private, not_named (the mentor), not_shown (to the programme), theirs (of a mentee), kind, counted, or field."""
    title: str
    fields: tuple[str, ...] = ()
    """For `field`: the paths of the fields that were left out, such as `expectations.off_limits`."""
    visibility: str = ""
    """The least visibility with which it would go; "" if it goes with none."""


class Selection(Value):
    """What goes to an audience: a record without a name in `names` is never named."""

    audience: Audience
    profile: View
    views: Sequence[View]
    """The records that go, without the fields that the audience does not see."""
    counted: Sequence[View]
    """Records without any text, for counts: those of the program that are not private and not in `views`."""
    names: Mapping[str, str]
    """The name or title of every record that may be named, by id."""
    hidden: Mapping[str, str]
    """The kinds of the other records, by id."""
    withheld: Sequence[Withheld]
    blocks: Sequence[BlockView] = ()
    """The blocks of the profile without their names, with which the days of every audience are counted."""
    mentees: int = 0
    """How many people the resident mentors now, as far as they are not private; none is named by that."""

    def of(self, kind: str) -> list[View]:
        """Return the records of a kind that go."""
        return [view for view in self.views if view["record"] == kind]

    def named(self, ids: Iterable[str]) -> list[str]:
        """Return the names of those records that may be named."""
        return [self.names[id] for id in ids if id in self.names]


def select(
    profile: View,
    views: Sequence[View],
    audience: Audience = OTHERS,
    about: About = _ALL,
    added: Sequence[str] = (),
) -> Selection:
    """Return what goes to an audience: of the records that are asked for, those that they may see.

    The records in `added` go as if they were visible to anyone; raise BadValue if one does not go even so.
    """
    views = [{**view, "visibility": "open"} if view["id"] in added else view for view in views]
    why_not = _rule(views, audience)
    reasons = {view["id"]: why_not(view) for view in views}
    for id in added:
        if why := reasons.get(id, ""):
            what = "counted, without its text" if why == "counted" else "not for this audience"
            raise BadValue("add", f"{id} cannot be added: a record of its kind is {what}.", "leave out --add")
    going = {view["id"]: view for view in views if not reasons[view["id"]]}
    named = going.keys() | _also_named(views, audience)
    linked = (view if audience == SELF else _linked(view, named) for view in views if view["id"] in named)
    people = {view["id"]: view["name"] for view in views if view["record"] == "mentor"}
    names = {view["id"]: _title(view, people) for view in linked}
    hidden = {view["id"]: view["record"] for view in views if view["id"] not in names}
    fit = _cutter(audience, names, hidden)
    shown, counted, withheld = [], [], []
    for view in sharing.chosen(views, about):
        id, why = view["id"], reasons[view["id"]]
        if not why:
            shown.append(fit(view))
            if fields := _left_out(view, shown[-1], reasons):
                withheld.append(Withheld(view["record"], id, "field", _title(view, people), fields))
            continue
        withheld.append(Withheld(view["record"], id, why, _title(view, people), (), _needed(view, why_not)))
        if audience.kind == "program" and why not in ("private", _THEIRS) and view["record"] != "mentor":
            counted.append(_bare(fit(view)))
    bare = profile if audience.kind == "self" else cut(class_of("profile"), profile, audience.kind)
    if fields := _left_out(profile, bare):
        withheld.append(Withheld("profile", "profile", "field", heading(profile), fields))
    known: list[BlockView] = profile["blocks"]
    blocks = [one.copy() for one in known]
    for one in blocks:
        one["name"] = ""
    mentees = sum(map(_is_mentored_now, views))
    return Selection(audience, bare, shown, counted, names, hidden, withheld, blocks, mentees)


def _is_mentored_now(view: View) -> bool:
    """Return whether a record is somebody whom the resident mentors, and not private."""
    is_live = view["record"] == "mentor" and view["status"] in vocabulary.LIVE_MENTORS
    return is_live and is_mentored(view) and view["visibility"] != "private"


def within(selection: Selection, since: date, until: date) -> Selection:
    """Return a selection in which records of earlier and later days are only counted: their texts do not go."""
    days = About(since=since.isoformat(), until=until.isoformat())
    shown = [view for view in selection.views if view["record"] == "mentor" or sharing.in_days(view, days)]
    ids = {view["id"] for view in shown}
    others = (_bare(view) for view in selection.views if view["id"] not in ids)
    return selection.but(views=shown, counted=[*selection.counted, *others])


def _title(view: View, people: Mapping[str, str]) -> str:
    """Return the title of a record; a meeting is called by the names of its mentors, not by their ids."""
    if view["record"] != "meeting":
        return heading(view)
    return heading({**view, "mentors": [people.get(id, id) for id in view["mentors"]]})


def _left_out(view: View, shown: View, ids: Collection[str] = ()) -> tuple[str, ...]:
    """Return the paths of the fields that were left out; the ids behind action items are no loss."""
    if view["record"] == "meeting" and view["notes"] and shown["notes"] != view["notes"]:
        view = {**view, "notes": for_readers(view["notes"], ids)}
    return tuple(dict.fromkeys(_lost(view, shown)))


def _lost(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Yield the path of each field that holds something of which something is not in a view cut for an audience."""
    if not before or before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            yield from _lost(value, after.get(key), f"{path}.{key}" if path else key)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for one, other in zip(before, after, strict=True):
            yield from _lost(one, other, path)
    else:
        yield path


def _needed(view: View, why_not: Callable[[View], str]) -> str:
    """Return the least visibility with which a record would go, "" if there is none."""
    return next((one for one in vocabulary.VISIBILITIES if not why_not({**view, "visibility": one})), "")


# Which records go


def _rule(views: Sequence[View], audience: Audience) -> Callable[[View], str]:
    """Return the function that says why a record is withheld, "" if it goes."""
    if audience.kind == "self":
        return lambda view: ""
    if not audience.is_named:
        return _for_others
    mentees = only_mentored(view for view in views if view["record"] == "mentor")
    mentees.discard(audience.mentor)
    rule = _for_program if audience.kind == "program" else _MentorRule(audience.mentor, views)

    def why_not(view: View, goals: set[str]) -> str:
        if view["visibility"] == "private":
            return "private"
        return _THEIRS if _is_of_a_mentee(view, mentees, audience) else rule(view, goals)

    shown = {view["id"] for view in views if view["record"] == "goal" and not why_not(view, set())}
    return lambda view: why_not(view, shown)


def _for_others(view: View) -> str:
    """Return why a record is withheld from a reader who is not named; or ""."""
    is_theirs = view["record"] == "goal" and view["whose"]
    return "private" if view["visibility"] == "private" else _THEIRS if is_theirs else ""


def _is_of_a_mentee(view: View, mentees: Collection[str], audience: Audience) -> bool:
    """Return whether a record is about another mentee than the reader: what they want, what they do, who they are."""
    match view["record"]:
        case "goal":
            return bool(view["whose"]) and view["whose"] != audience.mentor
        case "task":
            return view["owner"] in mentees
    return audience.kind == "program" and view["id"] in mentees


class Readers(Value):
    """Who sees a record: some mentors by id, or `all_mentors`; and why the program does not, "" if it does."""

    mentors: Sequence[str]
    all_mentors: bool
    program: str


def readers(view: View, linked: Sequence[View]) -> Readers:
    """Return who sees a record; `linked` are the records that it links to."""
    views = [*linked, view]
    named = {id: None for one in views for _, id in mentions(one, "mentor")}
    named |= {one["id"]: None for one in views if one["record"] == "mentor"}
    mentors = [id for id in named if not _rule(views, Audience("mentor", id))(view)]
    return Readers(mentors, not _rule(views, Audience("mentor"))(view), _rule(views, PROGRAM)(view))


def _for_program(view: View, goals: set[str]) -> str:
    """Return why a record that is not private is withheld from the programme, which sees these goals; or ""."""
    match view["record"]:
        case "mentor":
            return "kind" if view["status"] in _NEVER_A_MENTOR else ""
        case "meeting":
            return "counted"
        case "task":
            is_step = view["visibility"] in _OF_PROGRAM and view["goal"] in goals
            return "" if is_step else "counted"
    return "" if view["visibility"] in _OF_PROGRAM else "not_shown"


def _shared(views: Sequence[View], mentor: str) -> Iterator[View]:
    """Yield the goals and meetings that bring those whom they name together: goals of other mentees do not."""
    for view in views:
        is_shared = view["record"] == "meeting" or (view["record"] == "goal" and view["whose"] in (None, mentor))
        if is_shared and view["visibility"] != "private":
            yield view


class _MentorRule:
    """The rule for one mentor: what is open goes to them, and what names them."""

    def __init__(self, mentor: str, views: Sequence[View]) -> None:
        self.mentor = mentor
        self.theirs = {view["id"] for view in _shared(views, mentor) if self._in(view)}
        """The goals and meetings that name them."""

    def __call__(self, view: View, goals: set[str]) -> str:
        """Return why a record that is not private is withheld from the mentor, who sees these goals; or ""."""
        is_open = view["visibility"] == "open"
        match view["record"]:
            case "mentor":
                return "" if view["id"] == self.mentor else "not_named"
            case "review":
                of_goals = view["scope"] in goals or any(one["goal"] in goals for one in view["verdicts"])
                return "" if of_goals else "not_named"
            case "task" if not is_open and view["owner"] not in (vocabulary.ME, self.mentor):
                return "not_named"
            case "task" if is_unasked(view):
                return "kind"
            case "note" if not is_open and self._names_them(view) and view["kind"] not in vocabulary.SHARED_NOTES:
                return "kind"
        return "" if is_open or self._names_them(view) else "not_named"

    def _in(self, view: View) -> bool:
        return any(id == self.mentor for _, id in mentions(view, "mentor"))

    def _names_them(self, view: View) -> bool:
        """Return whether a goal, task, meeting or note names them, also by its goal or meeting."""
        if self._in(view) or view["record"] in ("goal", "meeting"):
            return self._in(view)
        if view["record"] == "note" and view["mentors"]:  # a note to others is for them alone
            return False
        return bool(self.theirs & {view["goal"], view["meeting"]})


def _also_named(views: Sequence[View], audience: Audience) -> set[str]:
    """Return the ids of mentors that a mentor may know of: those with whom they share a goal or meeting."""
    if audience.kind != "mentor":
        return set()
    groups = [{id for _, id in mentions(view, "mentor")} for view in _shared(views, audience.mentor)]
    met = {id for group in groups if audience.mentor in group for id in group}
    open_to_them = [view for view in views if view["visibility"] != "private"]
    return {audience.mentor, *(view["id"] for view in open_to_them if view["record"] == "mentor" and view["id"] in met)}


# Which parts of a record go


def _cutter(audience: Audience, names: Mapping[str, str], hidden: Collection[str]) -> Callable[[View], View]:
    """Return the function that leaves out what an audience does not see of a record that goes."""

    def for_reader(view: View) -> View:
        bare = cut(class_of(view["record"]), view, audience.kind)
        return _part(_linked(bare, names), audience, names) if audience.is_named else _silent(bare, hidden)

    return for_reader if audience != SELF else lambda view: view


def _silent(view: View, hidden: Collection[str]) -> View:
    """Return a view without what it says of withheld goals and tasks; its links to them stay."""
    match view["record"]:
        case "meeting":
            agenda = [_unsaid(point, "goal", hidden, text=UNSAID) for point in view["agenda"]]
            notes = without_items(view["notes"], hidden) or None if view["notes"] else None
            return {**view, "agenda": agenda, "notes": notes}
        case "review":
            verdicts = [_unsaid(verdict, "goal", hidden) for verdict in view["verdicts"]]
            return {**view, "verdicts": verdicts, "tasks": [_unsaid(one, "task", hidden) for one in view["tasks"]]}
    return view


def _unsaid(entry: View, about: str, hidden: Collection[str], **said: str) -> View:
    """Return an entry, if it is about a withheld record, without its texts."""
    if entry[about] not in hidden:
        return entry
    return only(entry, (about, "verdict", "done")) | said


def _linked(view: View, names: Collection[str]) -> View:
    """Return a view without links to records that may not be named, and without points on such goals."""
    linked, kind = dict(view), class_of(view["record"])
    for way in references(kind):
        if way.path[0] in linked:
            linked[way.path[0]] = _without_links(linked, way.path, names, kind)
    if linked["record"] == "meeting" and linked["agenda"]:  # the text of a point is often the title of its goal
        pairs = zip(view["agenda"], linked["agenda"], strict=True)
        linked["agenda"] = [after for before, after in pairs if before["goal"] == after["goal"]]
    return linked


def _without_links(entry: Mapping[str, Any], path: Sequence[str], names: Collection[str], kind: Kind) -> Any:
    """Return the value of the first field of a path to ids, without ids that are not in `names`.

    An entry of a list that is about such a record, such as a verdict on a goal, goes as a whole.
    """
    field, value = spec(kind)[path[0]], entry[path[0]]
    if not value:
        return value
    if field.part is None:
        known = [id for id in (value if field.is_list else [value]) if id in names or id == field.alternative]
        return known if field.is_list else next(iter(known), None)
    parts = value if field.is_list else [value]
    bare = [{**one, path[1]: _without_links(one, path[1:], names, field.part)} for one in parts]
    if not field.is_list:
        return bare[0]
    must = spec(field.part)[path[1]].required
    return [
        after for before, after in zip(parts, bare, strict=True) if not must or after[path[1]] or not before[path[1]]
    ]


def _part(view: View, audience: Audience, names: Collection[str]) -> View:
    """Return a view with only those entries and lines of its fields that a named audience sees."""
    match view["record"]:
        case "goal":
            history = [entry for entry in view["history"] if entry["field"] in HISTORY[audience.kind]]
            return {**view, "history": history}
        case "mentor":
            log = [entry for entry in view["status_log"] if entry["status"] not in _NEVER_A_MENTOR]
            return {**view, "status_log": log}
        case "review":
            return {**view, "verdicts": [_revised(verdict) for verdict in view["verdicts"]]}
        case "meeting" if view["notes"]:
            return {**view, "notes": _notes(view, names)}
        case "task" if view["status"] == "dropped":  # the outcome is the reason
            return {**view, "outcome": None}
    return view


def _revised(verdict: View) -> View:
    """Return a verdict with the changes that a mentor sees of the goal's history."""
    changes = {key: value for key, value in (verdict["changes"] or {}).items() if key in HISTORY["mentor"]}
    return {
        **verdict,
        "changes": changes or None,
        "clear": [key for key in verdict["clear"] if key in HISTORY["mentor"]],
    }


def _notes(meeting: View, names: Collection[str]) -> str | None:
    """Return the notes of a meeting without why it was moved or did not take place, and without ids of tasks."""
    kept, is_reason, is_last = list[str](), False, False
    for line in for_readers(meeting["notes"], names).split("\n"):
        if line.startswith(_REASONS):
            is_reason, is_last = True, meeting["status"] in _OFF and not line.startswith(MOVED)
        elif is_reason and not is_last and not line.strip():
            is_reason = False  # it is one paragraph
            if kept[-1:] == [""]:
                continue
        if not is_reason:
            kept.append(line)
    return "\n".join(kept).strip("\n") or None


_COUNTED = {
    "goal": ("status", "by", "closed_on"),
    "task": ("status", "owner", "assigned_by", "helps", "goal", "meeting", "due", "done_on", "rounds"),
    "meeting": ("on", "at", "status", "mentors", "minutes", "cancelled_by", "agenda"),
    "note": ("on", "goal"),
    "review": ("on", "kind", "verdicts"),
}
"""The fields of a record that is only counted."""
_TEXTS = {"agenda": ("text",), "verdicts": ("reason", "changes"), "rounds": ("comment",)}
"""Those with texts in their entries."""


def _bare(view: View) -> View:
    """Return a view for counts: links, days and statuses."""
    bare = only(view, ("record", "id", "created", *_COUNTED[view["record"]]))
    for key, texts in _TEXTS.items():
        if bare.get(key):
            bare[key] = [{**entry, **dict.fromkeys(texts)} for entry in bare[key]]
    return bare
