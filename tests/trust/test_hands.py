"""Item 17: what people and other programs do to a journal is called what it is, and no error that is none."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator

import pytest

from figures import Counted
from trust.hands import COPY, ERRORS, STATES, Deed, deeds
from trust.vouched import Bench, bench

ITEM = "17 hand edits, editors, git, copies"
DEEDS = list(deeds())


@pytest.fixture(scope="module")
def made() -> Iterator[Bench]:
    """A journal that is put back after each deed."""
    with bench() as one:
        yield one


def wrong(one: Bench, deed: Deed) -> list[str]:
    """Do one deed; return what is wrong with what was said of it."""
    shutil.rmtree(one.harness.root)
    one.put_back()
    expected = dict(deed.do(one.harness.root, one))
    data = one.verified()
    states = {file["path"]: file["state"] for file in data["verified"]["files"]}
    found = {path: (COPY if expected.get(path) == COPY else state) for path, state in states.items()}
    errors = {finding["path"] for finding in data["findings"] if finding["level"] == "error"}
    copies = {finding["path"] for finding in data["findings"] if finding["category"] == "copy"}
    said = []
    if found != expected:
        said.append(f"{deed.name}: called {found}, not {expected}")
    if errors != {path for path, state in expected.items() if state in ERRORS}:
        said.append(f"{deed.name}: errors for {errors}: {data['findings']}")
    if copies != {path for path, state in expected.items() if state == COPY}:
        said.append(f"{deed.name}: called copies: {copies}")
    if data["verified"]["operations"]:
        said.append(f"{deed.name}: operations are accused: {data['verified']['operations']}")
    return said


def test_each_is_called_what_it_is(made: Bench, counted: Counted) -> None:
    """More than a hundred edits, moves, copies, checkouts and restores: the state of each file, and no false error."""
    start = time.perf_counter()
    said = [complaint for deed in DEEDS for complaint in wrong(made, deed)]
    counted(ITEM, len(DEEDS), len(said), time.perf_counter() - start)

    assert said == []
    assert len(DEEDS) >= 100


def test_every_state_is_among_them(made: Bench) -> None:
    """No state is left out."""
    seen = set()
    for deed in DEEDS:
        if set(STATES) <= seen:
            break
        made.put_back()
        seen |= set(deed.do(made.harness.root, made).values())
        shutil.rmtree(made.harness.root)

    assert set(STATES) <= seen
