"""Properties: a record of any kind is read as it was written, whatever its texts hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factories import make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.models.fields import spec
from mentorlog.models.record import as_data
from mentorlog.store.format import document, toml

MAKERS = {
    "goal": make_goal,
    "meeting": make_meeting,
    "mentor": make_mentor,
    "note": make_note,
    "profile": make_profile,
    "review": make_review,
    "task": make_task,
}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WHOLE = st.integers(-(2**63), 2**63 - 1)
VALUES = st.recursive(
    TEXT | WHOLE | st.booleans() | st.floats(allow_nan=False) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def prose(part: Any) -> list[str]:
    """Return the fields of free text that a part has."""
    texts = (one for one in spec(type(part)).values() if one.type_name == "str" and one.optional)
    return [one.name for one in texts if not (one.closed or one.open or one.one_line)]


@pytest.mark.parametrize("name", MAKERS)
@given(text=TEXT, more=VALUES)
@example(text="a\r\nb\rc\n", more="x\r\ny")
@example(text='"""\'\'\'"', more="'''\"\"\"")
@example(text="\\ \\\\ \\n", more={"a\\b": "\\"})
@example(text="\x00\x01\x1f\x7f\x85\u2028\ufeff", more={"": {"\x00": []}})
@example(text="\n\n first", more=[{"a": 1}, {}, {"b": [{}]}])
@example(text=" ", more=[1, {"a": 1}])
@example(text="é日本🩺‮", more={"a.b": {"c d": [[], [[]]]}})
def test_a_record_is_read_as_it_was_written(name: str, text: str, more: Any) -> None:
    """What is written reads as the same data, and is written again as the same bytes."""
    made = MAKERS[name]()
    changes: dict[str, Any] = dict.fromkeys(prose(made), text)
    part = replace(made, **changes, extra={"unknown key": more})
    path = "profile.toml" if name == "profile" else toml.path_of(part)

    data = toml.dump(part)
    read = document.checked(path, data)

    assert toml.dump(read) == data
    full, again = as_data(part, full=False), as_data(read, full=False)
    assert again.pop("unknown key") == full.pop("unknown key")
    assert again == dict(full.items())
