"""Every recipe is read by something that knows its form, and asks for last month, unattended."""

import ast
import configparser
import re
import shlex
import shutil
import subprocess
import sys
import types
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, StrictUndefined

from ilacs_audit.domain.errors import UsageError
from ilacs_audit.publishing.owner.schedule import KINDS, recipe

PLACE = Path("/srv/audit work/northmere")
EVIDENCE = Path("/srv/returns & registers")
WORDS = [
    "run",
    "last-month",
    "--unattended",
    "--audience",
    "board",
    "--audience",
    "public",
    "--evidence",
    str(EVIDENCE),
]


def made(kind, program="/opt/audit/bin/ilacs-audit", workspace=PLACE):
    return recipe(
        kind, program=program, workspace=workspace, source={"evidence": str(EVIDENCE)}, audiences=("board", "public")
    )


def test_the_cron_line_has_five_times_and_a_command_a_shell_accepts():
    lines = [line for line in made("cron").splitlines() if not line.startswith("#")]
    assert len(lines) == 1
    *when, command = lines[0].split(" ", 5)
    for text, (least, most) in zip(when, [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)], strict=True):
        assert text == "*" or least <= int(text) <= most
    assert when == ["0", "6", "1", "*", "*"]
    assert "%" not in command  # cron ends a line there
    assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0
    words = shlex.split(command)
    assert words[:4] == ["cd", str(PLACE), "&&", "/opt/audit/bin/ilacs-audit"]
    assert words[4 : 4 + len(WORDS)] == WORDS


def units(text):
    service, timer = text.split("# ilacs-audit.timer\n")
    return {"ilacs-audit.service": service.split("# ilacs-audit.service\n")[1], "ilacs-audit.timer": timer}


def test_the_systemd_units_have_what_they_need():
    read = {}
    for name, text in units(made("systemd")).items():
        read[name] = configparser.ConfigParser(interpolation=None)
        read[name].optionxform = str
        read[name].read_string(text)
    service, timer = read["ilacs-audit.service"], read["ilacs-audit.timer"]
    assert shlex.split(service["Service"]["ExecStart"])[1:] == WORDS
    assert service["Service"]["Type"] == "oneshot"
    assert service["Service"]["WorkingDirectory"] == str(PLACE)
    assert timer["Timer"]["OnCalendar"] == "*-*-01 06:00:00"
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_itself_accepts_the_units(tmp_path):
    for name, text in units(made("systemd", program="/bin/true", workspace=tmp_path)).items():
        (tmp_path / name).write_text(text)
    when = subprocess.run(["systemd-analyze", "calendar", "*-*-01 06:00:00"], capture_output=True, check=False)
    found = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in units(made("systemd")))],
        capture_output=True,
        text=True,
        check=False,
    )
    if "Failed to" in found.stderr and "manager" in found.stderr:
        pytest.skip("systemd cannot check units here")
    assert (found.returncode, when.returncode) == (0, 0), found.stderr


def test_the_windows_task_has_what_the_scheduler_asks_for():
    task = ET.fromstring(made("windows", program=r"C:\audit 100%\Scripts\ilacs-audit.exe"))
    name = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    trigger = task.find(f"{name}Triggers/{name}CalendarTrigger")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT06:00:00", trigger.findtext(f"{name}StartBoundary"))
    by_month = trigger.find(f"{name}ScheduleByMonth")
    assert [day.text for day in by_month.iter(f"{name}Day")] == ["1"]
    assert len(by_month.find(f"{name}Months")) == 12
    run = task.find(f"{name}Actions/{name}Exec")
    assert run.findtext(f"{name}Command") == r"C:\audit 100%\Scripts\ilacs-audit.exe"
    assert shlex.split(run.findtext(f"{name}Arguments")) == WORDS
    assert run.findtext(f"{name}WorkingDirectory") == str(PLACE)


def test_the_github_workflow_runs_on_a_machine_of_the_council():
    flow = yaml.safe_load(made("github"))
    [job] = flow["jobs"].values()
    assert flow["on"]["schedule"] == [{"cron": "0 6 1 * *"}]
    assert job["runs-on"] == ["self-hosted"]
    [step] = job["steps"]
    assert shlex.split(step["run"])[1:] == WORDS
    assert step["working-directory"] == str(PLACE)


class Recorded:
    made: list = []  # noqa: RUF012 a stand-in of one test

    def __init__(self, **options):
        self.options = options
        Recorded.made.append(self)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def __rshift__(self, other):
        self.then = other
        return other


def as_airflow_would(template):
    """Fill in what Airflow fills in for the run of 1 December; where its interval starts depends on the timetable."""
    given = {
        "data_interval_end": datetime(2024, 12, 1, 6, tzinfo=UTC),
        "macros": types.SimpleNamespace(timedelta=timedelta),
    }
    return Environment(undefined=StrictUndefined, autoescape=True).from_string(template).render(**given)


def test_the_airflow_file_makes_its_two_tasks(monkeypatch):
    Recorded.made.clear()
    modules = {
        "airflow.sdk": {"DAG": Recorded},
        "airflow.providers.standard.operators.bash": {"BashOperator": type("BashOperator", (Recorded,), {})},
        "airflow.providers.papermill.operators.papermill": {
            "PapermillOperator": type("PapermillOperator", (Recorded,), {})
        },
    }
    names = {".".join(name.split(".")[:depth]) for name in modules for depth in range(1, len(name.split(".")) + 1)}
    for name in sorted(names):
        module = types.ModuleType(name)
        vars(module).update(modules.get(name, {}))
        monkeypatch.setitem(sys.modules, name, module)
    text = made("airflow")
    ast.parse(text)
    exec(compile(text, "dag.py", "exec"), {})
    dag, bash, papermill = Recorded.made
    assert (dag.options["schedule"], dag.options["catchup"], dag.options["max_active_runs"]) == ("0 6 1 * *", False, 1)
    rendered = as_airflow_would(bash.options["bash_command"])
    assert shlex.split(rendered) == ["/opt/audit/bin/ilacs-audit", "run", "2024-11", *WORDS[2:]]
    assert as_airflow_would(papermill.options["parameters"]["period"]) == "2024-11"
    assert papermill.options["output_nb"].startswith(f"{PLACE}/outputs/private/")
    assert bash.then is papermill


@pytest.mark.parametrize("kind", KINDS)
def test_a_recipe_names_no_package_index(kind):
    assert not re.search(r"pypi|pip |conda|uv ", made(kind))


def test_a_path_that_a_scheduler_would_misread_is_refused():
    with pytest.raises(UsageError, match="may not hold %"):
        made("cron", workspace=Path("/srv/100%"))
    with pytest.raises(UsageError, match="not a scheduler"):
        made("sundial")
