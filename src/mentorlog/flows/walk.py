"""The guided walk through a review: one question after another, each answer on the disk before the next is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from mentorlog.context import Context
from mentorlog.domain import dates, loop
from mentorlog.domain.reviewing.answers import Given
from mentorlog.domain.reviewing.applying import Outcome, agreed
from mentorlog.domain.reviewing.facts import GoalState, MentorState, Picture
from mentorlog.errors import AnswerNeeded, Interrupted, MentorlogError, Unchanged, Usage
from mentorlog.flows import reviews
from mentorlog.flows.walk_draft import DRAFT, Answers, Entry, begun
from mentorlog.models.goal import Goal
from mentorlog.models.mentor import ANSWERS, Mentor
from mentorlog.models.record import as_data, clean_line, clean_prose, view
from mentorlog.models.review import NEEDS_REASON
from mentorlog.models.views import View, mentions
from mentorlog.output import assigned
from mentorlog.output import review as layout
from mentorlog.output.screen import Page
from mentorlog.output.text import safe, wrap
from mentorlog.store import answers as forms

T = TypeVar("T")
SKIP = "skip"

_FULL = (("worked", "What worked?"), ("did_not", "What did not?"), ("changed", "What changed?"))
_QUICK = (("worked", "What moved?"), ("did_not", "What is stuck?"), ("changed", "What changes?"))

_ON_ACTIVE = ("keep", "revise", "achieved", "partly", "pause", "drop", SKIP)
_ON_PAUSED = ("keep", "resume", "revise", "achieved", "partly", "drop", SKIP)
_ON_CLOSED = ("resume", SKIP)
_ON_TASK = ("keep", "done", "defer", "drop", SKIP)

_WHY_NOT_NEEDED = {
    "achieved": "What came of it? (Enter: nothing)",
    "resume": "Why? (Enter: no reason)",
    "done": "What came of it? (Enter: nothing)",
    "defer": "Why? (Enter: no reason)",
}
"""What is asked after a verdict that needs no reason."""


def hold(here: Context, said: reviews.Options, *, resume: bool) -> Outcome:
    """Ask through a whole review and keep it; Interrupted and Unchanged leave the answers so far in the draft."""
    if here.json or not here.interactive:
        raise AnswerNeeded("--answers FILE", "What became of your goals, tasks and mentors?")
    reviews.must_be_whole(here)
    reviews.must_hold_something(here)
    answers = begun(here, said, resume=resume)
    try:
        given = _Walk(here, answers).run()
    except (Interrupted, KeyboardInterrupt):
        if here.journal.drafts.get(DRAFT) is None:
            raise Interrupted from None
        raise Interrupted(
            "Interrupted; nothing in the journal was changed.",
            "your answers are kept; go on with: mentorlog review --resume",
        ) from None
    outcome = reviews.kept(here, given, answers.wish)  # from here on nobody may say that nothing was changed
    answers.forget()
    return outcome


class _Walk:
    """One walk: what is shown, what is asked, and in which order."""

    def __init__(self, here: Context, answers: Answers) -> None:
        self.here = here
        self.answers = answers
        self.wish = answers.wish
        self.quick = answers.wish.kind == "quick"
        self.picture = reviews.picture(here.journal.find, answers.wish)

    def run(self) -> Given:
        """Ask everything that has no answer yet, show what it would change, and return what the user agrees to."""
        self._leave_out()
        problems = self.here.journal.problems
        self.here.out.page(lambda page: layout.facts(self.picture, page, self.wish.kind), None, problems)
        if self.quick:
            self._questions(_QUICK)
            self._goals(self.picture.drifting)
        else:
            self._goals(self.picture.goals)
            self._late_tasks()
            self._mentors()
            self._questions(_FULL)
            self._new_goals()
            self._next_date()
        return self._finish()

    def _leave_out(self) -> None:
        """Answers on what is closed or gone since they were given have no use any more."""
        known = {
            ("verdicts", "goal"): {state.goal["id"] for state in self.picture.goals},
            ("tasks", "task"): {task["id"] for task in self.picture.late},
            ("mentors", "mentor"): {state.mentor["id"] for state in self.picture.mentors},
        }
        for (table, key), ids in known.items():
            for entry in list(self.answers.data.get(table, ())):
                if entry.get(key) not in ids:
                    self.answers.data[table].remove(entry)
                    self.here.out.note(f"{entry.get(key)} is not open any more: its answer is left out.")

    # Goals

    def _goals(self, states: Sequence[GoalState]) -> None:
        for number, state in enumerate(states, 1):
            entry = self.answers.entry("verdicts", "goal", state.goal["id"])
            if not _whole(entry):
                place = f"Goal {number} of {len(states)}"
                self._card(layout.goal_card, state, place)
                while not self._goal(state.goal, entry):
                    pass

    def _goal(self, goal: View, entry: Entry) -> bool:
        """Ask what becomes of a goal; whether the answer is whole."""
        if "verdict" not in entry:
            choices = {"active": _ON_ACTIVE, "paused": _ON_PAUSED}.get(goal["status"], _ON_CLOSED)
            self.answers.set("verdicts", entry, verdict=self._choice("Verdict", choices))
        else:
            self._recall(entry)
        verdict = entry["verdict"]
        if verdict in NEEDS_REASON and not entry.get("reason"):
            self.answers.set("verdicts", entry, reason=self._reason())
        elif verdict in ("achieved", "resume") and "reason" not in entry:
            self.answers.set("verdicts", entry, reason=self._line(_WHY_NOT_NEEDED[verdict]))
        if verdict == "revise" and not (entry.get("changes") or entry.get("clear")) and not self._revise(goal, entry):
            self.here.out.note("Nothing would change: choose again.")
            self.answers.take_back("verdicts", entry, "verdict", "reason")
            return False
        return True

    def _revise(self, goal: View, entry: Entry) -> bool:
        """Take changes KEY=VALUE one by one, each checked; whether there was any."""
        self._aside("Write field=value, like by=1 feb 2027; measure= empties a field.")
        while True:
            word = self._line("Change (Enter: done)")
            if not word:
                return bool(entry.get("changes") or entry.get("clear"))
            self._again(self._revised, goal["id"], entry, word)

    def _revised(self, id: str, entry: Entry, word: str) -> None:
        key, equals, value = word.partition("=")
        if not equals:  # no shell is near: quotes around it would be part of it
            raise Usage("That is not field=value.", "write it like by=fri or why=A first paper")
        emptied = [key] if equals and not value.strip() else []
        old = self.here.journal.preview(lambda batch: batch.get(Goal, id))
        new = self.here.journal.assigned(old, [] if emptied else [word], emptied)
        fields = old.differing(new)
        old.revised(new, on=self.wish.on, reason=entry["reason"])
        if not fields:
            self.here.out.note("That is so already.")
            return
        values = as_data(new, full=False)
        changes = {k: v for k, v in entry.get("changes", {}).items() if k not in fields}
        changes |= {name: _names(name, values[name]) for name in fields if name in values}
        clear = [name for name in entry.get("clear", ()) if name not in fields]
        clear += [name for name in fields if name not in values]
        self.answers.set("verdicts", entry, changes=changes, clear=clear)
        after = view(new)
        names = self.here.journal.titles([target for _, target in mentions(after)])
        for line in assigned.lines(after, fields, names):
            self._aside(f"→ {line.strip()}")

    # Tasks and mentors

    def _late_tasks(self) -> None:
        late = self.picture.late
        for number, task in enumerate(late, 1):
            entry = self.answers.entry("tasks", "task", task["id"])
            if "reason" in entry or entry.get("verdict") in ("", "keep", "drop"):
                continue
            place = f"Late task {number} of {len(late)}"
            self._card(layout.task_card, task, place)
            if "verdict" not in entry:
                self.answers.set("tasks", entry, verdict=self._choice("Verdict", _ON_TASK))
            else:
                self._recall(entry)
            if entry["verdict"] == "defer" and not entry.get("due"):
                self.answers.set("tasks", entry, due=self._day("To when?", self.wish.on))
            if entry["verdict"] in _WHY_NOT_NEEDED:
                self.answers.set("tasks", entry, reason=self._line(_WHY_NOT_NEEDED[entry["verdict"]]))

    def _mentors(self) -> None:
        states = self.picture.mentors
        for number, state in enumerate(states, 1):
            entry = self.answers.entry("mentors", "mentor", state.mentor["id"])
            if "comment" in entry:
                continue
            place = f"Mentor {number} of {len(states)}"
            self._card(layout.mentor_card, state, place)
            self._mentor(state, entry)

    def _mentor(self, state: MentorState, entry: Entry) -> None:
        if "fit" not in entry:
            self.answers.set(
                "mentors", entry, fit=self._choice("Does it fit: productive, friendly, of use?", (*ANSWERS, SKIP))
            )
        cadence = state.mentor["cadence"]
        if cadence and "cadence_ok" not in entry:
            question = f"Is {dates.every(cadence['every_days'])} all right?"
            said = self._choice(question, ("yes", "no", SKIP))
            self.answers.set("mentors", entry, cadence_ok={"yes": True, "no": False}.get(said, ""))
        if entry.get("cadence_ok") is False and "every" not in entry:
            self.answers.set("mentors", entry, every=self._every(state.mentor["id"]))
        self.answers.set("mentors", entry, comment=self._line("A comment? (Enter: none)"))

    def _every(self, id: str) -> str:
        """Ask how often to meet from now on; nothing is said where it stays."""
        mentor = self.here.journal.preview(lambda batch: batch.get(Mentor, id))
        while words := self._line("How often from now on? (Enter: stays)"):
            cadence = self._again(lambda: mentor.meeting_every(dates.days(words)).cadence)
            if cadence == mentor.cadence:
                self.here.out.note("That is so already.")
            elif cadence:
                self._aside(f"→ {dates.every(cadence.every_days)}")
                return words
        return ""

    # The whole

    def _questions(self, questions: Sequence[tuple[str, str]]) -> None:
        if any(key not in self.answers.data for key, _ in questions):
            self._show(lambda page: [""])
        for key, question in questions:
            if key not in self.answers.data:
                self.answers.tell(key, self._line(f"{question} (Enter: nothing)"))

    def _new_goals(self) -> None:
        """Ask for goals until there are no more: an entry without a title says so."""
        entries: list[Entry] = self.answers.data.get("add_goals", [])
        for entry in [one for one in entries if one.get("title")]:
            self._new_goal(entry)
        while not any(not entry.get("title") for entry in entries):
            title = self._line("A new goal? (Enter: no more)")
            clean = self._again(clean_line, title, "title") if title else ""
            if clean is not None:
                entry = {"title": clean}
                self.answers.set("add_goals", entry)
                entries = self.answers.data["add_goals"]
                if clean:
                    self._new_goal(entry)

    def _new_goal(self, entry: Entry) -> None:
        if "by" not in entry:
            by = self._day("By when? (Enter: no date)", self.wish.on, needed=False)
            self.answers.set("add_goals", entry, by=by or "")
        if "with" not in entry:
            self.answers.set("add_goals", entry, **{"with": self._people()})
        if "measure" not in entry:
            self.answers.set("add_goals", entry, measure=self._line("How will you know? (Enter: not said)"))

    def _people(self) -> list[str]:
        while True:
            words = self._line("With whom? (Enter: nobody)")
            names = [name.strip() for name in words.split(",") if name.strip()]
            found = self._again(self._found, names)
            if found is not None:
                if found:
                    self._aside(f"→ {', '.join(found.values())}")
                return list(found)

    def _found(self, names: Sequence[str]) -> dict[str, str]:
        return {mentor["id"]: mentor["name"] for mentor in map(self.here.mentor, names)}

    def _next_date(self) -> None:
        if "next_on" not in self.answers.data:
            usual = self.wish.on + timedelta(days=loop.REVIEW_DAYS)
            question = f"Next review? (Enter: {dates.say(usual)})"
            day = self._day(question, self.wish.on + timedelta(days=1), needed=False)
            self.answers.tell("next_on", day or usual)

    def _finish(self) -> Given:
        """Show what the answers would change, and return them where the user agrees."""
        given = forms.read(self.answers.text, self.answers.path)
        if given.answers.empty:
            self.answers.forget()
            raise Unchanged("Nothing was answered, and no review was made.")
        tried = reviews.tried(self.here, given, agreed(given, self.wish))
        self._show(lambda page: layout.summary(tried, page))
        if not self.here.confirm("Keep this review?", True, option="--answers FILE"):
            said = f"Nothing was changed. Your answers are in {self.answers.path}; mentorlog review --resume goes on"
            raise Unchanged(said)
        return given

    # How it asks

    def _show(self, build: Callable[[Page], Sequence[str]]) -> None:
        self.here.out.page(build, None)

    def _aside(self, said: str) -> None:
        """Say in one dim line how an answer was understood, or what was answered before."""
        self._show(lambda page: [page.style(line, "dim") for line in wrap(safe(said), page.limit)])

    def _recall(self, entry: Entry) -> None:
        """Say what was decided before the walk was interrupted."""
        reason = f" ({entry['reason']})" if entry.get("reason") else ""
        self._aside(f"Verdict: {entry['verdict']}{reason}")

    def _card(self, layout: Callable[[Any, Picture, Page, str], Sequence[str]], of: Any, place: str) -> None:
        self._show(lambda page: layout(of, self.picture, page, place))

    def _choice(self, question: str, choices: Sequence[str]) -> str:
        """Return the word that was chosen, "" for skip; nothing is decided by Enter alone."""
        wide = len(f"{question} [{'/'.join(choices)}] ({SKIP}): ") < self.here.out.width
        answer = self.here.ask(question, SKIP, choices) if wide else self._chosen_below(question, choices)
        return "" if answer == SKIP else answer

    def _chosen_below(self, question: str, choices: Sequence[str]) -> str:
        """Ask for a choice where the words have no room beside the question."""
        self._show(lambda page: wrap(" / ".join(choices), page.limit, "  "))
        while True:
            word = self.here.ask(question, SKIP).strip().lower()
            meant = [one for one in choices if one == word] or [one for one in choices if one.startswith(word)]
            if word and len(meant) == 1:
                return meant[0]
            self.here.out.note("Please answer with one of these words.")

    def _line(self, question: str) -> str:
        while True:
            text = self.here.ask(question)
            clean = self._again(clean_prose, text, "the answer")
            if clean is not None:
                return clean.strip()

    def _reason(self) -> str:
        while not (text := self._line("Why?")):
            self.here.out.note("A reason is needed here.")
        return text

    def _day(self, question: str, earliest: date, *, needed: bool = True) -> date | None:
        while True:
            words = self._line(question)
            if not words and not needed:
                return None
            day = self._again(dates.ahead, words, self.here.today) if words else None
            if day and day < earliest:
                self.here.out.note(f"{dates.say(day)} is too early: give a day from {dates.say(earliest)} on.")
            elif day:
                self._aside(f"→ {dates.say(day)}")
                return day

    def _again(self, work: Callable[..., T], *values: Any) -> T | None:
        """Return what the work returns; where an answer does not fit, say why and return None."""
        try:
            return work(*values)
        except MentorlogError as wrong:
            if wrong.exit_code not in (1, 2):
                raise
            self.here.out.error(wrong)
            return None


def _whole(entry: Entry) -> bool:
    """Whether nothing more is to be asked of a goal."""
    verdict = entry.get("verdict")
    if verdict is None:
        return False
    if verdict in NEEDS_REASON and not entry.get("reason"):
        return False
    if verdict in ("achieved", "resume") and "reason" not in entry:
        return False
    return verdict != "revise" or bool(entry.get("changes") or entry.get("clear"))


def _names(field: str, value: Any) -> Any:
    """A new value as a form has it: of mentors the names alone."""
    return [share["mentor"] for share in value] if field == "mentors" else value
