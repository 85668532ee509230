"""The gate: what pydantic's core is told of a kind is what pydantic itself makes of its annotations."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any, get_type_hints

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from mentorlog.domain.reviewing.answers import ReviewForm
from mentorlog.models.fields import class_of, spec
from mentorlog.models.profile import Profile
from mentorlog.models.record import Part
from mentorlog.store.format import validate
from mentorlog.store.layout import FOLDERS

KINDS: dict[str, type[Part]] = {kind: class_of(kind) for kind in FOLDERS}
KINDS |= {"profile": Profile, "answers": ReviewForm}
ODD = st.recursive(
    st.sampled_from([None, True, 0, 1, 7, 0.5, 3.0, 2**80, "", "x", "7", "true", "2027-02-03", "2027-02-30"])
    | st.sampled_from(["2027-02-03T09:00:00+00:00", "2027-02-03T09:00:00", "2027-02-03T00:00:00Z", "todo", "good"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["on", "text", "é"]), inner, max_size=2)
    ),
    max_leaves=3,
)
FITTING: dict[Any, st.SearchStrategy[Any]] = {
    str: st.sampled_from(["Draft", "g7k3q", "osler", "active", "keep", "good", "private", "a\r\nb"]),
    int: st.integers(-1, 120),
    float: st.sampled_from([1, 2.0, 3.5, 0.25, 7, 2**80, -1e300]),
    bool: st.booleans(),
    date: st.just("2027-02-03"),
    datetime: st.just("2027-02-03T09:00:00+01:00"),
}


@cache
def adapter(kind: type[Part]) -> TypeAdapter[Any]:
    """pydantic's own reading of a kind."""
    return TypeAdapter(kind)


def mostly(fitting: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return what fits, and now and then what does not."""
    return st.integers(0, 19).flatmap(lambda number: ODD if number == 0 else fitting)


def written(hint: Any) -> st.SearchStrategy[Any]:
    """Return JSON that mostly fits an annotation."""
    if isinstance(hint, type) and issubclass(hint, Part):
        return mostly(parts(hint))
    if hint in FITTING:
        return mostly(FITTING[hint])
    if "Mapping" in str(hint):
        return mostly(st.dictionaries(st.sampled_from(["by", "é"]), ODD, max_size=2))
    inner = [written(one) for one in getattr(hint, "__args__", ()) if one is not type(None)]
    if "Sequence" in str(hint):
        return mostly(st.lists(inner[0], max_size=2))
    return st.none() | inner[0]


@cache
def parts(kind: type[Part]) -> st.SearchStrategy[Any]:
    """Return JSON objects of a kind, mostly with what it needs."""
    hints = get_type_hints(kind)
    said = {one.name: written(hints[one.name]) for one in fields(kind) if one.name != "extra"}
    needed = {name: said.pop(name) for name, one in spec(kind).items() if one.required}
    return mostly(st.fixed_dictionaries(needed, optional=said)) | st.fixed_dictionaries({}, optional={**needed, **said})


def outcome(validate: Any, text: str) -> Any:
    """Return what comes of a JSON text: the part, or every failure."""
    try:
        return vars_of(validate(text, strict=True))
    except ValidationError as error:
        return error.errors(include_url=False, include_context=False)


def vars_of(value: Any) -> Any:
    """Return a part with all that is within it, and the type of each value."""
    if isinstance(value, Part):
        return type(value), {name: vars_of(one) for name, one in vars(value).items()}
    if isinstance(value, (tuple, list)):
        return type(value), [vars_of(one) for one in value]
    return type(value), value


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_the_core_is_told_what_the_annotations_say(name: str, data: st.DataObject) -> None:
    """Whatever comes, it is taken or refused for the same reasons as by a TypeAdapter over the same dataclass."""
    kind = KINDS[name]
    text = json.dumps(data.draw(parts(kind)))

    assert outcome(validate._validator(kind).validate_json, text) == outcome(adapter(kind).validate_json, text)


@pytest.mark.parametrize("name", KINDS)
@given(text=st.binary(max_size=20))
@example(text=b'{"id": "\xff"}')
@example(text=b"[" * 300)
def test_what_is_no_json_is_refused_alike(name: str, text: bytes) -> None:
    """Bytes that are no JSON fail alike too."""
    kind = KINDS[name]

    assert outcome(validate._validator(kind).validate_json, text) == outcome(adapter(kind).validate_json, text)
