"""After a meeting: what of the preparation was settled, from options or from a walk through it, as one operation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog import ids as of_records
from mentorlog.app import App
from mentorlog.domain import follow_up, meetings, unsettled
from mentorlog.domain.query import Query
from mentorlog.errors import BadValue, Interrupted, Unchanged, Unreadable, shortened
from mentorlog.flows.answers import SavedAnswers
from mentorlog.flows.meetings import prepare, settled_lines
from mentorlog.models.meeting import AgendaItem, Meeting
from mentorlog.models.rules import clean_prose
from mentorlog.output.messages import follow_up as messages
from mentorlog.output.messages import meeting as meeting_messages
from mentorlog.output.screens import follow_up as layout
from mentorlog.store.format import toml
from mentorlog.store.layout import AFTER_DRAFT

if TYPE_CHECKING:
    from mentorlog.domain.follow_up import FollowUp, Settled
    from mentorlog.domain.meetings import MeetingLog
    from mentorlog.domain.unsettled import Unsettled
    from mentorlog.models.view_types import MeetingView, MentorView
    from mentorlog.models.views import View
    from mentorlog.store.transaction import Transaction


class Choices(NamedTuple):
    """What the options say: answers as `ID=TEXT`, ids, numbers of points, or `all`."""

    answered: Sequence[str]
    told: Sequence[str]
    kept: Sequence[str]
    done: Sequence[str]
    discussed: Sequence[str]

    @property
    def are_given(self) -> bool:
        """Whether any option is given."""
        return any(self)

    @property
    def name_all(self) -> bool:
        """Whether `all` of something is meant, so that it must be known what is open."""
        return any(unsettled.ALL in words for words in self[1:])

    def resolved(self, sheet: Unsettled | None) -> FollowUp:
        """Return what the options say, with what is open in place of `all`."""

        def every(words: Sequence[str], name: str, key: str = "id") -> tuple[Any, ...]:
            if sheet and unsettled.ALL in words:
                return tuple(one[key] for one in sheet[name])  # type: ignore[literal-required]
            return tuple(words)

        points = every(self.discussed, "agenda", "number")
        return follow_up.FollowUp(
            {id: text for id, _, text in (one.partition("=") for one in self.answered)},
            every(self.told, "to_tell"),
            every(self.kept, "promises"),
            every(self.done, "assignments"),
            tuple(int(number) for number in points),
        )


def choices(given: Mapping[str, Any]) -> Choices:
    """Return what the options of a command say."""
    return Choices(*(given[name] or () for name in Choices._fields))


def open_after(
    app: App, people: Sequence[MentorView], meeting: MeetingView | None, on: str, agenda: Sequence[Any]
) -> Unsettled:
    """Return what is open after a meeting with these mentors."""
    return unsettled.gather(meeting, on, agenda, [prepare(app, one) for one in people])


def _open_after(app: App, meeting: MeetingView) -> Unsettled:
    there = meeting["mentors"]
    people = app.reading.find(Query("mentor", ids=tuple(there))) if there else []
    people.sort(key=lambda one: there.index(one["id"]))
    return open_after(app, people, meeting, meeting["on"], meeting["agenda"])


def after(app: App, meeting: MeetingView, chosen: Choices) -> None:
    """Save what the options say was settled at a meeting; without any, ask on a terminal, else show what is open."""
    sheet = _open_after(app, meeting)
    if chosen.are_given:
        _save(app, meeting, chosen.resolved(sheet))
        return
    title = _title(app, meeting)
    if app.json or not app.interactive:
        names = app.reading.titles(meeting["mentors"])
        if not unsettled.count(sheet):
            app.out.say(messages.nothing_open(title), sheet, app.reading.problems)
            return
        head = f"After {title}"
        app.out.page(lambda page: layout.lines(sheet, names, page, app.today, head), sheet, app.reading.problems)
        return
    if not unsettled.count(sheet):
        raise Unchanged(messages.nothing_open(title))
    _save(app, meeting, _Walk(app, meeting, sheet).run())
    _draft(app, meeting["id"]).discard()


def offer(app: App, meeting: MeetingView) -> None:
    """On a terminal, offer the walk after a meeting that was just logged; the meeting stays saved whatever happens."""
    if app.json or not app.interactive:
        return
    sheet, later = _open_after(app, meeting), f"mentorlog meeting after {meeting['id']}"
    if not unsettled.count(sheet):
        return
    try:
        if not app.prompt.confirm(f"Go through what was open ({messages.open_counts(sheet)})?", default=True):
            app.out.note(f"To do it later: {later}")
            return
        _save(app, meeting, _Walk(app, meeting, sheet).run())
        _draft(app, meeting["id"]).discard()
    except Interrupted:
        app.out.note(f"The meeting is saved; continue with: {later}")
    except Unchanged as unchanged:
        app.out.note(unchanged.sentence)


def of_log(
    app: App, people: Sequence[MentorView], log: MeetingLog, plan: MeetingView | None, given: Mapping[str, Any]
) -> FollowUp:
    """Return what the options say was settled at a meeting that is logged; an error if it cannot be saved."""
    chosen = choices(given)
    on, agenda = meetings.day_of(log, plan, app.today), plan["agenda"] if plan else []
    what = chosen.resolved(open_after(app, people, None, on.isoformat(), agenda) if chosen.name_all else None)
    points = tuple(AgendaItem(text=item["text"]) for item in agenda)
    trial = Meeting(id="new", created=app.now, on=on, mentors=log.mentors, agenda=points)
    app.journal.preview(lambda writer: follow_up.apply(writer, trial, what))
    return what


def _save(app: App, meeting: MeetingView, what: FollowUp) -> None:
    """Save what was settled as one operation, and print a line for each record."""

    def work(transaction: Transaction) -> tuple[View, tuple[Settled, ...]]:
        new, settled = follow_up.apply(transaction, transaction.get(Meeting, meeting["id"]), what)
        return transaction.put(new), settled

    view, settled = app.journal.change(f"meeting after: {_title(app, meeting)}", work)
    lines = settled_lines(app, settled, view, what.discussed)
    app.out.say(lines, {**view, "updated": [one.view for one in settled]})


def _title(app: App, meeting: MeetingView) -> str:
    return meeting_messages.title(meeting, app.reading.titles(meeting["mentors"]))


# The walk.


def _draft(app: App, id: str) -> SavedAnswers:
    """Return the answers of an unfinished walk, or an empty draft; what cannot be read is set aside."""
    drafts, name = app.journal.drafts, f"{AFTER_DRAFT}{id}.toml"
    text, data = drafts.get(name), dict[str, Any]()
    if text is not None:
        try:
            data = toml.parse(name, text.encode("utf-8", "surrogateescape"))
        except Unreadable:
            app.out.note(f"Your earlier answers cannot be read; they are in {drafts.aside(name)}")
    return SavedAnswers(app, name, data)


class _Walk:
    """One question about the lists of each step; every answer is saved before the next question.

    The answers are in the form of the options. A step that has been asked is not asked again.
    """

    def __init__(self, app: App, meeting: MeetingView, sheet: Unsettled) -> None:
        self.app, self.id, self.names = app, meeting["id"], app.reading.titles(meeting["mentors"])
        self.sheet: Mapping[str, Any] = sheet
        self.draft = _draft(app, self.id)

    def run(self) -> FollowUp:
        """Ask whatever was not asked yet, and return all answers; Unchanged if there are none."""
        if self.draft.data:
            self.app.out.note("Continuing with your saved answers.")
        steps = {"questions": self._answers, "to_tell": self._told, "tasks": self._tasks, "agenda": self._agenda}
        try:
            for lists, (name, ask) in zip(layout.STEPS, steps.items(), strict=True):
                if name not in self._saved("asked") and any(self.sheet[one] for one in lists):
                    self._show(lists)
                    ask()
                    self.draft.set_whole("asked", [*self._saved("asked"), name])
        except Interrupted:
            if not self.draft.data:
                raise
            hint = f"your answers are saved; continue with: mentorlog meeting after {self.id}"
            raise Interrupted(hint=hint) from None
        if not (what := Choices(*map(self._open, Choices._fields)).resolved(None)).is_empty:
            return what
        self.draft.discard()
        raise Unchanged("No answers; nothing changed.")

    def _saved(self, key: str) -> list[str]:
        """Return the saved answers of a key; none if somebody has made something else of them."""
        found = self.draft.data.get(key)
        return [str(one) for one in found] if isinstance(found, list) else []

    def _open(self, option: str) -> list[str]:
        """Return the answers of an option without those on what is no longer open."""
        lists = {"answered": "questions", "told": "to_tell", "kept": "promises", "done": "assignments"}
        rows = self.sheet[lists.get(option, "agenda")]
        still = {str(row.get("id", row.get("number"))) for row in rows}
        return [one for one in self._saved(option) if one.partition("=")[0] in still]

    def _show(self, lists: Sequence[str]) -> None:
        sheet: Any = self.sheet
        today = self.app.today
        self.app.out.page(lambda page: layout.step_lines(sheet, lists, self.names, page, today), None)

    def _answers(self) -> None:
        questions = [one["id"] for one in self.sheet["questions"]]
        clean = partial(clean_prose, field="the answer")
        if len(questions) == 1:
            text = self.app.prompt.ask_value("What was the answer? (Enter for none)", clean).strip()
            text = re.sub(rf"^(?:1|{questions[0]}) *: *", "", text)  # as where there are several
            self.draft.set_whole("answered", [f"{questions[0]}={text}"] if text else [])
            return

        def read(text: str) -> str:
            name, colon, answer = clean(text).partition(":")
            if text and not (colon and answer.strip()):
                raise BadValue("answer", f"There is no answer in {shortened(text)}.", "write it like 1: Me first")
            return f"{_one_of(name, questions)}={answer.strip()}" if text else ""

        question = "What were the answers? (1: the answer; Enter when done)"
        while answer := self.app.prompt.ask_value(question, read):
            id = answer.partition("=")[0]
            others = [one for one in self._saved("answered") if one.partition("=")[0] != id]
            self.draft.set_whole("answered", [*others, answer])

    def _told(self) -> None:
        told = self._pick("What did you tell them?", "Did you tell them?", [one["id"] for one in self.sheet["to_tell"]])
        self.draft.set_whole("told", told)

    def _tasks(self) -> None:
        promises = [one["id"] for one in self.sheet["promises"]]
        every = [*promises, *(one["id"] for one in self.sheet["assignments"])]
        chosen = self._pick("Which of these are done?", "Is it done?", every)
        self.draft.data["kept"] = [id for id in chosen if id in promises]
        self.draft.set_whole("done", [id for id in chosen if id not in promises])

    def _agenda(self) -> None:
        points = [str(one["number"]) for one in self.sheet["agenda"]]
        self.draft.set_whole("discussed", self._pick("What did you discuss?", "Did you discuss it?", points))

    def _pick(self, several: str, one: str, names: Sequence[str]) -> list[str]:
        """Return those of the names that the answer chooses."""
        if len(names) == 1:
            return [*names] if self.app.prompt.confirm(one) else []
        return self.app.prompt.ask_value(f"{several} (numbers or all; Enter for none)", partial(_chosen, names=names))


def _chosen(text: str, names: Sequence[str]) -> list[str]:
    """Return the names that a text chooses: by numbers, ids, or `all`."""
    words = text.replace(",", " ").split()
    if [word.lower() for word in words] == [unsettled.ALL]:
        return [*names]
    return list(dict.fromkeys(_one_of(word, names) for word in words))


def _one_of(text: str, names: Sequence[str]) -> str:
    """Return the name that a text means: by its number in the list, or its beginning; a number is itself a point's."""
    word = text.strip().lower()
    found = [name for name in names if name == word]
    if not found and word.isdecimal() and of_records.is_id(names[0]):
        found = [*names[int(word) - 1 : int(word)]] if int(word) else []
    elif not found and len(word) > 1:
        found = [name for name in names if name.startswith(word) and of_records.is_id(name)]
    if len(found) != 1:
        raise BadValue("answer", f"{shortened(text)} is not one of these.", "use the numbers in front of them, or all")
    return found[0]
