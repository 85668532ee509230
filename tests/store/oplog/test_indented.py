"""Our own JSON is that of the standard library, to the character."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mentorlog.store.oplog import indented

PLAIN = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(["path", "before_sha", "x"]), inner)
    ),
    max_leaves=12,
)


def expected(data: Any) -> str:
    """Return what the standard library makes of it."""
    return json.dumps(data, ensure_ascii=False, indent=1)


@given(PLAIN)
def test_it_is_what_json_writes(data: Any) -> None:
    """Whatever the data, the text is the same."""
    assert indented.dumps(data) == expected(data)


@pytest.mark.parametrize(
    "data",
    [(), ("x", 1), {"files": [], "undoes": (3, 4), "forget": {}}, 'é \udc80 "\\\u2028\x7f\t', [True, 1, False, None]],
)
def test_what_operations_hold(data: Any) -> None:
    """Tuples are lists; an undecodable byte of a path, quotes and control characters are written as they are there."""
    assert indented.dumps(data) == expected(data)
