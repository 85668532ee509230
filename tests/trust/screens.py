"""The program run within this process, on a terminal of so many columns or on a pipe."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path

from mentorlog.models.profile import Profile
from mentorlog.models.record import Record
from mentorlog.store.journal import Journal
from world import NOW, Ran, World, _bytes, _input, _process, _text


class _Tty(io.TextIOWrapper):
    """A terminal without a size of its own."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def on_terminal(world: World, *argv: str, columns: int = 80, stdin: str | bytes = b"", **env: str) -> Ran:
    """Run the program where both outputs are terminals, with colours unless `env` says otherwise."""
    from mentorlog.cli.main import main

    out, err = (_Tty(io.BytesIO(), encoding="utf-8", newline="", write_through=True) for _ in range(2))
    variables = world.variables({"COLUMNS": str(columns), "TERM": "xterm-256color", **env})
    with (
        _process(variables, world.work, ["mentorlog", *argv]),
        redirect_stdout(out),
        redirect_stderr(err),
        _input(_bytes(stdin)),
    ):
        code = main(list(argv))
    return Ran(code, *(_text(stream.buffer.getvalue()) for stream in (out, err)))  # type: ignore[attr-defined]


def written(root: Path, records: Sequence[Record | Profile]) -> None:
    """Write records into a journal as one operation."""

    def put(transaction) -> None:  # type: ignore[no-untyped-def]
        for record in records:
            transaction.put_profile(record) if isinstance(record, Profile) else transaction.put(record)

    Journal(root, now=datetime.fromisoformat(NOW), may_create=True).change("begin", put)
