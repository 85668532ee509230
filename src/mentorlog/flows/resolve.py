"""Resolving conflicts: what two machines wrote for one thing, and which of it is to stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from shlex import quote
from typing import Any, NamedTuple

from mentorlog.app import App
from mentorlog.domain.resolving import GONE, NOTED, OPEN, SETTLED, Choice, choices, decided, ended, links
from mentorlog.errors import AnswerNeeded, BadValue, ChangedSince, Unchanged, Usage, shortened
from mentorlog.flows import edit_record
from mentorlog.models.fields import class_of, spec
from mentorlog.models.record import Part, as_data, json_ready
from mentorlog.models.views import View, counted, heading, joined
from mentorlog.output.conflicts import label
from mentorlog.output.fields import Names
from mentorlog.output.messages import resolve as messages
from mentorlog.output.page import Page
from mentorlog.output.phrases import shorten
from mentorlog.output.screens import resolve as screen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.flows.edit_record import Saved
    from mentorlog.store.transaction import Transaction

_MOST_ASKED = 5


class Wanted(NamedTuple):
    """What the options of `resolve` ask for."""

    field: str | None = None
    keep: bool = False
    take: bool = False
    number: int | None = None
    edit: bool = False
    all: bool = False

    @property
    def answer(self) -> str:
        """The option that answers, "" if there is none."""
        given = {"--keep": self.keep, "--take": self.take, "--number": self.number is not None, "--edit": self.edit}
        named = [option for option, is_given in given.items() if is_given]
        if len(named) > 1:
            raise Usage(f"{named[0]} and {named[1]} cannot be used together.", "use only one of them")
        if self.all and (named != ["--keep"] or self.field):
            raise Usage("--all can only be used with --keep.", "see what waits: mentorlog resolve")
        return next(iter(named), "")


class Decision(NamedTuple):
    """An answer to a choice, from 1; or a value of the user's own."""

    choice: Choice
    answer: int
    own: str | None = None


# All records


def resolve_all(app: App, wanted: Wanted) -> None:
    """Show what waits for a choice; with --all --keep, keep what is shown everywhere."""
    if (option := wanted.answer or ("--field" if wanted.field else "")) and not wanted.all:
        raise Usage(f"{option} needs the id of a record.", "see what waits: mentorlog resolve")
    views = app.reading.undecided()
    if not wanted.all:
        found = [(view, _of(view)) for view in views]
        names = _names(app, views)
        data = [screen.data(view, of_record) for view, of_record in found]
        return app.out.page(lambda page: screen.lines(found, names, page), data, app.reading.problems)

    def work(transaction: Transaction) -> list[View]:
        return [_put(transaction, replace(_current(transaction, view)[0], conflicts=())) for view in views]

    name = f"resolve: {heading(views[0]) if len(views) == 1 else counted(len(views), 'record')}"
    return app.out.say(messages.all_kept(views), app.journal.change(name, work), app.reading.problems)


def _of(view: View) -> list[Choice]:
    return choices(class_of(view["record"]), view)


def _names(app: App, views: Iterable[View]) -> Names:
    """Return the names of the records to which the values of choices link."""
    ids = {id for view in views for id in links(view)}
    names = app.reading.titles(sorted(ids))
    return Names(names, app.reading.never_seen(ids - names.keys()))


def _record(transaction: Transaction, view: View) -> Any:
    return transaction.profile() if view["record"] == "profile" else transaction.any(view["id"])


def _current(transaction: Transaction, view: View) -> tuple[Any, Sequence[Choice]]:
    """Return the record as its file has it, and its choices; ChangedSince if others wait in it than were seen."""
    record = _record(transaction, view)
    now = as_data(record)
    in_file = choices(type(record), now)
    if json_ready(now["conflicts"]) != view["conflicts"] or _shown(_of(view)) != _shown(in_file):
        sentence = f"{messages.what(view).capitalize()} was changed in the meantime; nothing was resolved."
        raise ChangedSince(sentence, (), f"see what waits now: mentorlog resolve {quote(view['id'])}")
    return record, in_file


def _put(transaction: Transaction, record: Any) -> View:
    return transaction.put_profile(record) if record.KIND == "profile" else transaction.put(record)


# One record


def resolve_one(app: App, view: View, wanted: Wanted) -> None:
    """Decide what waits in a record, by options or by questions, as one change."""
    option, found = wanted.answer, _of(view)
    if not found:
        return app.out.say(messages.nothing(view), view)
    names = _names(app, [view])
    of_field = _named(view, found, wanted.field)
    to_make = [choice for choice in of_field if choice.state != SETTLED]
    if not to_make:
        decisions = []
    elif wanted.all:
        decisions = [Decision(choice, 1) for choice in to_make]
    elif option:
        decisions = [_by_option(app, view, _only(view, to_make, option), wanted)]
    elif app.interactive and not app.json:
        decisions = _asked(app, view, to_make, names)
    else:
        if not app.json:
            _show(app, view, to_make, names)
        raise AnswerNeeded("--keep, --take, --number or --edit", messages.question(to_make[0], view))
    settled = [Decision(choice, 1) for choice in found if choice.state == SETTLED]
    return _save(app, view, [*decisions, *settled], names)


def _named(view: View, found: Sequence[Choice], field: str | None) -> Sequence[Choice]:
    """Return the choices over a field, named as `set` names it or as on the screen; all without a name."""
    if field is None:
        return found
    named = [one for one in found if _plain(field) in map(_plain, (*_keys(one), label(one, view)))]
    if not named:
        sentence = f"{messages.what(view).capitalize()} has no choice over {shortened(field)}."
        raise BadValue("field", sentence, f"one of: {', '.join(quote(one.name) for one in found)}")
    return named


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def _keys(choice: Choice) -> list[str]:
    before = choice.name.rpartition(choice.field)[0] if len(choice.units) == 1 else ""
    return [choice.name, *(f"{before}{name}" for name in choice.fields)]


def _only(view: View, found: Sequence[Choice], option: str) -> Choice:
    """Return the one choice that an option answers; Usage if there are several."""
    if len(found) > 1:
        names = [f"--field {quote(choice.name)}" for choice in found] + (["--all"] if option == "--keep" else [])
        sentence = f"{messages.what(view).capitalize()} has {len(found)} choices."
        raise Usage(sentence, f"pass {joined(names, 'or')} as well")
    return found[0]


def _by_option(app: App, view: View, choice: Choice, wanted: Wanted) -> Decision:
    if wanted.edit:
        return _edited(app, view, choice)
    number = 1 if wanted.keep else wanted.number
    if number is None:
        if choice.answers > 2:
            numbers = [f"--number {number}" for number in range(2, choice.answers + 1)]
            sentence = f"{label(choice, view).capitalize()} has more than two answers."
            raise Usage(sentence, f"pass {joined(numbers, 'or')}; see them with: mentorlog resolve {quote(view['id'])}")
        number = 2
    _check_number(view, choice, number)
    return Decision(choice, number)


def _check_number(view: View, choice: Choice, number: int, hint: str = "") -> None:
    if choice.state in (GONE, NOTED) and number > 1:
        why = "is gone, so its other value cannot be taken" if choice.state == GONE else "has nothing to take"
        how = f"mentorlog resolve {quote(view['id'])} --field {quote(choice.name)} --keep"
        raise BadValue("number", f"{shortened(choice.name)} {why}.", f"end the conflict with: {how}")
    if not 1 <= number <= choice.answers:
        raise BadValue("number", f"There is no answer {number}.", hint or f"one of: {_numbers(choice)}")


def _numbers(choice: Choice) -> str:
    return ", ".join(map(str, range(1, choice.answers + 1)))


# Questions


def _asked(app: App, view: View, found: Sequence[Choice], names: Names) -> list[Decision]:
    """Ask about the first choices of a record; those without an answer stay open."""
    decisions = []
    for number, choice in enumerate(found[:_MOST_ASKED]):
        _show(app, view, [choice], names, with_heading=number == 0)
        can_edit = choice.state == OPEN and len(choice.units) == 1
        question = f"Which one? ({_numbers(choice)}{', e to edit' if can_edit else ''}, Enter to leave it)"
        answer = app.prompt.ask_value(question, _reader(view, choice, can_edit=can_edit))
        if answer == "e":
            decisions.append(_edited(app, view, choice))
        elif answer:
            decisions.append(Decision(choice, int(answer)))
    if not decisions:
        raise Unchanged("Nothing was chosen; nothing changed.", data=view)
    return decisions


def _show(app: App, view: View, found: Sequence[Choice], names: Names, *, with_heading: bool = True) -> None:
    """Show the numbered answers to some choices, on stderr."""
    stream_page = app.out.questions[1]
    page = Page(stream_page.width, terminal=stream_page.terminal)
    heads = screen.heading(view, page) if with_heading else []
    app.out.note(*heads, *(line for choice in found for line in screen.options(choice, view, names, page)))


def _reader(view: View, choice: Choice, *, can_edit: bool) -> Callable[[str], str]:
    """Return what reads an answer: a number, e, or nothing."""
    hint = f"one of: {_numbers(choice)}{', e' if can_edit else ''}; Enter to leave it"

    def read(text: str) -> str:
        word = text.strip().lower()
        if not word or (can_edit and word == "e"):
            return word
        if not (word.isascii() and word.isdigit() and len(word) < 4):
            raise BadValue("answer", f"{shortened(text)} is not one of the answers.", hint)
        _check_number(view, choice, int(word), hint)
        return word

    return read


def _edited(app: App, view: View, choice: Choice) -> Decision:
    """Return a value of the user's own: prose from the editor, another from a question."""
    name = label(choice, view)
    if choice.state != OPEN or len(choice.units) > 1:
        raise BadValue("edit", f"{name.capitalize()} cannot be edited here.", "use --keep or --take")
    now = _at(view, choice)
    if choice.passages or (isinstance(now, str) and "\n" in now):
        draft = f"{view['id']}-{choice.name}"
        text = app.texts.prose(None, edit=True, template=str(now), name=draft, by="resolve --edit")
        return Decision(choice, 0, text or "")
    if not app.interactive:
        other = quote(f"{choice.name}={choice.values[-1].get(choice.field)}")
        raise Usage("--edit needs a terminal.", f"set it with: mentorlog set {quote(view['id'])} {other}")

    def read(text: str) -> str:
        app.journal.preview(lambda transaction: _with_own(app, _record(transaction, view), choice, text))
        return text

    return Decision(choice, 0, app.prompt.ask_value(f"New {name}", read))


def _at(view: View, choice: Choice) -> Any:
    table: Any = view
    for step in choice.path:
        table = table[step]
    return table.get(choice.field, "")


def _with_own(app: App, record: Part, choice: Choice, text: str) -> Part:
    if not text.strip():
        return app.journal.assigned(record, [], [choice.name])
    return app.journal.assigned(record, [f"{choice.name}={text}"])


# Saving


def _save(app: App, view: View, decisions: Sequence[Decision], names: Names) -> None:
    """Save the answers as one change, and print what was chosen."""

    def work(transaction: Transaction) -> Saved:
        old, in_file = _current(transaction, view)
        new = old
        for choice, answer, own in decisions:
            there = next(one for one in in_file if one.conflicts == choice.conflicts)
            new = _decided(app, new, there, answer) if own is None else _with_own(app, new, choice, own)
        numbers = {number for decision in decisions for number in decision.choice.conflicts}
        new = replace(new, conflicts=ended(old, numbers).conflicts)
        if new.KIND == "profile":
            return transaction.put_profile(new), (), (), ()
        edit_record.check(app, new, old)
        if all(own is None for _, _, own in decisions):  # what is in the notes of a meeting was there before
            return transaction.put(new), (), (), ()
        return edit_record.save(app, transaction, new, before=old.notes)

    after, added = edit_record.report(app, app.journal.change(f"resolve: {heading(view)}", work))
    chosen = [
        messages.chosen(choice, answer, view, names) if own is None else _own_line(choice, view, after)
        for choice, answer, own in decisions
    ]
    sentence, more = messages.resolved(view, after)
    app.out.say([sentence, *chosen, *added, more], after)


def _decided(app: App, record: Any, choice: Choice, answer: int) -> Any:
    """Return the record with an answer; where it does not fit another field, the hint clears that first."""
    from mentorlog.store.format.exact import validated

    try:
        return decided(record, choice, answer, app.today, validated)
    except BadValue as refused:
        known = spec(type(record)).get(refused.field)
        if known and not known.required and refused.field not in choice.fields:
            id = "profile" if record.KIND == "profile" else record.id
            refused.hint = f"use --keep, or clear {refused.field} first: mentorlog set {id} --clear {refused.field}"
        raise


def _own_line(choice: Choice, view: View, after: View) -> str:
    text = " ".join(str(_at(after, choice) or "empty").split())
    return f"  {label(choice, view)}: {shorten(text)}"


def _shown(found: Iterable[Choice]) -> list[Mapping[str, Any]]:
    """Return what is shown now of each choice."""
    return [json_ready(dict(choice.values[0])) if choice.values else {} for choice in found]
