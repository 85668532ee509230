"""How a check-up reads: one line for each finding, errors first, then how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mentorlog.domain.reports import Finding
from mentorlog.output.output import Page
from mentorlog.output.text import safe, wrap


def data(findings: Sequence[Finding], records: int, fixed: Sequence[str]) -> dict[str, Any]:
    """Return the result of a check-up for scripts."""
    shown = [{key: getattr(finding, key) for key in Finding.__annotations__} for finding in findings]
    return {"findings": shown, "fixed": fixed, "record_count": records}


def lines(findings: Sequence[Finding], records: int, fixed: Sequence[str], page: Page) -> list[str]:
    """Lay out what was repaired, every finding, and the sum."""
    shown = [page.style(line, "green") for said in fixed for line in wrap(safe(said), page.limit, "  ", "")]
    for finding in findings:
        first, *rest = wrap(safe(_said(finding)), page.limit, "        ", "")
        ink = "red" if finding.level == "error" else "yellow"
        shown += [page.style(finding.level, "bold", ink) + first[len(finding.level) :], *rest]
    return [*shown, *wrap(safe(_sum(findings, records)), page.limit)]


def _said(finding: Finding) -> str:
    """`error   goals/g7k3q.toml, line 3: what is wrong; what to do`."""
    place = "" if finding.path is None else finding.path + (f", line {finding.line}" if finding.line else "") + ": "
    remedy = f"; {finding.remedy}" if finding.remedy else ""
    return f"{finding.level:<8}{place}{finding.message}{remedy}"


def _sum(findings: Sequence[Finding], records: int) -> str:
    errors = sum(finding.level == "error" for finding in findings)
    notices = len(findings) - errors
    many = "1 record" if records == 1 else f"{records} records"
    if not findings:
        return f"All is well: {many}."
    counted = [f"{errors} error{'' if errors == 1 else 's'}"] if errors else []
    counted += [f"{notices} notice{'' if notices == 1 else 's'}"] if notices else []
    ending = "" if errors else " (nothing that must be done)"
    return f"{many}, {', '.join(counted)}{ending}."
