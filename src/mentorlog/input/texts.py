"""The texts of a command: as given, from stdin (`-`), or from the user's editor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from mentorlog import places
from mentorlog.errors import BadValue, MentorlogError, Usage
from mentorlog.output.output import is_terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.input.editor import EditorSession, Opener


class Texts:
    """The texts of one run; `editor` opens the editor for an option."""

    def __init__(self, note: Callable[[str], None], editor: Callable[[Opener], EditorSession]) -> None:
        self._note = note
        self._editor = editor
        self._stdin_was_read = False

    def text(self, value: str | None) -> str | None:
        """Return a text as given, or from stdin for `-`; None if none is given."""
        return self._stdin_field() if value == "-" else value

    def texts(self, values: Sequence[str] | None) -> tuple[str, ...] | None:
        """Return the texts of a repeated option, one from stdin for `-`; None if none is given."""
        return None if values is None else tuple(self._stdin_field() if value == "-" else value for value in values)

    def source(self, path: str, limit: int, hint: str) -> bytes:
        """Return the bytes of a file, or of stdin for `-`; the hint is for errors."""
        if path == "-":
            return self._stdin(limit=limit, instead="name a file").encode()
        place = places.full(path, "The name of the file", hint)
        try:
            with place.open("rb") as opened:
                data = opened.read(limit + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise MentorlogError(f"File not found: {path}", hint) from None
        except IsADirectoryError:
            raise MentorlogError(f"{path} is a folder, not a file.", hint) from None
        except OSError as error:
            from mentorlog.store.disk.os_errors import disk_failure

            raise disk_failure(error, place, "read") from error
        if len(data) > limit:
            raise MentorlogError(f"{path} is larger than {limit >> 20} MiB.", hint)
        return data

    def prose(
        self, value: str | None, edit: bool = False, template: str = "", name: str = "note", by: Opener = "--edit"
    ) -> str | None:
        """Return a text as given, or from the editor with `edit`; None if none is given.

        The editor starts with the value, else the template; `by` is the option that opens it. Unchanged is raised if
        the template is left unchanged, or the text is empty.
        """
        text = self.text(value)
        if not edit:
            return text
        session = self._editor(by)
        return session.write(template, name) if text is None else session.write("", name, start=text)

    def pairs(self, pairs: Sequence[str] | None, clear: Sequence[str] | None) -> list[str]:
        """Return pairs KEY=VALUE, with stdin for the value `-`; Usage if there is nothing to change."""
        if not pairs and not clear:
            raise Usage(
                "Nothing to change: pass KEY=VALUE or --clear KEY.", "for example: by=fri or 'why=A first paper'"
            )
        # An empty value is rejected later, with a hint on how to clear a field.
        return [
            f"{pair[:-1]}{self._stdin_field(may_be_empty=True)}" if pair.partition("=")[2] == "-" else pair
            for pair in pairs or ()
        ]

    def _stdin(self, *, may_be_empty: bool = False, limit: int | None = None, instead: str = "pass it") -> str:
        """Return everything that is piped in or typed, once; BadValue if it is empty, or more bytes than the limit."""
        if self._stdin_was_read:
            raise Usage("Only one option can read stdin (-).", "pass the other text itself, or use --edit")
        self._stdin_was_read = True
        from mentorlog.input import core_dumps

        core_dumps.forbid()
        if is_terminal(sys.stdin):
            self._note("Type the text; press Ctrl-D on an empty line to finish, Ctrl-C to cancel.")
        data = sys.stdin.buffer.read(-1 if limit is None else limit + 1) if sys.stdin else b""
        if limit is not None and len(data) > limit:
            raise BadValue("text", f"The text on stdin is larger than {limit >> 20} MiB.", "pipe in less of it")
        text = decode(data, "The text on stdin")
        if not text.strip() and not may_be_empty:
            hint = f"pipe it in, or {instead} instead of -"
            raise BadValue("text", "The text on stdin is empty; nothing changed.", hint)
        return text

    def _stdin_field(self, *, may_be_empty: bool = False) -> str:
        """Return stdin as the text of a field, a single line without its newline."""
        text = self._stdin(may_be_empty=may_be_empty)
        return text if text.count("\n") > 1 else text.removesuffix("\n")


def decode(data: bytes, what: str) -> str:
    """Return the bytes as text with LF newlines and no byte order mark; BadValue if they are not UTF-8.

    `what` begins its sentence: the path as the user typed it, or words of ours with their capital.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadValue("text", f"{what} is not UTF-8 (line {line}).", "save it as UTF-8") from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
