"""What a new journal may take from other programs: looked for in their usual places, read only after a yes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shlex import quote
from shutil import which
from typing import TYPE_CHECKING

from mentorlog.errors import Interrupted, MentorlogError
from mentorlog.exchange.incoming import LIMIT
from mentorlog.flows import import_records
from mentorlog.values import Value

if TYPE_CHECKING:
    from mentorlog.app import App
    from mentorlog.exchange.directory import Directory
    from mentorlog.exchange.incoming import Batch

_EXPORT = ("task", "rc.hooks=off", "rc.confirmation=off", "rc.verbose=nothing", "rc.json.array=on", "export")
_TASKS = ("pending.data", "taskchampion.sqlite3")
"""The files of Taskwarrior, of which the older or the newer versions have one."""


class Store(Value):
    """Where another program keeps what could be imported, and the command that imports it."""

    program: str
    path: Path
    command: str


def stores() -> Iterator[Store]:
    """Yield the stores of jrnl and Taskwarrior that are in their usual places; none of their files is opened."""
    home = Path(os.environ.get("HOME", ""))
    if not home.is_absolute():
        return
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    entries = data / "jrnl" / "journal.txt"
    if entries.is_file():
        yield Store("jrnl", entries, f"mentorlog import jrnl {quote(str(entries))}")
    for folder in (home / ".task", data / "task"):
        if which(_EXPORT[0]) and any((folder / name).is_file() for name in _TASKS):
            yield Store("Taskwarrior", folder, "task export | mentorlog import taskwarrior -")
            return


def offer_imports(app: App) -> None:
    """Ask on a terminal about each store: whether to show what would come, then whether to import it.

    What cannot be read is an error message, and Ctrl-C a no: the journal is there.
    """
    for store in stores() if app.interactive and not app.json else ():
        try:
            if not _is_imported(app, store):
                app.out.note(f"Import it at any time with: {store.command}")
        except Interrupted:
            app.out.note(f"Import it at any time with: {store.command}")
            return
        except MentorlogError as error:
            app.out.error(error)


def _is_imported(app: App, store: Store) -> bool:
    """Show what could be imported and import it, each after a yes; ask about people who are not mentors yet."""
    how = "reads it" if store.program == "jrnl" else "runs `task export`"
    if not app.prompt.confirm(f"Found {store.program} data in {store.path}. Show what could be imported ({how})?"):
        return False
    read = _reader(app, store)
    people = import_records.directory(app)
    batch = read(people)
    import_records.run(app, batch, people, dry_run=True)
    if not batch.records:
        return True
    if not app.prompt.confirm("Import this?"):
        return False
    if people.strangers and app.prompt.confirm("Add these people as prospective mentors, too?"):
        people = import_records.directory(app, add=True)
        batch = read(people)
    import_records.run(app, batch, people)
    return True


def _reader(app: App, store: Store) -> Callable[[Directory], Batch]:
    """Return what makes a batch of the content of a store, which is read once."""
    if store.program == "jrnl":
        from mentorlog.exchange import jrnl

        entries = import_records.content(app, str(store.path), jrnl.FORMAT.hint)
        return lambda people: jrnl.read(entries, people, today=app.today)
    from mentorlog.exchange import taskwarrior
    from mentorlog.input.programs import output

    tasks = output(_EXPORT, LIMIT, taskwarrior.FORMAT.hint)
    return lambda people: taskwarrior.read(tasks, people)
