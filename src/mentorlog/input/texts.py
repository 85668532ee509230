"""The texts of a command: as given, from stdin for `-`, or from the user's editor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mentorlog.errors import Usage
from mentorlog.input.stdin import StdinText, read_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.input.editor import EditorSession


class Texts:
    """Reads the texts of one run; `editor` opens the editor for the option or command that asks for it."""

    def __init__(self, note: Callable[[str], None], editor: Callable[[str], EditorSession]) -> None:
        self.stdin = StdinText(note)
        self._editor = editor

    def text(self, value: str | None) -> str | None:
        """Return a text as given, or from stdin for `-`; None where none is given."""
        return self.stdin.text() if value == "-" else value

    def texts(self, values: Sequence[str] | None) -> tuple[str, ...] | None:
        """Return the texts of an option that may be repeated, one of them from stdin for `-`; None where it is not."""
        return None if values is None else tuple(self.stdin.text() if value == "-" else value for value in values)

    def source(self, path: str, limit: int, hint: str) -> bytes:
        """Return the bytes of a file that the user named, or of stdin for `-`; the hint says what to name instead."""
        return self.stdin.read().encode() if path == "-" else read_file(path, limit, hint)

    def prose(
        self, value: str | None, edit: bool = False, template: str = "", name: str = "note", by: str = "--edit"
    ) -> str | None:
        """Return a text as given, or from the editor with `edit`, which `by` asks for; None where none is given.

        The editor begins with the value, else the template. Unchanged is raised where the template is left as it
        was, or nothing is left.
        """
        text = self.text(value)
        if not edit:
            return text
        session = self._editor(by)
        return session.write(template, name) if text is None else session.write("", name, start=text)

    def pairs(self, pairs: Sequence[str] | None, clear: Sequence[str] | None) -> list[str]:
        """Return pairs KEY=VALUE as given, with stdin for a value that is `-`; Usage where nothing is to be changed."""
        if not pairs and not clear:
            raise Usage(
                "Nothing to change: KEY=VALUE or --clear KEY is missing.", "write it like by=fri or 'why=A first paper'"
            )
        # An empty value is refused where it is read, which says how a field is emptied.
        return [
            f"{pair[:-1]}{self.stdin.text(may_be_empty=True)}" if pair.partition("=")[2] == "-" else pair
            for pair in pairs or ()
        ]

    def edited(
        self,
        text: str,
        name: str,
        suffix: str = ".toml",
        check: Callable[[str], object] | None = None,
        top: str | None = None,
        by: str = "edit",
    ) -> str:
        """Return a whole document as the editor leaves it, which `by` asks for; what `check` refuses is offered again.

        `top` is shown in a first line that is no part of it.
        """
        return self._editor(by).revise(text, name, suffix, check, top)
