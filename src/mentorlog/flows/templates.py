"""Show, edit and check templates: the user's own, and the built-in ones that they replace."""

from __future__ import annotations

from mentorlog import ids
from mentorlog.app import App
from mentorlog.errors import BadValue, MentorlogError, shortened
from mentorlog.export.plain_text import fill
from mentorlog.export.template_kinds import KINDS, kind_for
from mentorlog.export.templates import LIMIT, Template
from mentorlog.input.texts import decode
from mentorlog.output.messages import template as messages
from mentorlog.store.layout import template_path
from mentorlog.store.templates import Templates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.export.templates import Names

BUILT_IN = {name: kind.built_in for name, kind in KINDS.items()}
"""The built-in templates by name."""


def _own(app: App) -> Templates:
    return Templates(app.journal.history)


def names(app: App) -> list[str]:
    """Return the names of all templates."""
    return sorted({*BUILT_IN, *_own(app).names()})


def data(app: App, name: str) -> dict[str, Any]:
    """Return a template for scripts: its name, its source (`own` or `built-in`), and the path of its file."""
    own = name in _own(app).names()
    return {"name": name, "source": "own" if own else "built-in", "path": template_path(name) if own else None}


def named(app: App, name: str) -> Template:
    """Return the template with a name: the user's own, else the built-in one."""
    text = _own(app).text(_checked(name))
    text = BUILT_IN.get(name) if text is None else text
    if text is None:
        hint = f"one of: {', '.join(names(app))}; create it with: mentorlog template edit {name}"
        raise MentorlogError(f"There is no template {shortened(name)}.", hint)
    return Template(name, text)


def _checked(name: str) -> str:
    if not ids.may_be_name(name):
        hint = "use up to 40 of a-z, 0-9 and hyphens, starting with a letter or digit; for example: short-recap"
        raise BadValue("name", f"{shortened(name)} is not a name of a template.", hint)
    return name


def show(app: App, name: str, *, built_in: bool) -> None:
    """Print the text of a template."""
    if built_in and name not in BUILT_IN:
        hint = f"the built-in templates are: {', '.join(BUILT_IN)}"
        raise MentorlogError(f"There is no built-in template {shortened(name)}.", hint)
    template = Template(name, BUILT_IN[name]) if built_in else named(app, name)
    if app.json:
        shown = {"name": name, "source": "built-in", "path": None} if built_in else data(app, name)
        app.out.say("", {**shown, "text": template.text})
    else:
        app.out.raw(template.text)


def edit(app: App, name: str, file: str | None, like: str | None) -> None:
    """Save a template as the user edits it, or from a file; a new one starts as a copy of another, `like`."""
    own = _own(app)
    before, text = own.data(_checked(name)), own.text(name)
    if text is not None and like is not None:
        hint = f"leave out --like, or start another: mentorlog template edit {name}-2 --like {like}"
        raise MentorlogError(f"Template {name} exists already, so it cannot start as a copy of {like}.", hint)
    first = named(app, like or (name if name in BUILT_IN else "recap")) if text is None else Template(name, text)
    start = like if like in KINDS else "recap"
    if file is not None:
        edited = decode(app.texts.source(file, LIMIT * 16, "for example: --file recap.txt"), file)
        kind_for(Template(name, edited), start)
    else:
        session = app.editor("template edit")
        # its first line has another number in the editor
        edited = session.revise(
            first.text,
            f"template-{name}",
            lambda now, line: kind_for(Template(name, "\n" * (line - 1) + now), start),
            suffix="txt",
        )
    if changed := edited != text:
        app.journal.change(f"template edit: {name}", lambda change: change.put_template(name, edited, before))
    command = KINDS[kind_for(Template(name, edited), start)].command
    app.out.say(messages.saved(name, changed, name in BUILT_IN, command), {**data(app, name), "text": edited})


def check(app: App, name: str | None) -> None:
    """Check one template, or all; raise the errors of those that are not allowed or fail."""
    checked = names(app) if name is None else [name]
    wrong = []
    for each in checked:
        try:
            kind_for(named(app, each))
        except MentorlogError as error:
            wrong.append(error)
    if wrong:
        wrong[0].also = tuple(wrong[1:])
        raise wrong[0]
    app.out.say([messages.checked(each) for each in checked], [data(app, each) for each in checked])


def filled(app: App, kind: str, name: str | None, names: Names) -> str:
    """Return the text that a template of a kind makes: the one with a name, else that of the kind itself."""
    return fill(named(app, name or kind), {key: names[key] for key in KINDS[kind].examples[0]})
