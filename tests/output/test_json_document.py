"""The JSON document."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.output.json_document import ascii_only, envelope, indented
from output.payloads import PAYLOADS, acts


class Trouble(NamedTuple):
    """A problem as the store gives it."""

    path: str
    message: str
    line: int | None = None


def test_the_document_has_version_data_and_problems() -> None:
    """The envelope is what DESIGN section 7 promises, two spaces deep, with a line end."""
    assert envelope({"id": "g7k3q", "tags": []}, [Trouble("goals/x.toml", "Not TOML.", 3)]) == (
        '{\n  "version": 1,\n  "data": {\n    "id": "g7k3q",\n    "tags": []\n  },\n'
        '  "problems": [\n    {\n      "path": "goals/x.toml",\n      "message": "Not TOML."\n    }\n  ]\n}\n'
    )


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_data_comes_back_as_it_was(data: Any) -> None:
    """Reading the document gives the data, and nothing in the document acts."""
    document = envelope(data)

    assert json.loads(document) == {"version": 1, "data": data, "problems": []}
    assert acts(document) == []


@given(JSON)
def test_plain_documents_are_what_json_writes(data: Any) -> None:
    """Where nothing needs an escape of ours, the document is json.dumps' own."""
    theirs = json.dumps({"version": 1, "data": data, "problems": []}, ensure_ascii=False, indent=2) + "\n"

    assert envelope(data) == theirs or not theirs.isascii() or "\x7f" in theirs


@pytest.mark.parametrize(("text", "shown"), PAYLOADS.values(), ids=PAYLOADS)
def test_payloads_come_back_and_never_act(text: str, shown: str) -> None:
    """Dangerous characters travel as \\uXXXX, the others as they are; also in keys."""
    for document in (envelope([text]), ascii_only(envelope([text]))):
        assert json.loads(document)["data"] == [text]
        assert acts(document) == []
    assert json.loads(envelope({text: 1}))["data"] == {text: 1}


def test_astral_characters_are_escaped_as_pairs() -> None:
    """A tag character is two escapes, as JSON has it; letters and emoji stay."""
    assert '"é日本🩺\\udb40\\udc41"' in envelope("é日本🩺\U000e0041")
    assert ascii_only('"🩺"') == '"\\ud83e\\ude7a"'


def test_every_key_of_a_record_is_for_scripts() -> None:
    """A user's own key is shown at every level, whatever it is called."""
    view = {"record": "mentor", "id": "osler", "prefix": "Dr.", "custom": {"prefix": "Dr."}}

    assert json.loads(envelope({"mentors": [view]}))["data"] == {"mentors": [view]}


def test_what_json_lacks_becomes_text() -> None:
    """Dates and instants are text; tuples are lists."""
    data = MappingProxyType({"on": date(2027, 1, 3), "at": datetime(2027, 1, 3, 9, tzinfo=UTC), "n": (2, 1.5)})

    assert json.loads(envelope(data))["data"] == {
        "on": "2027-01-03",
        "at": "2027-01-03T09:00:00+00:00",
        "n": [2, 1.5],
    }


@given(JSON)
def test_it_is_written_as_json_writes_it(data: Any) -> None:
    """Two spaces deep, without escapes."""
    assert indented(data) == json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_no_number_that_json_lacks(number: float) -> None:
    """A script could not read it."""
    with pytest.raises(ValueError):
        indented({"number": [number]})
