"""Show, edit and check templates: the user's own, and the built-in ones that they replace."""

from __future__ import annotations

from mentorlog import ids
from mentorlog.app import App
from mentorlog.errors import BadValue, MentorlogError, shortened
from mentorlog.export import recap
from mentorlog.export.templates import LIMIT, Template
from mentorlog.input.texts import decode
from mentorlog.output.messages import template as messages
from mentorlog.store.layout import template_path
from mentorlog.store.templates import Templates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BUILT_IN = {"recap": recap.BUILT_IN}
"""The built-in templates by name; others are made from the first."""


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


def edit(app: App, name: str, file: str | None) -> None:
    """Save a template as the user edits it, or from a file."""
    own = _own(app)
    before, text = own.data(_checked(name)), own.text(name)
    if file is not None:
        given = decode(app.texts.source(file, LIMIT * 16, "for example: --file recap.txt"), file)
        recap.check(Template(name, given))
        edited = given
    else:
        first = BUILT_IN.get(name, recap.BUILT_IN) if text is None else text
        session = app.editor("template edit")
        edited = session.revise(first, f"template-{name}", lambda now, line: _check(name, now, line), suffix="txt")
    if changed := edited != text:
        app.journal.change(f"template edit: {name}", lambda change: change.put_template(name, edited, before))
    app.out.say(messages.saved(name, changed, name in BUILT_IN), {**data(app, name), "text": edited})


def _check(name: str, text: str, first_line: int) -> None:
    """Check a template whose first line has another number in the editor."""
    recap.check(Template(name, "\n" * (first_line - 1) + text))


def check(app: App, name: str | None) -> None:
    """Check one template, or all; raise the errors of those that are not allowed or fail."""
    checked = names(app) if name is None else [name]
    wrong = []
    for each in checked:
        try:
            recap.check(named(app, each))
        except MentorlogError as error:
            wrong.append(error)
    if wrong:
        wrong[0].also = tuple(wrong[1:])
        raise wrong[0]
    app.out.say([messages.checked(each) for each in checked], [data(app, each) for each in checked])
