"""The answers of a review between TOML text and what they mean: parsed, checked at the gate, and written back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mentorlog.domain.reviewing.answers import Answers, accept
from mentorlog.domain.reviewing.form_lines import FormLines
from mentorlog.errors import Unreadable, WrongAnswer
from mentorlog.store.format import toml


def read(text: str, name: str, *, first_line: int = 1) -> Answers:
    """Return the answers in a TOML text; WrongAnswer names the entry and its line, as the user's editor counts them."""
    from mentorlog.store.format import validate

    return accept(plain(text, name, first_line=first_line), FormLines(text, first_line), validate.accept)


def plain(text: str, name: str, *, first_line: int = 1) -> dict[str, Any]:
    """Return the TOML text as plain data; WrongAnswer says in which line it is none."""
    try:
        return toml.parse(name, text.encode("utf-8", "surrogateescape"))
    except Unreadable as error:
        where = f", line {error.line + first_line - 1}" if error.line else ""
        raise WrongAnswer(f"{name}{where} cannot be read: {error.message}.") from None


def as_text(data: Mapping[str, Any]) -> str:
    """Return plain answers as TOML text."""
    return toml.dump_plain(data).decode()
