"""The steps of the guided walk through a review: what is asked of each goal, late task and mentor, once or again.

An answer that is given again takes the place of the old one only as it is given, so that the draft is whole, or goes
on where it is not, whenever the walk is interrupted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from mentorlog import dates, vocabulary
from mentorlog.domain.assign import keys
from mentorlog.domain.reviewing.applying import plain_change
from mentorlog.domain.reviewing.facts import GoalState, MentorState
from mentorlog.errors import Usage
from mentorlog.flows.review_prompts.prompter import NOTHING, SKIP, Prompter
from mentorlog.models.fields import mentions
from mentorlog.models.goal import Goal, must_be_revisable
from mentorlog.models.mentor import Mentor
from mentorlog.models.record import Record, as_data, view
from mentorlog.models.views import View, heading
from mentorlog.output.messages import set as messages
from mentorlog.output.screens import review as layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import CadenceView, TaskView

R = TypeVar("R", bound=Record)

_OUTCOME, _WHY = ("What came of it?", "nothing"), ("Why?", "no reason")
_REASONS = {"achieved": _OUTCOME, "resume": _WHY, "done": _OUTCOME, "defer": _WHY}
"""What is asked after a verdict that needs no reason, and what Enter says."""
_ON_GOAL = {"active": vocabulary.ACTIVE_GOAL_VERDICTS, "paused": vocabulary.PAUSED_GOAL_VERDICTS}
_FIT = "Does it fit: productive, friendly, of use?"


class _RecordStep:
    """What is asked of one record; the answers are one entry of the draft."""

    def __init__(self, prompter: Prompter, table: str, record: View, facts_of: GoalState | MentorState | View) -> None:
        self.prompter, self.table, self._facts_of = prompter, table, facts_of
        self.id, self.title = record["id"], heading(record).lower()
        self.entry = prompter.draft.entry(table, record["record"], self.id)

    def show(self, place: str = "Again") -> None:
        """Show the record, and what was decided before."""
        self.prompter.show(lambda page: layout.card(self._facts_of, self.prompter.facts, page, place))
        if self.entry.get("verdict"):
            reason = f" ({self.entry['reason']})" if self.entry.get("reason") else ""
            self.prompter.show_dim(f"Verdict: {self.entry['verdict']}{reason}")

    def set(self, **values: Any) -> None:
        """Keep answers."""
        self.prompter.draft.set(self.table, self.entry, **values)

    def replace(self, verdict: str) -> bool:
        """Keep another verdict in place of all that was answered; return False where it is the same."""
        if verdict == self.entry.get("verdict"):
            return False
        self.prompter.draft.replace(self.table, self.entry, verdict=verdict)
        return True

    def ask_reason(self) -> None:
        """Ask why, where the verdict may have a reason but needs none."""
        if self.entry["verdict"] in _REASONS:
            question, none = _REASONS[self.entry["verdict"]]
            old = self.entry.get("reason")
            self.set(reason=self.prompter.text(question, old or "", none if old is None else "nothing"))

    def saved(self, kind: type[R]) -> R:
        """Return the record as it is in the journal."""
        return self.prompter.app.journal.preview(lambda transaction: transaction.get(kind, self.id))


class GoalStep(_RecordStep):
    """What becomes of a goal."""

    label = "Goal"

    def __init__(self, prompter: Prompter, state: GoalState) -> None:
        super().__init__(prompter, "verdicts", state.goal, state)
        self.verdicts = _ON_GOAL.get(state.goal["status"], ("resume",))

    @property
    def missing(self) -> str | None:
        """What is still to be asked: the verdict, the reason, or what is revised."""
        entry = self.entry
        verdict = entry.get("verdict")
        if verdict is None:
            return "verdict"
        if verdict in vocabulary.VERDICTS_WITH_REASON and not entry.get("reason"):
            return "reason"
        if verdict in _REASONS and "reason" not in entry:
            return "reason"
        return "changes" if verdict == "revise" and not (entry.get("changes") or entry.get("clear")) else None

    def ask(self) -> None:
        """Ask until nothing is missing."""
        while missing := self.missing:
            if missing == "verdict":
                self.set(verdict=self.prompter.choice("Verdict", self.verdicts))
            elif missing == "changes":
                self._revise()
            else:
                self.ask_reason()

    def ask_again(self) -> None:
        """Ask again; the same verdict keeps its reason and changes unless they are replaced."""
        self.show()
        self.prompter.checked(self._show_changes)
        if not self.replace(self.prompter.choice("Verdict", self.verdicts, self.entry.get("verdict"))):
            self.ask_reason()
            if self.entry["verdict"] == "revise":
                self._revise()
        self.ask()

    def ask_reason(self) -> None:
        """Ask why, until there is a reason where the verdict needs one."""
        super().ask_reason()
        if self.entry["verdict"] in vocabulary.VERDICTS_WITH_REASON:
            old = self.entry.get("reason")
            while not (reason := self.prompter.line("Why? (Enter: stays)" if old else "Why?") or old):
                self.prompter.app.out.note("A reason is needed here.")
            self.set(reason=reason)

    def _revise(self) -> None:
        """Take changes KEY=VALUE one by one, each checked; where there is none the verdict is open again."""
        self.prompter.show_dim("Write field=value, like by=1 feb 2027; measure= empties a field.")
        while text := self.prompter.line("Change (Enter: done)"):
            self.prompter.checked(self._add_change, text)
        if not (self.entry.get("changes") or self.entry.get("clear")):
            self.prompter.app.out.note("Nothing would change: choose again.")
            self.prompter.draft.remove(self.table, self.entry)

    def _add_change(self, text: str) -> None:
        key, equals, value = text.partition("=")
        if not equals:  # no shell is near: quotes around it would be part of it
            raise Usage("That is not field=value.", "write it like by=fri or why=A first paper")
        emptied, named = [] if value.strip() else [key], keys([text], ())
        must_be_revisable(named)
        old = self.saved(Goal)
        new = self.prompter.app.journal.assigned(old, [] if emptied else [text], emptied)
        fields = old.differing(new)
        named = fields or [name.partition(".")[0] for name in named]
        changes, clear = self.entry.get("changes", {}), self.entry.get("clear", [])
        if not fields and not any(name in changes or name in clear for name in named):
            self.prompter.app.out.note("That is so already.")
            return
        values = as_data(new, full=False)
        changes = {name: change for name, change in changes.items() if name not in named}
        changes |= {name: plain_change(name, values[name]) for name in fields if name in values}
        clear = [name for name in clear if name not in named]
        clear += [name for name in fields if name not in values]
        self.set(changes=changes, clear=clear)
        self._show_fields(new, named)

    def _show_changes(self) -> None:
        """Show what a revision has changed so far."""
        changes, clear = self.entry.get("changes") or {}, self.entry.get("clear") or []
        if changes or clear:
            new = self.prompter.app.journal.assigned(self.saved(Goal), {**changes, "clear": clear})
            self._show_fields(new, [*changes, *clear])

    def _show_fields(self, goal: Goal, fields: Sequence[str]) -> None:
        after = view(goal)
        names = self.prompter.app.reading.titles([target for _, target in mentions(after)])
        for line in messages.lines(after, fields, names):
            self.prompter.show_dim(f"→ {line.strip()}")


class TaskStep(_RecordStep):
    """What becomes of a late task."""

    label = "Late task"

    def __init__(self, prompter: Prompter, task: TaskView) -> None:
        super().__init__(prompter, "tasks", task, task)

    @property
    def missing(self) -> bool:
        """Whether something is still to be asked."""
        return "reason" not in self.entry and self.entry.get("verdict") not in ("", "keep", "drop")

    def ask(self) -> None:
        """Ask what has no answer yet."""
        if "verdict" not in self.entry:
            self.set(verdict=self.prompter.choice("Verdict", vocabulary.TASK_VERDICTS))
        if self.entry["verdict"] == "defer" and not self.entry.get("due"):
            self.set(due=self.prompter.day("To when?", self.prompter.on))
        if "reason" not in self.entry:
            self.ask_reason()

    def ask_again(self) -> None:
        """Ask again; the same verdict keeps its day and reason unless they are replaced."""
        self.show()
        if not self.replace(self.prompter.choice("Verdict", vocabulary.TASK_VERDICTS, self.entry.get("verdict"))):
            if self.entry["verdict"] == "defer":
                question = f"To when? (Enter: {dates.say(self.entry['due'])})"
                due = self.prompter.day(question, self.prompter.on, needed=False)
                self.set(due=due or self.entry["due"])
            self.ask_reason()
        self.ask()


class MentorStep(_RecordStep):
    """How a mentorship is, and how often to meet."""

    label = "Mentor"

    def __init__(self, prompter: Prompter, state: MentorState) -> None:
        super().__init__(prompter, "mentors", state.mentor, state)
        self.cadence = state.mentor["cadence"]

    @property
    def missing(self) -> bool:
        """Whether something is still to be asked."""
        return "comment" not in self.entry or self._lacks_cadence

    @property
    def _lacks_cadence(self) -> bool:
        return self.entry.get("cadence_ok") is False and "every" not in self.entry

    def ask(self) -> None:
        """Ask what has no answer yet."""
        if "fit" not in self.entry:
            self._ask_fit()
        if self.cadence and "cadence_ok" not in self.entry:
            self.set(cadence_ok=self._cadence_ok(self.cadence))
        if self._lacks_cadence:
            self.set(every=self._every())
        if "comment" not in self.entry:
            self.set(comment=self.prompter.text("A comment?", none="none"))

    def ask_again(self) -> None:
        """Ask again; Enter leaves each answer as it is."""
        self.show()
        self._ask_fit()
        if self.cadence:
            cadence_ok, every = self._cadence_ok(self.cadence), self.entry.get("every", "")
            if cadence_ok is not self.entry.get("cadence_ok"):
                self.entry.pop("every", None)
                self.set(cadence_ok=cadence_ok)
            if cadence_ok is False:
                self.set(every=self._every(every))
        self.set(comment=self.prompter.text("A comment?", self.entry.get("comment", "")))

    def _ask_fit(self) -> None:
        self.set(fit=self.prompter.choice(_FIT, vocabulary.FIT_ANSWERS, self.entry.get("fit")))

    def _cadence_ok(self, cadence: CadenceView) -> bool | str:
        """Return yes or no as a form has it, "" for skip."""
        question = f"Is {dates.every(cadence['every_days'])} all right?"
        old = {True: "yes", False: "no"}.get(self.entry.get("cadence_ok", ""), SKIP)
        return {"yes": True, "no": False}.get(self.prompter.choice(question, ("yes", "no"), old), "")

    def _every(self, old: str = "") -> str:
        """Return how often to meet from now on; "" where it stays."""
        mentor = self.saved(Mentor)
        question = f"How often from now on? (Enter: {f'{old}; {NOTHING}: ' if old else ''}stays)"
        while text := self.prompter.line(question) or old:
            if text == NOTHING:
                return ""
            cadence = self.prompter.checked(lambda: mentor.meeting_every(dates.days(text)).cadence)
            if cadence == mentor.cadence:
                self.prompter.app.out.note("That is so already.")
            elif cadence:
                self.prompter.show_dim(f"→ {dates.every(cadence.every_days)}")
                return text
        return ""
