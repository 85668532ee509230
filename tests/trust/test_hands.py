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
def built() -> Iterator[Bench]:
    """A journal that is put back before each deed."""
    with bench() as one:
        yield one


@pytest.fixture
def made(built: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """That journal, for one test."""
    return built.enter(monkeypatch)


def wrong(one: Bench, deed: Deed, seen: set[str]) -> list[str]:
    """Do one deed; return what is wrong with what was said of it, and add the states that it led to."""
    shutil.rmtree(one.harness.root, ignore_errors=True)
    one.put_back()
    expected = dict(deed.do(one.harness.root, one))
    seen.update(expected.values())
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


@pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.slow)])
def test_each_is_called_what_it_is(every: int, made: Bench, counted: Counted) -> None:
    """More than a hundred edits, moves, copies, checkouts and restores: the state of each file, and no false error."""
    start, seen, done = time.perf_counter(), set[str](), DEEDS[::every]
    said = [complaint for deed in done for complaint in wrong(made, deed, seen)]
    counted(ITEM, len(done), len(said), time.perf_counter() - start)

    assert said == []
    assert every > 1 or (len(done) >= 100 and seen == {COPY, *STATES})
