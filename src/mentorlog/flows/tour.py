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
from mentorlog.domain.report.records import report_period
from mentorlog.export.document import Request
from mentorlog.export.formats import maker
from mentorlog.flows import review
from mentorlog.flows.meetings import prepare
from mentorlog.flows.show_status import status_of
from mentorlog.flows.write_export import selected
from mentorlog.output.messages import export as messages
from mentorlog.output.page import Page
from mentorlog.output.screens import prep, status
from mentorlog.output.screens import review as review_screen
from mentorlog.output.text import safe, wrap
from mentorlog.store.disk import files
from mentorlog.store.format import toml

if TYPE_CHECKING:
    from mentorlog.store.transaction import Transaction

WHO = "osler"
ANSWERS, REPORT = "answers.toml", "report.html"
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
_LOOK = "Open {} in a browser, then press Enter"
_REMOVED = (
    "The sample journal and its report are deleted again. To keep them and try things out: mentorlog tour --keep",
    "To create your own journal: mentorlog init",
)
_KEPT = (
    "The sample journal and its report are kept. You can change and delete them in {folder}",
    "Try the journal with: mentorlog --journal {folder}/journal status",
)


def show_tour(app: App, *, keep: bool) -> None:
    """Show the tour on a new sample journal: on a terminal with a pause after each screen."""
    folder = Path(tempfile.mkdtemp(prefix="mentorlog-tour-"))
    try:
        sample_app = _sample(app, folder / "journal")
        (folder / ANSWERS).write_text(sample.answers(app.today), encoding="utf-8")
        steps = list(_steps(sample_app, folder))
        if app.json:
            sample_app.complete([step.data for step in steps])
            data = [{"command": step.command, "purpose": step.purpose, "data": step.data} for step in steps]
            kept = {"kept": str(folder / "journal"), "report": str(folder / REPORT)}
            app.out.page(lambda page: (), {"steps": data, **(kept if keep else dict.fromkeys(kept))})
        else:
            _show(app, steps, folder, keep=keep)
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _show(app: App, steps: Sequence[Step], folder: Path, *, keep: bool) -> None:
    """Show the screens one after the other; on a terminal the user may stop after each, and look at the report."""
    for number, step in enumerate(steps, 1):
        before = _BEGINNING if number == 1 else ""
        app.out.page(partial(_screen, step, before), None)
        if not app.interactive or (keep and number == len(steps)):
            continue
        if number == len(steps):
            app.prompt.ask(_LOOK.format((folder / REPORT).as_uri()))
        elif app.prompt.ask(PAUSE).casefold().startswith("q"):
            break
    ending = [text.format(folder=folder) for text in (_KEPT if keep else _REMOVED)]
    app.out.page(lambda page: ["", *_wrapped(ending, page)], None)


def _screen(step: Step, before: str, page: Page) -> list[str]:
    """Return the lines of a command and its output."""
    lines = [*wrap(before, page.limit)] if before else []
    lines += ["", *(page.style(line, "dim") for line in wrap(f"# {step.purpose}", page.limit, "# ", ""))]
    return [*lines, page.style(f"$ {step.command}", "bold"), "", *step.lines(page)]


def _sample(app: App, folder: Path) -> App:
    """Return an App of its own with the sample journal."""
    sample_app = App(app.now, app.today)
    sample_app.uses_settings = False
    sample_app.set_option("no_input", True)
    sample_app.set_option("journal", str(folder))
    sample_app.open(folder, temporary=True).create()
    profile, records = sample.year(toml.parse(SAMPLE.name, SAMPLE.read_bytes()), app.today, app.now)

    def work(transaction: Transaction) -> None:
        transaction.put_profile(profile)
        for record in records:
            transaction.put(record)

    sample_app.journal.change("tour: a sample year", work)
    return sample_app


def _steps(sample_app: App, folder: Path) -> Iterator[Step]:
    """Run each command of the tour on the same journal and yield it."""
    today = sample_app.today
    now = status_of(sample_app)
    purpose = "What matters now? mentorlog without a command shows the same."
    yield Step(purpose, "mentorlog status", lambda page: status.lines(now, page, today), now)

    sheet = prepare(sample_app, sample_app.reading.view(WHO))
    purpose = "Prepare for the next meeting on one screen."
    yield Step(purpose, f"mentorlog meeting prep {WHO}", lambda page: prep.lines(sheet, page, today), sheet)

    outcome = review.hold(sample_app, review.Options(), str(folder / ANSWERS))
    purpose = "Reassess twice a year. On a terminal, it asks questions; here, the answers come from a file."
    command = f"mentorlog review --answers {ANSWERS}"
    yield Step(purpose, command, lambda page: review_screen.outcome(outcome, page), review.as_data(outcome))

    request = Request(today, sample_app.now, period=report_period(None, None, today))
    selection = selected(sample_app.journal.contents(), request)
    document = maker("html")(selection, request)
    files.put(folder / REPORT, document.text.encode())
    purpose = "Show it: a report for the browser, without what is private; --for cuts it for a mentor or the program."
    said = [
        messages.wrote(document.wrote, document.records, folder / REPORT),
        *filter(None, [messages.left_out(selection)]),
    ]
    data = {"html": document.text, "record_count": document.records, "left_out": messages.left_out_data(selection)}
    yield Step(purpose, f"mentorlog export html -o {REPORT}", lambda page: _wrapped(said, page), data)


def _wrapped(sentences: Sequence[str], page: Page) -> list[str]:
    return [line for text in sentences for line in wrap(safe(text), page.limit)]
