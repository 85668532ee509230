"""The reports of `doctor`: a line for each finding, errors first, then the totals; with --verify the counts first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from mentorlog import dates
from mentorlog.domain.reports import Finding, Verified
from mentorlog.models.views import counted
from mentorlog.output.page import Page
from mentorlog.output.phrases import size
from mentorlog.values import Value

_MOST = 10
"""Findings of one category that are shown of a verification; a disk may have damaged thousands of files."""
_STATES = {
    "as_left": "as mentorlog left them",
    "changed": "changed by hand since",
    "unknown": "unknown to the history",
    "rolled_back": "back to an older version",
    "missing": "missing",
    "damaged": "damaged",
    "unreadable": "not readable",
}


def data(findings: Sequence[Finding], records: int, unchecked: int, fixed: Sequence[str]) -> dict[str, Any]:
    """Return the result of a check for scripts."""
    shown = [_plain(finding) for finding in findings]
    counts = {"record_count": records, "unchecked_operation_count": unchecked}
    return {"findings": shown, "fixed": fixed, **counts}


def verified_data(found: Verified, fixed: Sequence[str]) -> dict[str, Any]:
    """Return the result of a verification for scripts."""
    verified = {
        "counts": found.counts,
        "files": [_plain(one) for one in found.files],
        "operation_count": found.operations,
        "first_operation": found.first or None,
        "operations": [_plain(one) for one in found.flaws],
        "bytes": found.bytes,
        "backup": dict(zip(("path", "made_at", "command"), found.backup, strict=True)) if found.backup else None,
    }
    return {**data(found.findings, found.records, 0, fixed), "verified": verified}


def _plain(value: Value) -> dict[str, Any]:
    return {field: getattr(value, field) for field in value._fields}


def lines(findings: Sequence[Finding], records: int, unchecked: int, fixed: Sequence[str], page: Page) -> list[str]:
    """Lay out what was repaired, every finding, and the totals."""
    rest = f"{unchecked:,} older changes were not checked. Check all with: mentorlog doctor --verify"
    more = page.wrap(rest) if unchecked else []
    shown = [*_fixed(fixed, page), *(line for finding in findings for line in _finding(finding, page))]
    if not findings:
        return [*shown, *page.wrap(f"No problems found: {counted(records, 'record')} checked."), *more]
    errors = sum(finding.level == "error" for finding in findings)
    levels = [(errors, "error"), (len(findings) - errors, "warning")]
    counts = ", ".join([counted(records, "record"), *(counted(*level) for level in levels if level[0])])
    return [*shown, *page.wrap(f"{counts}{'' if errors else ' (nothing needs repair)'}."), *more]


def verified(found: Verified, fixed: Sequence[str], page: Page) -> list[str]:
    """Lay out what was repaired, how many files are in each state, and what is not well."""
    counts = [(count, _STATES[state]) for state, count in found.counts.items() if count or state == "as_left"]
    damaged = len({flaw.number for flaw in found.flaws if flaw.is_damage})
    begins = f", which begins at change {found.first}" if found.first > 1 else ""
    written = "" if damaged or not found.operations else ", each as it was written"
    changes = "change" if found.operations == 1 else "changes"
    counts.append((found.operations, f"{changes} in the history{begins}{written}"))
    if damaged:
        counts.append((damaged, "of them missing, altered or damaged"))
    column = max(len(f"{count:,}") for count, _ in counts)
    files = sum(found.counts.values()) - found.counts["missing"]
    read = f"Read {_many(files, 'file')} and {_many(found.operations, 'change')} in the history"
    shown = [*_fixed(fixed, page), *page.wrap(f"{read}{f', {size(found.bytes)}' if found.bytes else ''}."), ""]
    for count, words in counts:
        first, *rest = page.wrap(words, indent=" " * (column + 4))
        shown += [f"  {count:>{column},}  {first.lstrip()}", *rest]
    shown += ["", *_shown(found.findings, page)]
    if found.backup and any("backup" in finding.remedy for finding in found.findings):
        _, made_at, command = found.backup
        shown += page.wrap(f"Your last backup is of {dates.say(date.fromisoformat(made_at[:10]))}: {command}")
    above = "; see the warnings above" if found.findings else ""
    return shown if found.errors else [*shown, *page.wrap(f"Nothing is damaged{above}.")]


def _shown(findings: Sequence[Finding], page: Page) -> list[str]:
    """Lay out the findings, of each category only the first."""
    shown, seen = list[str](), Counter[str]()
    total = Counter(one.category for one in findings)
    for one in findings:
        seen[one.category] += 1
        if seen[one.category] <= _MOST:
            shown += _finding(one, page)
        elif seen[one.category] == _MOST + 1:
            more = f"and {total[one.category] - _MOST:,} more like this"
            shown += page.wrap(f"{more}; list them with: mentorlog doctor --verify --json", indent=" " * 8)
    return shown


def _fixed(fixed: Sequence[str], page: Page) -> list[str]:
    return [line for text in fixed for line in page.wrap(text, "green", indent="  ", first="")]


def _finding(finding: Finding, page: Page) -> list[str]:
    place = "" if finding.path is None else finding.path + (f", line {finding.line}" if finding.line else "") + ": "
    remedy = f"; {finding.remedy}" if finding.remedy else ""
    text = f"{finding.level:<8}{place}{finding.message}{remedy}"
    first, *rest = page.wrap(text, indent=" " * 8, first="")
    ink = "red" if finding.level == "error" else "yellow"
    return [page.style(finding.level, "bold", ink) + first[len(finding.level) :], *rest]


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
