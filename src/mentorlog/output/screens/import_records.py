"""The report of an import from another program: what comes, what differs, what stays there, and who is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from shlex import quote

from mentorlog.dates import every
from mentorlog.domain.reports import IncomingItem, IncomingReport
from mentorlog.errors import joined, shortened
from mentorlog.models.counts import standing
from mentorlog.models.views import View, about, counted, first_of, heading, noun
from mentorlog.output.page import Page
from mentorlog.output.phrases import day, result, shorten, when
from mentorlog.output.text import spaced

Names = Mapping[str, str]

_LABELS = {"new": "new", "replaced": "replaces", "differs": "differs"}
_LABEL = len("replaces") + 2
_MOST_PEOPLE = 10
_MOST_ITEMS = 20


def lines(report: IncomingReport, names: Names, page: Page) -> list[str]:
    """Lay out what an import did; a dry run lists every record. `names` has those of the mentors, by id."""
    changes = report.of("new", "replaced", "differs")
    shown = [line for remark in report.remarks if changes for line in page.wrap(remark)]
    shown += page.wrap(_sentence(report))

    def row(label: str, text: str) -> list[str]:
        return page.wrap(text, indent=" " * (2 + _LABEL), first=f"  {label:<{_LABEL}}")

    for item in report.items if report.dry_run else report.of("differs"):
        if item.change == "new":
            shown += row("new", _new(item, names))
        elif item.change in _LABELS:
            fields = [spaced(name) for name in item.fields]
            if _is_move(item):
                fields = [f"to {when(item.view)}"]
            text = result(f"{noun(item.view)} {item.id}", _title(item, names), fields)
            shown += row("moved" if _is_move(item) else _LABELS[item.change], text)
    if report.dry_run:
        for id, name in report.added.items():
            shown += row("new", result(f"mentor {id}", name, ["prospective"]))
        for one in report.stays:
            of = report.noun_there or report.noun
            shown += row("stays", result(one.title or counted(one.count, of), "", [one.why]))
    return [*shown, *(line for sentence in _people(report) for line in page.wrap(sentence, indent="  "))]


def _sentence(report: IncomingReport) -> str:
    new, replaced, same, differ = (len(report.of(one)) for one in ("new", "replaced", "same", "differs"))
    stay = sum(one.count for one in report.stays)
    here = report.noun if not new + replaced else ""
    rest = [f"{_many(same, here)} already {'exists' if same == 1 else 'exist'}"] if same else []
    here = "" if same else here
    rest += [f"{_many(differ, here)} {'differs' if differ == 1 else 'differ'} from yours"] if differ else []
    here = "" if differ else here
    rest += [f"{_many(stay, here)} {'stays' if stay == 1 else 'stay'} there"] if stay else []
    done = "Nothing to import"
    if new + replaced:
        count = counted(new + replaced, report.noun)
        done = f"Would import {count}" if report.dry_run else f"Imported {count} from {report.program}"
        done += f" ({replaced} replaced)" if replaced else ""
    if report.added:
        mentors = counted(len(report.added), "prospective mentor")
        done += f" and add {mentors}" if report.dry_run else f" and added {mentors}"
    take = "; use --replace to take from the file what differs" if differ else ""
    if report.tasks:
        made = counted(len(report.tasks), "task")
        done += f" and make {made}" if report.dry_run else f" and made {made}"
    return f"{done}{f'; {joined(rest)}' if rest else ''}{take}."


def about_items(report: IncomingReport, complaints: Sequence[tuple[str, str]]) -> list[str]:
    """Return sentences about the action items that became no tasks, each with its file; `complaints` have ids."""
    paths = {item.id: item.source.partition(":")[2] for item in report.items}
    shown = []
    for id, said in complaints[:_MOST_ITEMS]:
        where = paths[id] if report.dry_run else f"Meeting {id} ({paths[id]})"
        shown.append(f"{where}: {said[:1].lower()}{said[1:]}")
    if more := len(complaints[_MOST_ITEMS:]):
        shown.append(f"And {counted(more, 'more sentence')} of this kind.")
    if complaints and not report.dry_run:
        shown.append(f"The notes are saved; correct a line with: mentorlog edit {complaints[0][0]}")
    return shown


def _many(count: int, noun: str) -> str:
    return counted(count, noun) if noun else str(count)


def _new(item: IncomingItem, names: Names) -> str:
    kept = f"kept besides: {', '.join(item.kept)}" if item.kept else ""
    known = _DETAILS[item.view["record"]](item.view, names)
    who = _with(item.view["mentors"], names) if item.title and item.view["record"] == "meeting" else ""
    details = ", ".join(filter(None, [who, *known]))
    how = f"matched {item.how}" if item.how else ""
    return result(_title(item, names), "", ["; ".join(filter(None, [details, how, kept]))])


def _is_move(item: IncomingItem) -> bool:
    """Return whether a meeting has another time than in the journal, and nothing else."""
    return item.view["record"] == "meeting" and {*item.fields} <= {"on", "at"}


def _people(report: IncomingReport) -> Iterator[str]:
    """Yield a sentence for each name that is no mentor's, the most frequent first."""
    for name, (count, ids) in report.unclear.items():
        times = counted(count, report.noun)
        yield f"{shortened(name)} may be any of {first_of(ids, _MOST_PEOPLE)} ({times})."
    strangers = sorted(report.strangers.items(), key=lambda one: -one[1])
    for name, count in strangers[:_MOST_PEOPLE]:
        times = counted(count, report.noun)
        add = f"mentorlog mentor add {quote(name)}"
        yield f"{shortened(name)} is not a mentor in this journal ({times}); add them with: {add}"
    if more := len(strangers[_MOST_PEOPLE:]):
        yield f"{counted(more, 'more name is', 'more names are')} not a mentor's in this journal."
    if strangers:
        yield "Add all of them as prospective mentors with: --add-mentors"


# Records in words


def _title(item: IncomingItem, names: Names) -> str:
    view = item.view
    if view["record"] == "meeting" and not item.title:
        words = shorten(about(view))
        return f"Meeting with {_names(view['mentors'], names) or 'nobody'}{f': {words}' if words else ''}"
    return item.title or heading(view)


def _names(ids: list[str], names: Names) -> str:
    return joined([names.get(id, id) for id in ids])


def _with(ids: list[str], names: Names) -> str:
    return f"with {_names(ids, names)}" if ids else ""


def _task(task: View, names: Names) -> Iterator[str]:
    if task["owner"] != "me":
        yield f"owner {names.get(task['owner'], task['owner'])}"
    if task["assigned_by"] != "me":
        yield f"from {names.get(task['assigned_by'], task['assigned_by'])}"
    yield day(task["due"], "due ")
    if task["priority"] != "normal":
        yield task["priority"]
    if task["status"] != "todo":
        yield f"{task['status']} {day(task['done_on'])}".rstrip()


def _note(note: View, names: Names) -> Iterator[str]:
    yield note["kind"] if note["kind"] != "note" else ""
    yield day(note["on"])
    yield _with(note["mentors"], names)


def _goal(goal: View, names: Names) -> Iterator[str]:
    yield day(goal["by"], "by ")
    yield _with([share["mentor"] for share in goal["mentors"]], names)
    yield standing(goal)
    yield goal["status"] if goal["status"] != "active" else ""


def _meeting(meeting: View, names: Names) -> Iterator[str]:
    yield when(meeting)
    yield meeting["status"]
    yield spaced(meeting["mode"]) if meeting["mode"] != "in_person" else ""
    yield meeting["place"] or ""


def _mentor(mentor: View, names: Names) -> Iterator[str]:
    status = {"candidate": "prospective", "active": ""}
    yield status.get(mentor["status"], spaced(mentor["status"]))
    yield from map(spaced, mentor["roles"])
    yield every(mentor["cadence"]["every_days"]) if mentor["cadence"] else ""
    yield day(mentor["started"], "since ")
    yield mentor["institution"] or ""
    yield mentor["email"] or ""


_DETAILS: Mapping[str, Callable[[View, Names], Iterator[str]]] = {
    "task": _task,
    "note": _note,
    "goal": _goal,
    "meeting": _meeting,
    "mentor": _mentor,
}
"""What a dry run says of a record behind its title, by kind."""
