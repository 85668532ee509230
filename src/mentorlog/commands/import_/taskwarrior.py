"""`mentorlog import taskwarrior`."""

from mentorlog import lookup
from mentorlog.commands import options as opt
from mentorlog.commands.import_ import options as of_import
from mentorlog.exchange import taskwarrior
from mentorlog.flows import import_records


def run(
    ctx: opt.Context,
    file: str = of_import.file("`task export`"),
    dry_run: of_import.DryRun = False,
    replace: of_import.Replace = False,
    add_mentors: of_import.AddMentors = False,
    zone: of_import.Zone = None,
    project_as_goal: bool = opt.flag("--project-as-goal", help="Make a goal of each project, not tags", rare=True),
) -> None:
    """Import tasks from Taskwarrior.

    Make the file with `task export > tasks.json`. The mentor of a task is whom a word of its project, a tag or a field
    of your own names. A task that was imported before is not imported twice: if it differs now, it is listed, and
    --replace takes what the file says.

    Example: mentorlog import taskwarrior tasks.json --dry-run
    Example: mentorlog import taskwarrior tasks.json
    """
    app = ctx.obj
    data = import_records.content(app, file, taskwarrior.FORMAT.hint)
    people = import_records.directory(app, add=add_mentors)
    batch = taskwarrior.read(data, people, zone=zone or lookup.usual_zone(app), project_as_goal=project_as_goal)
    import_records.run(app, batch, people, replace=replace, dry_run=dry_run)
