"""The report of `doctor`: a line for each finding, errors first, then the totals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mentorlog.domain.reports import Finding
from mentorlog.models.views import counted
from mentorlog.output.page import Page


def data(findings: Sequence[Finding], records: int, fixed: Sequence[str]) -> dict[str, Any]:
    """Return the result of a check for scripts."""
    shown = [{key: getattr(finding, key) for key in Finding.__annotations__} for finding in findings]
    return {"findings": shown, "fixed": fixed, "record_count": records}


def lines(findings: Sequence[Finding], records: int, fixed: Sequence[str], page: Page) -> list[str]:
    """Lay out what was repaired, every finding, and the totals."""
    shown = [line for text in fixed for line in page.wrap(text, "green", indent="  ", first="")]
    for finding in findings:
        place = "" if finding.path is None else finding.path + (f", line {finding.line}" if finding.line else "") + ": "
        remedy = f"; {finding.remedy}" if finding.remedy else ""
        text = f"{finding.level:<8}{place}{finding.message}{remedy}"
        first, *rest = page.wrap(text, indent=" " * 8, first="")
        ink = "red" if finding.level == "error" else "yellow"
        shown += [page.style(finding.level, "bold", ink) + first[len(finding.level) :], *rest]
    if not findings:
        return [*shown, *page.wrap(f"No problems found: {counted(records, 'record')} checked.")]
    errors = sum(finding.level == "error" for finding in findings)
    levels = [(errors, "error"), (len(findings) - errors, "warning")]
    counts = ", ".join([counted(records, "record"), *(counted(*level) for level in levels if level[0])])
    return [*shown, *page.wrap(f"{counts}{'' if errors else ' (nothing needs repair)'}.")]
