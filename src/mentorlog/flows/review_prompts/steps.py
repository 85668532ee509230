"""What the guided walk through a review asks of each goal, task and mentor, and of the whole: once, or once again.

An answer that is given again takes the place of the old one only as it is given, so that the draft is whole, or goes
on where it is not, whenever the walk is interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from mentorlog import dates, lookup, vocabulary
from mentorlog.app import App
from mentorlog.domain import loop
from mentorlog.domain.assign import keys
from mentorlog.domain.reviewing.applying import plain_change
from mentorlog.domain.reviewing.facts import GoalState, MentorState
from mentorlog.errors import MentorlogError, Usage
from mentorlog.flows import review
from mentorlog.flows.review_prompts.draft import Entry, ReviewDraft
from mentorlog.models.fields import mentions
from mentorlog.models.goal import Goal, must_be_revisable
from mentorlog.models.mentor import Mentor
from mentorlog.models.record import as_data, view
from mentorlog.models.rules import clean_line, clean_prose
from mentorlog.models.views import View
from mentorlog.output.messages import set as messages
from mentorlog.output.page import Page
from mentorlog.output.screens import review as layout
from mentorlog.output.text import safe, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView, TaskView

T = TypeVar("T")
SKIP = "skip"
NOTHING = "-"
"""Typed where an answer is asked for again, it takes the old one away; Enter leaves it."""

_ON_ACTIVE = (*vocabulary.ACTIVE_GOAL_VERDICTS, SKIP)
_ON_PAUSED = (*vocabulary.PAUSED_GOAL_VERDICTS, SKIP)
_ON_CLOSED = ("resume", SKIP)
_ON_TASK = (*vocabulary.TASK_VERDICTS, SKIP)

_WHY_NOT_NEEDED = {"achieved": "What came of it?", "resume": "Why?", "done": "What came of it?", "defer": "Why?"}
"""What is asked after a verdict that needs no reason."""
_NONE = {"What came of it?": "nothing", "Why?": "no reason"}
_FIT = "Does it fit: productive, friendly, of use?"


class ReviewPrompts:
    """What is shown and asked in a walk, and where the answers are kept."""

    def __init__(self, app: App, draft: ReviewDraft) -> None:
        self.app = app
        self.draft = draft
        self.request = draft.request
        self.quick = draft.request.quick
        self.facts = review.review_facts(app.reading.find, draft.request)

    def _show(self, build: Callable[[Page], Sequence[str]]) -> None:
        self.app.out.page(build, None)

    def _say_dim(self, said: str) -> None:
        """Say in one dim line how an answer was understood, or what was answered before."""
        self._show(lambda page: [page.style(line, "dim") for line in wrap(safe(said), page.limit)])

    def _show_verdict(self, entry: Mapping[str, Any]) -> None:
        """Show what was decided before, where anything was."""
        if "verdict" not in entry:
            return
        reason = f" ({entry['reason']})" if entry.get("reason") else ""
        self._say_dim(f"Verdict: {entry['verdict'] or SKIP}{reason}")

    def _card(self, of: Any, place: str) -> None:
        self._show(lambda page: layout.card(of, self.facts, page, place))

    def _choice(self, question: str, choices: Sequence[str], old: str | None = None) -> str:
        """Return the word that was chosen, "" for skip; Enter alone decides nothing, and leaves an old answer."""
        usual = old if old and old in choices else SKIP
        answer = self.app.prompt.ask(question, usual, choices)
        return "" if answer == SKIP else answer

    def _line(self, question: str) -> str:
        while True:
            text = self.app.prompt.ask(question)
            clean = self._checked(clean_prose, text, "the answer")
            if clean is not None:
                return clean.strip()

    def _line_again(self, question: str, old: str) -> str:
        """Return a text in place of an old one, which Enter leaves and a lone - takes away."""
        if not old:
            return self._line(f"{question} (Enter: nothing)")
        self._say_dim(f"{question} {old}")
        said = self._line(f"{question} (Enter: stays; {NOTHING}: nothing)")
        return "" if said == NOTHING else said or old

    def _reason(self, old: str = "") -> str:
        while not (text := self._line("Why? (Enter: stays)" if old else "Why?") or old):
            self.app.out.note("A reason is needed here.")
        return text

    def _day(self, question: str, earliest: date, *, needed: bool = True) -> date | None:
        while True:
            words = self._line(question)
            if not words and not needed:
                return None
            day = self._checked(dates.ahead, words, self.app.today) if words else None
            if day and day < earliest:
                self.app.out.note(f"{dates.say(day)} is too early: give a day from {dates.say(earliest)} on.")
            elif day:
                self._say_dim(f"→ {dates.say(day)}")
                return day

    def _checked(self, work: Callable[..., T], *values: Any) -> T | None:
        """Return what the work returns; where an answer does not fit, say why and return None."""
        try:
            return work(*values)
        except MentorlogError as wrong:
            if wrong.exit_code not in (1, 2):
                raise
            self.app.out.error(wrong)
            return None

    # Goals

    def _goals(self, states: Sequence[GoalState]) -> None:
        for number, state in enumerate(states, 1):
            entry = self.draft.entry("verdicts", "goal", state.goal["id"])
            if _missing(entry):
                self._card(state, f"Goal {number} of {len(states)}")
                self._show_verdict(entry)
                self._goal(state.goal, entry)

    def _goal_again(self, state: GoalState) -> None:
        """Ask again what becomes of a goal; the same verdict keeps its reason and changes unless they are replaced."""
        goal, entry = state.goal, self.draft.entry("verdicts", "goal", state.goal["id"])
        self._card(state, "Again")
        old = entry.get("verdict", "")
        if old:
            self._show_verdict(entry)
            self._checked(self._show_changes, goal["id"], entry)
        verdict = self._choice("Verdict", _verdicts_for(goal), old)
        if verdict != old or "verdict" not in entry:
            self.draft.replace("verdicts", entry, verdict=verdict)
        elif verdict in vocabulary.VERDICTS_WITH_REASON:
            self.draft.set("verdicts", entry, reason=self._reason(entry["reason"]))
        elif verdict in _WHY_NOT_NEEDED:
            reason = self._line_again(_WHY_NOT_NEEDED[verdict], entry.get("reason", ""))
            self.draft.set("verdicts", entry, reason=reason)
        if verdict == old == "revise":
            self._revise(goal, entry)
        self._goal(goal, entry)

    def _goal(self, goal: GoalView, entry: Entry) -> None:
        """Ask what becomes of a goal, until nothing is missing."""
        while missing := _missing(entry):
            if missing == "verdict":
                self.draft.set("verdicts", entry, verdict=self._choice("Verdict", _verdicts_for(goal)))
            elif missing == "changes":
                self._revise(goal, entry)
            elif entry["verdict"] in vocabulary.VERDICTS_WITH_REASON:
                self.draft.set("verdicts", entry, reason=self._reason())
            else:
                self.draft.set("verdicts", entry, reason=self._why(entry["verdict"]))

    def _why(self, verdict: str) -> str:
        question = _WHY_NOT_NEEDED[verdict]
        return self._line(f"{question} (Enter: {_NONE[question]})")

    def _revise(self, goal: GoalView, entry: Entry) -> None:
        """Take changes KEY=VALUE one by one, each checked; where there is none the verdict is open again."""
        self._say_dim("Write field=value, like by=1 feb 2027; measure= empties a field.")
        while word := self._line("Change (Enter: done)"):
            self._checked(self._add_change, goal["id"], entry, word)
        if not (entry.get("changes") or entry.get("clear")):
            self.app.out.note("Nothing would change: choose again.")
            self.draft.remove("verdicts", entry)

    def _add_change(self, id: str, entry: Entry, word: str) -> None:
        key, equals, value = word.partition("=")
        if not equals:  # no shell is near: quotes around it would be part of it
            raise Usage("That is not field=value.", "write it like by=fri or why=A first paper")
        emptied, named = [] if value.strip() else [key], keys([word], ())
        must_be_revisable(named)
        old = self.app.journal.preview(lambda transaction: transaction.get(Goal, id))
        new = self.app.journal.assigned(old, [] if emptied else [word], emptied)
        fields = old.differing(new)
        named = fields or [one.partition(".")[0] for one in named]
        known = (*entry.get("changes", ()), *entry.get("clear", ()))
        if not fields and not any(name in known for name in named):
            self.app.out.note("That is so already.")
            return
        values = as_data(new, full=False)
        changes = {k: v for k, v in entry.get("changes", {}).items() if k not in named}
        changes |= {name: plain_change(name, values[name]) for name in fields if name in values}
        clear = [name for name in entry.get("clear", ()) if name not in named]
        clear += [name for name in fields if name not in values]
        self.draft.set("verdicts", entry, changes=changes, clear=clear)
        self._show_fields(new, named)

    def _show_changes(self, id: str, entry: Entry) -> None:
        """Show what a revision has changed so far."""
        changes, clear = entry.get("changes") or {}, entry.get("clear") or []
        if changes or clear:
            old = self.app.journal.preview(lambda transaction: transaction.get(Goal, id))
            self._show_fields(self.app.journal.assigned(old, {**changes, "clear": clear}), [*changes, *clear])

    def _show_fields(self, goal: Goal, fields: Sequence[str]) -> None:
        after = view(goal)
        names = self.app.reading.titles([target for _, target in mentions(after)])
        for line in messages.lines(after, fields, names):
            self._say_dim(f"→ {line.strip()}")

    # Tasks

    def _late_tasks(self) -> None:
        late = self.facts.late
        for number, task in enumerate(late, 1):
            entry = self.draft.entry("tasks", "task", task["id"])
            if "reason" in entry or entry.get("verdict") in ("", "keep", "drop"):
                continue
            self._card(task, f"Late task {number} of {len(late)}")
            self._show_verdict(entry)
            self._task(entry)

    def _task(self, entry: Entry) -> None:
        if "verdict" not in entry:
            self.draft.set("tasks", entry, verdict=self._choice("Verdict", _ON_TASK))
        verdict = entry["verdict"]
        if verdict == "defer" and not entry.get("due"):
            self.draft.set("tasks", entry, due=self._day("To when?", self.request.on))
        if verdict in _WHY_NOT_NEEDED and "reason" not in entry:
            self.draft.set("tasks", entry, reason=self._why(verdict))

    def _task_again(self, task: TaskView) -> None:
        """Ask again what becomes of a late task; the same verdict keeps its day and reason unless they are replaced."""
        entry = self.draft.entry("tasks", "task", task["id"])
        self._card(task, "Again")
        old = entry.get("verdict", "")
        if old:
            self._show_verdict(entry)
        verdict = self._choice("Verdict", _ON_TASK, old)
        if verdict != old or "verdict" not in entry:
            self.draft.replace("tasks", entry, verdict=verdict)
        elif verdict in _WHY_NOT_NEEDED:
            if verdict == "defer":
                due = self._day(f"To when? (Enter: {dates.say(entry['due'])})", self.request.on, needed=False)
                self.draft.set("tasks", entry, due=due or entry["due"])
            reason = self._line_again(_WHY_NOT_NEEDED[verdict], entry.get("reason", ""))
            self.draft.set("tasks", entry, reason=reason)
        self._task(entry)

    # Mentors

    def _mentors(self) -> None:
        states = self.facts.mentors
        for number, state in enumerate(states, 1):
            entry = self.draft.entry("mentors", "mentor", state.mentor["id"])
            if "comment" not in entry or _lacks_cadence(entry):
                self._card(state, f"Mentor {number} of {len(states)}")
                self._mentor(state, entry)

    def _mentor(self, state: MentorState, entry: Entry) -> None:
        cadence = state.mentor["cadence"]
        if "fit" not in entry:
            self.draft.set("mentors", entry, fit=self._choice(_FIT, (*vocabulary.FIT_ANSWERS, SKIP)))
        if cadence and "cadence_ok" not in entry:
            self.draft.set("mentors", entry, cadence_ok=self._cadence_is_right(cadence))
        if _lacks_cadence(entry):
            self.draft.set("mentors", entry, every=self._every(state.mentor["id"]))
        if "comment" not in entry:
            self.draft.set("mentors", entry, comment=self._line("A comment? (Enter: none)"))

    def _mentor_again(self, state: MentorState) -> None:
        """Ask again how a mentorship is; Enter leaves each answer as it is."""
        entry, cadence = self.draft.entry("mentors", "mentor", state.mentor["id"]), state.mentor["cadence"]
        self._card(state, "Again")
        self.draft.set("mentors", entry, fit=self._choice(_FIT, (*vocabulary.FIT_ANSWERS, SKIP), entry.get("fit")))
        if cadence:
            right = self._cadence_is_right(cadence, {True: "yes", False: "no"}.get(entry.get("cadence_ok", ""), SKIP))
            every = entry.get("every", "")
            if right is not entry.get("cadence_ok"):
                entry.pop("every", None)
                self.draft.set("mentors", entry, cadence_ok=right)
            if right is False:
                self.draft.set("mentors", entry, every=self._every(state.mentor["id"], every))
        self.draft.set("mentors", entry, comment=self._line_again("A comment?", entry.get("comment", "")))

    def _cadence_is_right(self, cadence: View, old: str | None = None) -> bool | str:
        """Return yes or no as a form has it, "" for skip."""
        said = self._choice(f"Is {dates.every(cadence['every_days'])} all right?", ("yes", "no", SKIP), old)
        return {"yes": True, "no": False}.get(said, "")

    def _every(self, id: str, old: str = "") -> str:
        """Ask how often to meet from now on; nothing is said where it stays."""
        mentor = self.app.journal.preview(lambda transaction: transaction.get(Mentor, id))
        question = f"How often from now on? (Enter: {f'{old}; {NOTHING}: ' if old else ''}stays)"
        while words := self._line(question) or old:
            if words == NOTHING:
                return ""
            cadence = self._checked(lambda: mentor.meeting_every(dates.days(words)).cadence)
            if cadence == mentor.cadence:
                self.app.out.note("That is so already.")
            elif cadence:
                self._say_dim(f"→ {dates.every(cadence.every_days)}")
                return words
        return ""

    # The whole

    def _questions(self, questions: Sequence[tuple[str, str]]) -> None:
        if any(key not in self.draft.data for key, _ in questions):
            self._show(lambda page: [""])
        for key, question in questions:
            if key not in self.draft.data:
                self.draft.set_whole(key, self._line(f"{question} (Enter: nothing)"))

    def _question_again(self, key: str, question: str) -> None:
        self.draft.set_whole(key, self._line_again(question, self.draft.data.get(key, "")))

    def _new_goals(self) -> None:
        """Ask for goals until there are no more: an entry without a title says so."""
        entries: list[Entry] = self.draft.data.get("add_goals", [])
        for entry in [one for one in entries if one.get("title")]:
            self._new_goal(entry)
        while not any(not entry.get("title") for entry in entries):
            title = self._line("A new goal? (Enter: no more)")
            clean = self._checked(clean_line, title, "title") if title else ""
            if clean is not None:
                entry = {"title": clean}
                self.draft.set("add_goals", entry)
                entries = self.draft.data["add_goals"]
                if clean:
                    self._new_goal(entry)

    def _new_goal(self, entry: Entry) -> None:
        if "by" not in entry:
            by = self._day("By when? (Enter: no date)", self.request.on, needed=False)
            self.draft.set("add_goals", entry, by=by or "")
        if "with" not in entry:
            self.draft.set("add_goals", entry, **{"with": self._people()})
        if "measure" not in entry:
            self.draft.set("add_goals", entry, measure=self._line("How will you know? (Enter: not said)"))

    def _people(self) -> list[str]:
        while True:
            names = lookup.words(self._line("With whom? (Enter: nobody)"))
            found = self._checked(lookup.mentors, self.app, names)
            if found is not None:
                if found:
                    self._say_dim(f"→ {', '.join(mentor['name'] for mentor in found)}")
                return [mentor["id"] for mentor in found]

    def _next_date(self) -> None:
        usual = self.draft.data.get("next_on") or self.request.on + timedelta(days=loop.RULES.review_days)
        question = f"Next review? (Enter: {dates.say(usual)})"
        day = self._day(question, self.request.on + timedelta(days=1), needed=False)
        self.draft.set_whole("next_on", day or usual)


def _verdicts_for(goal: GoalView) -> Sequence[str]:
    return {"active": _ON_ACTIVE, "paused": _ON_PAUSED}.get(goal["status"], _ON_CLOSED)


def _lacks_cadence(entry: Entry) -> bool:
    return entry.get("cadence_ok") is False and "every" not in entry


def _missing(entry: Entry) -> str | None:
    """Return what is still to be asked of a goal: its verdict, the reason, or what is revised."""
    verdict = entry.get("verdict")
    if verdict is None:
        return "verdict"
    if verdict in vocabulary.VERDICTS_WITH_REASON and not entry.get("reason"):
        return "reason"
    if verdict in ("achieved", "resume") and "reason" not in entry:
        return "reason"
    return "changes" if verdict == "revise" and not (entry.get("changes") or entry.get("clear")) else None
