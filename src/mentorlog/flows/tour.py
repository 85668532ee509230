"""The tour: the main commands, shown on a sample journal in a temporary folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog.app import App
from mentorlog.domain import sample
from mentorlog.export.document import Request
from mentorlog.export.formats import maker
from mentorlog.flows import review
from mentorlog.flows.meetings import prepare
from mentorlog.flows.show_status import status_of
from mentorlog.flows.write_export import selected
from mentorlog.output.messages.export import left_out
from mentorlog.output.page import Page
from mentorlog.output.screens import prep, status
from mentorlog.output.screens import review as review_screen
from mentorlog.output.text import safe, wrap
from mentorlog.store.format import toml

if TYPE_CHECKING:
    from mentorlog.store.transaction import Transaction

WHO = "osler"
ANSWERS = "answers.toml"
PAUSE = "Press Enter for the next screen (q to stop)"
SAMPLE = Path(__file__).with_name("sample.toml")


class Step(NamedTuple):
    """One command of the tour: its purpose, the command line, its output, its data."""

    purpose: str
    command: str
    lines: Callable[[Page], Sequence[str]]
    data: Any


_BEGINNING = (
    "The sample journal of a resident, Elizabeth Blackwell, in a temporary folder. Your own journal is not changed."
)
_REMOVED = (
    "The sample journal is deleted again. To keep it and try things out: mentorlog tour --keep",
    "To create your own journal: mentorlog init",
)
_KEPT = ("The sample journal is kept. Try it with: mentorlog --journal {} status", "You can change and delete it.")


def show_tour(app: App, *, keep: bool) -> None:
    """Show the tour on a new sample journal: on a terminal with a pause after each screen."""
    folder = Path(tempfile.mkdtemp(prefix="mentorlog-tour-"))
    try:
        sample_app = _sample(app, folder / "journal")
        (folder / ANSWERS).write_text(sample.answers(app.today), encoding="utf-8")
        steps = list(_steps(sample_app, folder / ANSWERS))
        root = str(sample_app.journal.root) if keep else None
        if app.json:
            sample_app.complete([step.data for step in steps])
            data = [{"command": step.command, "purpose": step.purpose, "data": step.data} for step in steps]
            app.out.page(lambda page: (), {"steps": data, "kept": root})
        else:
            _show(app, steps, root)
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _show(app: App, steps: Sequence[Step], root: str | None) -> None:
    """Show the screens one after the other; on a terminal the user may stop after each."""
    for number, step in enumerate(steps, 1):
        before = _BEGINNING if number == 1 else ""
        app.out.page(partial(_screen, step, before), None)
        if number < len(steps) and app.interactive and app.prompt.ask(PAUSE).casefold().startswith("q"):
            break
    ending = _KEPT if root else _REMOVED
    app.out.page(
        lambda page: ["", *(line for text in ending for line in wrap(safe(text.format(root)), page.limit))], None
    )


def _screen(step: Step, before: str, page: Page) -> list[str]:
    """Return the lines of a command and its output."""
    lines = [*wrap(before, page.limit)] if before else []
    lines += ["", *(page.style(line, "dim") for line in wrap(f"# {step.purpose}", page.limit, "# ", ""))]
    return [*lines, page.style(f"$ {step.command}", "bold"), "", *step.lines(page)]


def _sample(app: App, folder: Path) -> App:
    """Return an App of its own with the sample journal."""
    sample_app = App(app.now, app.today)
    sample_app.set_option("no_input", True)
    sample_app.set_option("journal", str(folder))
    sample_app.open(folder).create()
    profile, records = sample.year(toml.parse(SAMPLE.name, SAMPLE.read_bytes()), app.today, app.now)

    def work(transaction: Transaction) -> None:
        transaction.put_profile(profile)
        for record in records:
            transaction.put(record)

    sample_app.journal.change("tour: a sample year", work)
    return sample_app


def _steps(sample_app: App, answers: Path) -> Iterator[Step]:
    """Run each command of the tour on the same journal and yield it."""
    today = sample_app.today
    now = status_of(sample_app)
    purpose = "What matters now? mentorlog without a command shows the same."
    yield Step(purpose, "mentorlog status", lambda page: status.lines(now, page, today), now)

    sheet = prepare(sample_app, sample_app.reading.view(WHO))
    purpose = "Prepare for the next meeting on one screen."
    yield Step(purpose, f"mentorlog meeting prep {WHO}", lambda page: prep.lines(sheet, page, today), sheet)

    outcome = review.hold(sample_app, review.Options(), str(answers))
    purpose = "Reassess twice a year. On a terminal, it asks questions; here, the answers come from a file."
    command = f"mentorlog review --answers {ANSWERS}"
    yield Step(purpose, command, lambda page: review_screen.outcome(outcome, page), review.as_data(outcome))

    request = Request(today, sample_app.now)
    selection = selected(sample_app.journal.contents(), request)
    document = maker("markdown")(selection, request)
    purpose = "Share it: one document, without what is private."
    lines = [*document.text.rstrip("\n").split("\n"), "", *filter(None, [left_out(selection)])]
    data = {"markdown": document.text, "record_count": document.records}
    yield Step(purpose, "mentorlog export markdown", lambda page: lines, data)
