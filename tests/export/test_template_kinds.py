"""The kinds of templates: what each may name is declared, explained and complete."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mentorlog.export.template_kinds import KINDS, kind_for
from mentorlog.export.templates import FILTERS, TESTS, Template, TemplateFault

_ITEMS = {"mine": "task", "theirs": "task", "done": "task", "tasks": "task", "goals": "goal"}


def named(key: str, value: Any) -> Iterator[str]:
    """What a template may write for a value."""
    if isinstance(value, dict):
        yield from (f"{key}.{part}" for part in value)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from (f"{_ITEMS[key]}.{part}" for part in value[0])


@pytest.mark.parametrize("name", KINDS)
def test_every_name_is_declared(name: str) -> None:
    """The names of the examples are those that the manual and the remark of the built-in template list."""
    kind = KINDS[name]
    full, bare = kind.examples
    found = {*full, *(part for key, value in full.items() for part in named(key, value))}

    assert full.keys() == bare.keys()
    assert found - {"meeting"} == kind.names.keys() - {"meeting"}
    remark = kind.built_in.partition("#}")[0]
    assert all(key.removeprefix("task.").removeprefix("goal.") in remark for key in kind.names)
    assert {type(value) for value in full.values()} <= {str, list, dict, int, bool}


def test_the_manual_has_every_name(request: pytest.FixtureRequest) -> None:
    """The page about templates lists the names of each kind, filters and tests as the program has them."""
    page = (request.config.rootpath / "docs" / "reference" / "templates.md").read_text(encoding="utf-8")

    for name, kind in KINDS.items():
        rows = "".join(f"| `{key}` | {meaning} |\n" for key, meaning in kind.names.items())
        assert f"### {name}\n\n| Name | Is |\n|---|---|\n{rows}" in page, name
        assert f"| `{name}` | [`mentorlog {kind.command}" in page, name
    for words in (FILTERS, TESTS):
        assert ", ".join(f"`{word}`" for word in words) in page


def test_the_kind_of_an_own_template() -> None:
    """It is the one that is meant, else the first for which the template has no errors, else the fault is told."""
    assert kind_for(Template("short", "Dear {{ to }}")) == "recap"
    assert kind_for(Template("short", "Dear {{ to }}"), "ask") == "ask"
    assert kind_for(Template("short", "{{ aims }}{{ to }}")) == "ask"
    assert kind_for(Template("clinic", "{{ date }}: {{ goal }}")) == "reflection"
    with pytest.raises(TemplateFault, match=r"^Template short, line 2: there is no 'decisions'\.$"):
        kind_for(Template("short", "{{ aims }}{{ to }}\n{{ decisions }}"))
    with pytest.raises(TemplateFault, match=r"^Template ask, line 1: there is no 'decisions'\.$"):
        kind_for(Template("ask", "{% for one in decisions %}{{ one }}{% endfor %}"))
