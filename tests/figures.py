"""What the larger tests have counted, said in one line each at the end of a run (with pytest-xdist too)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

KEY = "figures"
Counted = Callable[[str, int, int, float], None]


@pytest.fixture
def counted(record_property: Callable[[str, Any], None]) -> Counted:
    """counted("faults", cases, violations, seconds): added up by name, told at the end."""

    def count(what: str, cases: int, violations: int, seconds: float) -> None:
        record_property(KEY, [what, cases, violations, seconds])

    return count


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell the figures of this run."""
    sums: dict[str, list[float]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) != "call":
                continue
            for key, value in getattr(report, "user_properties", ()):
                if key == KEY:
                    what, *numbers = value
                    sums[what] = [a + b for a, b in zip(sums.get(what, [0, 0, 0]), numbers, strict=True)]
    if sums:
        terminalreporter.section("figures")
    for what, (cases, violations, seconds) in sorted(sums.items()):
        terminalreporter.write_line(f"{what}: {cases:,.0f} cases, {violations:,.0f} violations, {seconds:.0f} s")
