"""The steps of a review: the questions on each goal, late task and mentor.

When a question is asked again, the new answer replaces the old one only when it is given, so that an interrupted draft
can always be resumed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from mentorlog import date_words, dates, vocabulary
from mentorlog.domain.assign import keys
from mentorlog.domain.reviewing.applying import plain_change
from mentorlog.domain.reviewing.facts import GoalState, MentorState
from mentorlog.errors import Usage
from mentorlog.flows.agreement import parse_comfort, parse_tests
from mentorlog.flows.review_prompts.prompter import NOTHING, SKIP, Prompter
from mentorlog.models.fields import mentions
from mentorlog.models.goal import Goal, must_be_revisable
from mentorlog.models.mentor import Mentor
from mentorlog.models.record import Record, as_data, view, with_more
from mentorlog.models.views import View, heading
from mentorlog.output.messages import set as messages
from mentorlog.output.screens import review as layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import CadenceView, TaskView

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_REASONS = {"achieved": "What was the outcome?", "resume": "Why?", "done": "What was the outcome?", "defer": "Why?"}
"""What is asked after a verdict that may have a reason."""
_ON_GOAL = {"active": vocabulary.ACTIVE_GOAL_VERDICTS, "paused": vocabulary.PAUSED_GOAL_VERDICTS}
_FIT = "Does this mentorship work for you?"
_TESTS = "Is it productive, amicable, beneficial? (yes, no, or which; {})"
_FEELING = "Are you comfortable, and they? (e.g. yes, or yes unsure; {})"
_COMMENT = "Any comment or new expectation? (mine: … or theirs: …; {})"
_COMFORT = ("comfort", "their_comfort")
_SIDES = ("mine", "theirs")


class _RecordStep:
    """The questions on one record; the answers are one entry of the draft."""

    def __init__(self, prompter: Prompter, table: str, record: View, facts_of: GoalState | MentorState | View) -> None:
        self.prompter, self.table, self._facts_of = prompter, table, facts_of
        self.id, self.title = record["id"], heading(record).lower()
        self.entry = prompter.draft.entry(table, record["record"], self.id)
        self.questions = 1

    def show(self, place: str) -> None:
        """Show the record and any earlier verdict."""
        self.prompter.show(lambda page: layout.card(self._facts_of, self.prompter.facts, page, place))
        if self.entry.get("verdict"):
            reason = f" ({self.entry['reason']})" if self.entry.get("reason") else ""
            self.prompter.show_dim(f"Verdict: {self.entry['verdict']}{reason}")

    def set(self, **values: Any) -> None:
        """Save answers."""
        self.prompter.draft.set(self.table, self.entry, **values)

    def ask_verdict(self, verdicts: Sequence[str]) -> bool:
        """Ask for the verdict and return whether it changed, which replaces all other answers."""
        old = self.entry.get("verdict")
        verdict = self.prompter.choice("Verdict", verdicts, old, vocabulary.VERDICT_MEANINGS)
        if verdict != old:
            self.prompter.draft.replace(self.table, self.entry, verdict=verdict)
        return verdict != old

    def ask_reason(self) -> None:
        """Ask for the reason if the verdict may have one."""
        if self.entry["verdict"] in _REASONS:
            question = _REASONS[self.entry["verdict"]]
            old = self.entry.get("reason")
            self.set(reason=self.prompter.text(question, old or ""))

    def saved(self, kind: type[R]) -> R:
        """Return the record as it is in the journal."""
        return self.prompter.app.journal.preview(lambda transaction: transaction.get(kind, self.id))


class GoalStep(_RecordStep):
    """The questions on a goal."""

    label = "Goal"

    def __init__(self, prompter: Prompter, state: GoalState) -> None:
        super().__init__(prompter, "verdicts", state.goal, state)
        self.verdicts = _ON_GOAL.get(state.goal["status"], ("resume",))

    @property
    def missing(self) -> str | None:
        """Whether the verdict, the reason or the revision is missing."""
        entry, verdict = self.entry, self.entry.get("verdict")
        if verdict is None:
            return "verdict"
        needs_reason = verdict in vocabulary.VERDICTS_WITH_REASON
        if (needs_reason and not entry.get("reason")) or (verdict in _REASONS and "reason" not in entry):
            return "reason"
        return "changes" if verdict == "revise" and not (entry.get("changes") or entry.get("clear")) else None

    def ask(self, place: str, *, again: bool = False) -> None:
        """Ask until nothing is missing; the same verdict again keeps its reason and changes."""
        self.show(place)
        if again:
            self.prompter.checked(self._show_changes)
            if not self.ask_verdict(self.verdicts):
                self.ask_reason()
                if self.entry["verdict"] == "revise":
                    self._revise()
        while missing := self.missing:
            if missing == "verdict":
                self.ask_verdict(self.verdicts)
            elif missing == "changes":
                self._revise()
            else:
                self.ask_reason()

    def ask_reason(self) -> None:
        """Ask for the reason, repeatedly if the verdict needs one."""
        super().ask_reason()
        if self.entry["verdict"] in vocabulary.VERDICTS_WITH_REASON:
            old = self.entry.get("reason")
            while not (reason := self.prompter.line("Why? (Enter to keep)" if old else "Why?") or old):
                self.prompter.app.out.note("This verdict needs a reason.")
            self.set(reason=reason)

    def _revise(self) -> None:
        """Ask for changes FIELD=VALUE and check each; without any, the verdict is asked again."""
        self.prompter.show_dim("Enter FIELD=VALUE, such as by=1 feb 2027; measure= clears a field.")
        while text := self.prompter.line("Change? (Enter when done)"):
            self.prompter.checked(self._add_change, text)
        if not (self.entry.get("changes") or self.entry.get("clear")):
            self.prompter.app.out.note("No changes; choose a verdict again.")
            self.prompter.draft.remove(self.table, self.entry)

    def _add_change(self, text: str) -> None:
        key, equals, value = text.partition("=")
        if not equals:  # no shell is near: quotes around it would be part of it
            raise Usage("That is not FIELD=VALUE.", "for example: by=fri or why=A first paper")
        emptied, names = [] if value.strip() else [key], keys([text], ())
        must_be_revisable(names)
        old = self.saved(Goal)
        new = self.prompter.app.journal.assigned(old, [] if emptied else [text], emptied, self.prompter.on)
        fields = old.differing(new)
        names = fields or [name.partition(".")[0] for name in names]
        changes, clear = self.entry.get("changes", {}), self.entry.get("clear", [])
        if not fields and not any(name in changes or name in clear for name in names):
            self.prompter.app.out.note("That is already set; nothing changed.")
            return
        values = as_data(new, full=False)
        changes = {name: change for name, change in changes.items() if name not in names}
        changes |= {name: plain_change(name, values[name]) for name in fields if name in values}
        clear = [name for name in clear if name not in names]
        clear += [name for name in fields if name not in values]
        self.set(changes=changes, clear=clear)
        self._show_fields(new, names)

    def _show_changes(self) -> None:
        """Show the changes of a revision so far."""
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
    """The questions on a late task."""

    label = "Late task"

    def __init__(self, prompter: Prompter, task: TaskView) -> None:
        super().__init__(prompter, "tasks", task, task)

    @property
    def missing(self) -> bool:
        """Whether something is still to be asked."""
        return "reason" not in self.entry and self.entry.get("verdict") not in ("", "keep", "drop")

    def ask(self, place: str, *, again: bool = False) -> None:
        """Ask whatever has no answer; the same verdict again keeps its date and reason."""
        self.show(place)
        entry = self.entry
        if again or "verdict" not in entry:
            again = not self.ask_verdict(vocabulary.TASK_VERDICTS)
        if entry["verdict"] == "defer" and (again or not entry.get("due")):
            old = entry.get("due") or None
            question = f"To when? (Enter for {dates.say(old)})" if old else "To when?"
            self.set(due=self.prompter.day(question, self.prompter.on, old))
        if again or "reason" not in entry:
            self.ask_reason()


class MentorStep(_RecordStep):
    """The questions on a mentorship: at most five, with what each side newly expects and a comment in one."""

    label = "Mentorship"

    def __init__(self, prompter: Prompter, state: MentorState) -> None:
        super().__init__(prompter, "mentors", state.mentor, state)
        self.cadence = state.mentor["cadence"]
        self.questions = 5 if self.cadence else 4

    @property
    def missing(self) -> bool:
        """Whether something is still to be asked."""
        lacks_cadence = self.entry.get("cadence_ok") is False and "every" not in self.entry
        return lacks_cadence or "comment" not in self.entry

    def ask(self, place: str, *, again: bool = False) -> None:
        """Ask whatever has no answer; when asked again, Enter keeps each answer."""
        self.show(place)
        entry, every = self.entry, self.entry.get("every", "")
        if again or "fit" not in entry:
            meanings = vocabulary.FIT_MEANINGS
            self.set(fit=self.prompter.choice(_FIT, vocabulary.FIT_ANSWERS, entry.get("fit"), meanings))
        if again or vocabulary.FIT_TESTS[0] not in entry:
            self.set(**self._tests())
        if self.cadence and (again or "cadence_ok" not in entry):
            cadence_ok = self._cadence_ok(self.cadence)
            if again and cadence_ok is not entry.get("cadence_ok"):
                entry.pop("every", None)
            self.set(cadence_ok=cadence_ok)
        if entry.get("cadence_ok") is False and (again or "every" not in entry):
            self.set(every=self._every(every))
        if again or "comfort" not in entry:
            self.set(**self._comfort())
        if again or "comment" not in entry:
            self._ask_comment()

    def _tests(self) -> dict[str, bool | str]:
        """Return the answers to the three tests of the fit, each "" for skip; without a fit they are not asked."""
        none: dict[str, bool | str] = dict.fromkeys(vocabulary.FIT_TESTS, "")
        if not self.entry.get("fit"):
            return none
        old = {name: self.entry[name] for name in none if isinstance(self.entry.get(name), bool)}
        if old:
            self.prompter.show_dim(", ".join(name if met else f"not {name}" for name, met in old.items()))
        return {**none, **self._parsed(_TESTS, parse_tests, old)}

    def _comfort(self) -> dict[str, str]:
        """Return how both feel, "" for skip."""
        old = {key: self.entry[key] for key in _COMFORT if self.entry.get(key)}
        if old:
            self.prompter.show_dim(" ".join(self.entry.get(key) or "unsure" for key in _COMFORT))
        return {**dict.fromkeys(_COMFORT, ""), **self._parsed(_FEELING, parse_comfort, old)}

    def _parsed(self, question: str, parse: Callable[[str], dict[str, T]], old: dict[str, T]) -> dict[str, T]:
        """Return an answer as understood; Enter keeps an old one, and - clears it."""
        hint = f"Enter to keep; {NOTHING} to clear" if old else "Enter to skip"
        while True:
            text = self.prompter.line(question.format(hint))
            if not text or text == NOTHING:
                return old if not text else {}
            if (answer := self.prompter.checked(parse, text)) is not None:
                return answer

    def _ask_comment(self) -> None:
        """Ask for a comment and for what each side newly expects, until there is no more."""
        entry, comment = self.entry, self.entry.get("comment", "")
        old = [f"{side}: {text}" for side in _SIDES for text in entry.get(side, ())] + ([comment] if comment else [])
        for line in old:
            self.prompter.show_dim(line)
        question = _COMMENT.format(f"Enter to keep; {NOTHING} to clear" if old else "Enter to skip")
        is_first = True
        while text := self.prompter.line(question):
            side, colon, rest = text.partition(":")
            side = side.strip().lower()
            if text == NOTHING:
                comment = ""
                self.set(**{one: [] for one in _SIDES if one in entry})
            elif colon and side in _SIDES and rest.strip():
                self.set(**{side: [*entry.get(side, ()), rest.strip()]})
            else:
                comment = text if is_first else with_more(comment, text) or ""
                is_first = False
                self.set(comment=comment)
            question = "Anything else? (Enter when done)"
        self.set(comment=comment)

    def _cadence_ok(self, cadence: CadenceView) -> bool | str:
        """Return the answer as in a form: True, False, or "" for skip."""
        question = f"Is {dates.every(cadence['every_days'])} right?"
        old = {True: "yes", False: "no"}.get(self.entry.get("cadence_ok", ""), SKIP)
        return {"yes": True, "no": False}.get(self.prompter.choice(question, ("yes", "no"), old), "")

    def _every(self, old: str = "") -> str:
        """Return how often to meet from now on; "" if it stays."""
        mentor = self.saved(Mentor)
        question = f"How often from now on? (Enter {f'for {old}; {NOTHING} ' if old else ''}to leave it)"
        while text := self.prompter.line(question) or old:
            if text == NOTHING:
                return ""
            cadence = self.prompter.checked(lambda: mentor.meeting_every(date_words.days(text)).cadence)
            if cadence == mentor.cadence:
                self.prompter.app.out.note("That is already set; nothing changed.")
            elif cadence:
                self.prompter.show_dim(f"→ {dates.every(cadence.every_days)}")
                return text
        return ""
