"""`mentorlog export html`."""

from mentorlog.commands import options as opt
from mentorlog.commands.export import options as of_export
from mentorlog.commands.filters import Goal, Since, Until, With, about
from mentorlog.domain.report.records import report_period
from mentorlog.flows.write_export import write_export


def run(
    ctx: opt.Context,
    output: str | None = of_export.output(),
    for_: of_export.For = None,
    since: Since = None,
    until: Until = None,
    with_: With = None,
    goal: Goal = None,
    add: of_export.Add = None,
    preview: of_export.Preview = False,
    include_private: of_export.IncludePrivate = False,
    despite_lint: of_export.DespiteLint = False,
    yes: of_export.Yes = False,
) -> None:
    """Export a report with pictures as one web page.

    Shows goals with their evidence, meetings with each mentor, promises on both sides, self-ratings, wins and reviews
    of the last twelve months. The page runs no scripts and needs no network. To print it, open it in a browser.

    Example: mentorlog export html -o report.html
    Example: mentorlog export html --for program --until 2026-06-30 -o report.html
    """
    chosen = about(with_, goal, None, None)
    request = of_export.request(ctx.obj, chosen, for_, include_private, add, preview, despite_lint)
    period = report_period(since, until, ctx.obj.today)
    write_export(ctx.obj, "html", output, request._replace(period=period), yes=yes, since=since)
