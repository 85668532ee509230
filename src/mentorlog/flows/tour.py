"""The tour: the commands of one turn of the loop, shown on a sample year in a folder of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog.app import App
from mentorlog.domain import sample
from mentorlog.export.document import Request
from mentorlog.export.formats import FORMATS
from mentorlog.flows import review
from mentorlog.flows.prepare import prepare
from mentorlog.flows.show_status import status_of
from mentorlog.output.page import Page
from mentorlog.output.screens import prep, status
from mentorlog.output.screens import review as review_screen
from mentorlog.output.text import safe, wrap
from mentorlog.store.format import toml

if TYPE_CHECKING:
    from mentorlog.store.transaction import Transaction

WHO = "osler"
ANSWERS = "answers.toml"
SAMPLE = Path(__file__).with_name("sample.toml")


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
            shown += ["", *(page.style(line, "dim") for line in wrap(f"# {step.purpose}", page.limit, "# ", ""))]
            shown += [page.style(f"$ {step.command}", "bold"), "", *step.lines(page)]
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


def tour(app: App, *, keep: bool) -> Tour:
    """Return the tour, walked through on a fresh sample."""
    folder = Path(tempfile.mkdtemp(prefix="mentorlog-tour-"))
    try:
        there = _sample(app, folder / "journal")
        (folder / ANSWERS).write_text(sample.answers(app.today), encoding="utf-8")
        steps = list(_steps(there, folder / ANSWERS))
        if app.json:
            there.complete([step.data for step in steps])
        return Tour(steps, there.journal.root if keep else None)
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _sample(app: App, folder: Path) -> App:
    """Return a run of its own whose journal holds the sample year."""
    there = App(app.now, app.today)
    there.set_option("no_input", True)
    there.set_option("journal", str(folder))
    there.open(folder).create()
    profile, records = sample.year(toml.parse(SAMPLE.name, SAMPLE.read_bytes()), app.today, app.now)

    def work(transaction: Transaction) -> None:
        transaction.put_profile(profile)
        for record in records:
            transaction.put(record)

    there.journal.change("tour: a sample year", work)
    return there


def _steps(there: App, answers: Path) -> Iterator[Step]:
    """Yield each command of the tour, run one after the other on the same journal."""
    today = there.today
    now = status_of(there)
    purpose = "What matters now? mentorlog alone says the same."
    yield Step(purpose, "mentorlog status", lambda page: status.lines(now, page, today), now)

    sheet = prepare(there, there.reading.view(WHO))
    purpose = "The next meeting is near: one screen to take along."
    yield Step(purpose, f"mentorlog meeting prep {WHO}", lambda page: prep.lines(sheet, page, today), sheet)

    outcome = review.hold(there, review.Options(), str(answers))
    purpose = "Twice a year: reassess. On a terminal it asks; here the answers come from a file."
    command = f"mentorlog review --answers {ANSWERS}"
    yield Step(purpose, command, lambda page: review_screen.outcome(outcome, page), review.as_data(outcome))

    document = FORMATS["markdown"](there.journal.contents(), Request())
    purpose = "Show it to others: one document, without what is private."
    lines = [*document.text.rstrip("\n").split("\n"), "", *filter(None, [document.note])]
    data = {"markdown": document.text, "record_count": document.records}
    yield Step(purpose, "mentorlog export markdown", lambda page: lines, data)
