"""Tags: stored as typed, compared folded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from world import Ran

Invoke = Callable[..., Ran]
SPELLINGS = ["research", "Research", "#research", "# RESEARCH ", "réséarch", "re\u0301search", "ｒｅｓｅａｒｃｈ"]


@pytest.fixture
def tagged(invoke: Invoke) -> dict[str, list[str]]:
    """A record of each kind, every other one with another spelling of the tag."""
    invoke("mentor", "add", "William Osler")
    made: dict[str, list[str]] = {}
    for number, spelling in enumerate(SPELLINGS):
        for kind in ("goal", "task", "note"):
            made.setdefault(kind, []).append(
                invoke(kind, "add", f"Number {number}", "--tag", spelling, "--json").data["id"]
            )
        for kind in ("goal", "task", "note"):
            invoke(kind, "add", "Other", "--tag", "researcher")
    return made


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_tag_is_compared_folded(spelling: str, invoke: Invoke, tagged: dict[str, list[str]]) -> None:
    """Case, accents, the sign before it and forms of letters make no difference in any filter."""
    for kind, ids in tagged.items():
        assert {one["id"] for one in invoke(kind, "list", "--tag", spelling, "--json").data} == set(ids)
    events = invoke("timeline", "--tag", spelling, "--json").data
    assert {event["id"] for event in events} == {id for ids in tagged.values() for id in ids}
    found = invoke("search", spelling, "--all", "--json").data
    assert {one["id"] for one in found} >= {id for ids in tagged.values() for id in ids}


def test_a_tag_is_stored_as_typed(invoke: Invoke, tagged: dict[str, list[str]]) -> None:
    """Nothing is folded in a record."""
    assert [invoke("show", id, "--json").data["tags"] for id in tagged["goal"]] == [[one] for one in SPELLINGS]


def test_the_same_tag_twice_is_one(invoke: Invoke) -> None:
    """The first spelling is kept: of options, of `set`, and of a planned meeting that is logged."""
    invoke("mentor", "add", "William Osler")
    twice = [word for tag in ("Research", "teaching", "#research", "TEACHING") for word in ("--tag", tag)]
    goal = invoke("goal", "add", "Case report", *twice, "--json").data
    planned = invoke("meeting", "plan", "osler", "--on", "today", "--tag", "Research", "--json").data
    held = invoke("meeting", "log", "osler", "It went well", "--tag", "research", "--tag", "ward", "--json").data

    assert goal["tags"] == ["Research", "teaching"]
    assert (held["id"], held["tags"]) == (planned["id"], ["Research", "ward"])
    assert invoke("set", goal["id"], "tags=Ward,ward,#WARD", "--json").data["tags"] == ["Ward"]
