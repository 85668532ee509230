"""What tests of the command line share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mentorlog.app import App


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let the status screen fail in a given way."""

    def with_(failure: BaseException) -> None:
        def show_status(app: App) -> None:
            raise failure

        monkeypatch.setattr("mentorlog.flows.show_status.show_status", show_status)

    return with_
