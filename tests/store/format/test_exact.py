"""Exact data is taken without pydantic, and gives what pydantic would give; what is not exact is pydantic's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.errors import BadValue
from mentorlog.models.record import Part, as_data
from mentorlog.store.format import exact, validate
from store.format.test_validate import KINDS, parts


def as_toml(value: Any) -> Any:
    """Return JSON as a file in TOML has it: days are days."""
    if isinstance(value, dict):
        return {key: as_toml(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [as_toml(item) for item in value if item is not None]
    if isinstance(value, str) and value.startswith("2027-02-03"):
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    return value


def outcome(validated: Any, kind: type[Part], plain: Mapping[str, Any]) -> Any:
    """Return what is in the record that comes of it, or what is wrong."""
    try:
        part = validated(kind, plain)
    except BadValue as error:
        return error.field, error.sentence, error.hint
    return type(part), as_data(part)


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_exact_data_gives_what_pydantic_gives(name: str, data: st.DataObject) -> None:
    """Whatever comes, the record or the failure is the same with and without pydantic."""
    plain = as_toml(data.draw(parts(KINDS[name])))
    if not isinstance(plain, dict):
        return

    assert outcome(exact.validated, KINDS[name], plain) == outcome(validate.accept, KINDS[name], plain)


def test_text_that_no_file_can_hold_is_refused() -> None:
    """Bytes of the command line that are no text are refused as pydantic refuses them."""
    plain = {"id": "g7k3q", "created": datetime.fromisoformat("2027-02-03T09:00:00+00:00"), "title": "a\udc80b"}

    with pytest.raises(BadValue, match="is not valid UTF-8"):
        exact.validated(KINDS["goal"], plain)
