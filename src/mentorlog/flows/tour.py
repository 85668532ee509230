"""The tour: the commands of one turn of the loop, shown on a sample year in a folder of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from mentorlog.app import App
from mentorlog.domain import sample
from mentorlog.export.document import Request
from mentorlog.export.formats import FORMATS
from mentorlog.flows.prepare import prepare
from mentorlog.flows.show_status import status_of
from mentorlog.output.page import Page
from mentorlog.output.text import safe, wrap

WHO = "osler"
ANSWERS = "answers.toml"


class Step(NamedTuple):
    """One command of the tour: what it is for, how it is written, what it prints, its data."""

    purpose: str
    command: str
    lines: Callable[[Page], Sequence[str]]
    data: Any


class Tour(NamedTuple):
    """What the tour shows, and the folder of the sample where that is kept."""

    steps: Sequence[Step]
    kept: Path | None

    def lines(self, page: Page) -> list[str]:
        """Lay out each command as a prompt would show it, and below it what it prints."""
        shown = [*wrap(_BEGINNING, page.limit)]
        for step in self.steps:
            shown += ["", *_rule(step, page), *step.lines(page)]
        ending = _KEPT if self.kept else _GONE
        return [*shown, "", *(line for text in ending for line in wrap(safe(text.format(self.kept)), page.limit))]

    def data(self) -> dict[str, Any]:
        """Return the same for scripts."""
        steps = [{"command": step.command, "purpose": step.purpose, "data": step.data} for step in self.steps]
        return {"steps": steps, "kept": str(self.kept) if self.kept else None}


_BEGINNING = "A year of an invented resident, Elizabeth Blackwell, in a folder of its own. Nothing of yours is touched."
_GONE = (
    "The sample is removed again; mentorlog tour --keep leaves it for you to try things on.",
    "Your own journal begins with: mentorlog init",
)
_KEPT = ("The sample is kept. Try it with: mentorlog --journal {} status", "It is yours to change and to delete.")


def _rule(step: Step, page: Page) -> list[str]:
    purpose = [page.style(line, "dim") for line in wrap(f"# {step.purpose}", page.limit, "# ", "")]
    return [*purpose, page.style(f"$ {step.command}", "bold"), ""]


def tour(app: App, *, keep: bool) -> Tour:
    """Return the tour, walked through on a fresh sample."""
    with _folder(keep) as folder:
        there = _sample(app, folder / "journal")
        (folder / ANSWERS).write_text(sample.answers(app.today), encoding="utf-8")
        steps = [_status(there), _prep(there), _review(there, folder / ANSWERS), _export(there)]
        if app.json:
            there.complete([step.data for step in steps])
        return Tour(steps, there.journal.root if keep else None)


@contextmanager
def _folder(keep: bool) -> Iterator[Path]:
    """A folder that only this user can read; the sample holds nobody's own text."""
    folder = Path(tempfile.mkdtemp(prefix="mentorlog-tour-"))
    try:
        yield folder
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _sample(app: App, folder: Path) -> App:
    """Return a context of its own whose journal holds the sample year."""
    there = App(app.now, app.today)
    there.set_option("no_input", True)
    there.set_option("journal", str(folder))
    there.open(folder).create()
    year = sample.year(app.today, app.now)
    there.journal.change("tour: a sample year", lambda transaction: _put(transaction, year))
    return there


def _put(transaction: Any, year: sample.Sample) -> None:
    transaction.put_profile(year.profile)
    for record in year.records:
        transaction.put(record)


def _status(there: App) -> Step:
    from mentorlog.output.screens import status as status_screen

    data = status_of(there)
    purpose = "What matters now? mentorlog alone says the same."
    return Step(purpose, "mentorlog status", lambda page: status_screen.lines(data, page, there.today), data)


def _prep(there: App) -> Step:
    from mentorlog.output.screens import prep as prep_screen

    data = prepare(there, there.reading.view(WHO))
    purpose = "The next meeting is near: one screen to take along."
    return Step(purpose, f"mentorlog meeting prep {WHO}", lambda page: prep_screen.lines(data, page, there.today), data)


def _review(there: App, answers: Path) -> Step:
    from mentorlog.flows import review
    from mentorlog.output.screens import review as review_screen

    outcome = review.hold(there, review.Options(), str(answers))
    purpose = "Twice a year: reassess. On a terminal it asks; here the answers come from a file."
    command = f"mentorlog review --answers {ANSWERS}"
    return Step(purpose, command, lambda page: review_screen.outcome(outcome, page), review.as_data(outcome))


def _export(there: App) -> Step:
    document = FORMATS["markdown"](there.journal.contents(), Request())
    purpose = "Show it to others: one document, without what is private."
    lines = [*document.text.rstrip("\n").split("\n"), "", *filter(None, [document.note])]
    data = {"markdown": document.text, "record_count": document.records}
    return Step(purpose, "mentorlog export markdown", lambda page: lines, data)
