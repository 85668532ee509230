"""The arguments and options that verbs of `mentorlog note` share."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.models.views import View, heading
from mentorlog.output.phrases import shorten

if TYPE_CHECKING:
    from mentorlog.models.note import Note
    from mentorlog.store.journal import Transaction


_KIND = opt.choice("--kind", "-k", of=vocabulary.NOTE_KINDS, metavar="KIND", rare=False)


def changed(app: App, found: View, command: str, change: "Callable[[Note], Note]") -> tuple[View, bool]:
    """Change a note as one operation; return its view, and whether anything is different."""
    from mentorlog.models.note import Note

    def work(transaction: "Transaction") -> tuple[View, bool]:
        old = transaction.get(Note, found["id"])
        new = change(old)
        return transaction.put(new), new is not old

    return app.journal.change(f"note {command}: {shorten(heading(found))}", work)
