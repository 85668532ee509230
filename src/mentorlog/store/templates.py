"""The user's own templates, in `templates/NAME.txt`: read without the index, changed as operations."""

from __future__ import annotations

from mentorlog.errors import Unreadable
from mentorlog.store import layout
from mentorlog.store.disk import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.oplog.history import History

_LIMIT = 1024 * 1024


class Templates:
    """The templates of one journal."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._root = history.layout.root

    def names(self) -> list[str]:
        """Return their names, sorted; other files of the folder are ignored."""
        paths = {f"{layout.TEMPLATES}/{name}" for name in files.names(self._root / layout.TEMPLATES)}
        for path, source in self._history.overlay(templates=True).items():
            (paths.discard if source is None else paths.add)(path)
        return sorted(filter(None, map(layout.template_at, paths)))

    def data(self, name: str) -> bytes | None:
        """Return the bytes of a template, or None if there is none; raise Unreadable if they cannot be read."""
        path = layout.template_path(name)
        if not files.real_folder(self._root / layout.TEMPLATES):
            return None
        overlay = self._history.overlay(templates=True)
        source = overlay.get(path, self._root / path)
        data = files.content(source, _LIMIT, path) if source else None
        if data is None and overlay.get(path):  # a staged file that is gone has been renamed into place
            data = files.content(self._root / path, _LIMIT, path)
        return data

    def text(self, name: str) -> str | None:
        """Return a template as text with LF newlines and no byte order mark, or None if there is none."""
        data = self.data(name)
        return None if data is None else decoded(layout.template_path(name), data)


def decoded(path: str, data: bytes) -> str:
    """Return the text in the bytes of a template; raise Unreadable if there is none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong = Unreadable(path, "it is not UTF-8", line)
        wrong.hint = "save it as UTF-8, or delete it"
        raise wrong from None
    if "\0" in text:
        wrong = Unreadable(path, "it contains a NUL character", text.count("\n", 0, text.index("\0")) + 1)
        wrong.hint = "delete the character, or the file"
        raise wrong
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
