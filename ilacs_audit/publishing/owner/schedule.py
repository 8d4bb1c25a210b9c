"""Recipes that run last month's reports without anybody: one command line, five schedulers.

Each asks for `last-month`, so that it never has to be edited, and for `--unattended`, so that
inputs which are not new stop it with exit code 15 instead of being published.
"""

import calendar
import json
import shlex
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ilacs_audit.domain.errors import UsageError
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.pages import TEMPLATES

KINDS = ("cron", "systemd", "windows", "github", "airflow")


def recipe(kind: str, *, program: str, workspace: Path, source: Mapping[str, str], audiences: Sequence[str]) -> str:
    """A recipe for one scheduler. `program` is the full path of ilacs-audit, `source` its options of the evidence."""
    if kind not in KINDS:
        raise UsageError(f"'{kind}' is not a scheduler.", fix=f"Use one of: {', '.join(KINDS)}.")
    words = ["run", "last-month", "--unattended"]
    words += [word for name in audiences for word in ("--audience", name)]
    words += [word for option, value in source.items() for word in (f"--{option}", value)]
    strange = [word for word in (program, str(workspace), *words) if set(word) & set('%"\n\\{')]
    if strange and kind != "windows":
        raise UsageError(
            'A path in a recipe may not hold %, ", {, a backslash or a line break: schedulers read them as orders.',
            fix="Move the workspace or the evidence to a folder with a plainer name.",
        )
    loader = FileSystemLoader(TEMPLATES / "schedule")
    plain = Environment(loader=loader, undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
    return plain.get_template(f"{kind}.j2").render(
        program=program,
        arguments=" ".join(f'"{word}"' if " " in word else word for word in words),
        command=shlex.join([program, *words]),
        airflow_command=shlex.join([program, *words]).replace("run last-month", f"run {_AIRFLOW}", 1),
        last_month=_AIRFLOW,
        workspace=str(workspace),
        log=str(Outputs(workspace / "outputs").schedule_log),
        months=list(calendar.month_name)[1:],
        sh=shlex.quote,
        json=json.dumps,
        python=partial(json.dumps, ensure_ascii=False),
    )


# The end of the interval is the day of the run under either kind of timetable; its start is not.
_AIRFLOW = "{{ (data_interval_end.replace(day=1) - macros.timedelta(days=1)).strftime('%Y-%m') }}"
