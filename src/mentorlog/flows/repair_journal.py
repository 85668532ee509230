"""Repairing a journal: what it does without asking, and the questions about damaged files that the log can restore."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from mentorlog.app import App
from mentorlog.domain.reports import Restorable
from mentorlog.errors import Interrupted, MentorlogError
from mentorlog.output.messages import doctor as messages
from mentorlog.store import machine
from mentorlog.store.seen import Seen

_MOST_ASKED = 5


class Repair:
    """A repair: `offered` are the files that the log can restore, `restored` the paths of those it did."""

    def __init__(self, app: App, *, yes: bool) -> None:
        self._app = app
        self._yes = yes
        self.offered: Sequence[Restorable] = ()
        self.restored: list[str] = []

    def run(self) -> list[str]:
        """Repair the journal of the run, if there is one, and return what was done."""
        if not self._app.journal.exists:
            return []
        done = self._app.journal.repair(self._chosen)
        if self.offered and not (self._yes or self._app.interactive):
            self._app.out.note(messages.how_to_restore(self.offered))
        return [*done, *self._history(), *self._machine()]

    def _history(self) -> list[str]:
        """Accept a history that lacks changes which this machine saw, if the user says so; return what was done."""
        journal, missing = self._app.journal, 0
        seen = Seen(journal.layout, journal.state)
        with suppress(MentorlogError):  # the check says why the history cannot be read
            missing = seen.missing(journal.history)
        if not missing or not (self._yes or self._app.interactive):
            return []
        if not self._yes and not self._app.prompt.confirm(messages.lacking(missing)):
            return []
        seen.accept(journal.history)
        return [messages.accepted(missing)]

    def _machine(self) -> list[str]:
        """Accept the files in `.mentorlog` as this machine's; return what was done."""
        journal = self._app.journal
        is_foreign = machine.is_foreign(journal.layout, journal.state)
        machine.mark(journal.layout, journal.state, again=is_foreign)
        is_accepted = is_foreign and not machine.is_foreign(journal.layout, journal.state)
        return [messages.ACCEPTED_FILES] if is_accepted else []

    def _chosen(self, offered: Sequence[Restorable]) -> list[str]:
        """Return which files to restore: all, none, or those for which the answer is yes."""
        self.offered = offered
        if self._yes:
            chosen = [*offered]
        elif not self._app.interactive:
            chosen = []
        else:
            try:
                chosen = self._asked(offered)
            except Interrupted:
                raise Interrupted("Interrupted; no record was restored.") from None
        self.restored = [one.path for one in chosen]
        return self.restored

    def _asked(self, offered: Sequence[Restorable]) -> list[Restorable]:
        """Ask about each file; about many, one question for all of them."""
        ask = self._app.prompt.confirm
        if len(offered) > _MOST_ASKED:
            self._app.out.note(*(line for one in offered for line in messages.offer(one)))
            return [*offered] if ask(messages.question(offered), all(one.is_exact for one in offered)) else []
        chosen = []
        for one in offered:
            self._app.out.note(*messages.offer(one))
            if ask(messages.question([one]), one.is_exact):
                chosen.append(one)
        return chosen
