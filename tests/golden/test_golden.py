"""The numbers of the whole example period, as text; `make golden` rewrites them and the git diff is the review."""

from functools import partial
from pathlib import Path

import pytest

from ilacs_audit.analysis.recipes import (
    actions,
    consent,
    dip_sample,
    equity,
    escalations,
    form,
    learning,
    mirror,
    moderation,
    programme,
    register_report,
    thematic,
    timeliness,
    tracker,
    training,
    triangulation,
)
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.measures import gather
from ilacs_audit.intake.handed import Handed
from ilacs_audit.intake.open_audit import opened
from ilacs_audit.intake.workspace import load_workspace

HERE = Path(__file__).parent
AS_OF = "2024-11-21"
COLUMNS = [
    "measure",
    "standard_id",
    "group",
    "level",
    "numerator",
    "denominator",
    "population",
    "value",
    "lower",
    "upper",
    "method",
    "target",
    "verdict",
    "rule",
    "files_to_tell",
    "reason",
    "note",
]


@pytest.fixture(scope="module")
def work(root):
    return load_workspace(root)


@pytest.fixture(scope="module")
def handed(work):
    return Handed(work)


def audit_measures(handed, audit):
    """Everything that the pages of an audit know, each finding once."""
    work = opened(handed, audit.id, period="2024-11", as_of=AS_OF, audience="internal")
    found, helped, trust, reach, teams, grades = thematic(work)
    _, changes, *_ = dip_sample(work)
    return gather(found, teams, changes, helped, trust, reach, grades)


def as_text(measures):
    table = measures.reindex(columns=COLUMNS)
    return table.to_csv(index=False, lineterminator="\n", float_format="%.4f")


@pytest.mark.parametrize("number", range(11))
def test_the_measures_of_each_november_audit_are_the_reviewed_ones(work, handed, number, request):
    audits = [audit for audit in work.programme.in_period(Period.parse("2024-11")) if audit.returns]
    assert len(audits) == 11
    audit = audits[number]
    golden = HERE / f"{audit.id}.csv"
    found = as_text(audit_measures(handed, audit))
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


REGISTERS = {
    "actions": ("", actions),
    "consent": ("consent", consent),
    "escalations": ("plans", escalations),
    "timeliness": ("visits", timeliness),
    "tracker": ("assessments", tracker),
    "training": ("", training),
    "form": ("", lambda work, theme: form(work)),
    "triangulation": ("", lambda work, theme: triangulation(work)),
    "programme": ("", lambda work, theme: programme(work)),
    "learning": ("", lambda work, theme: learning(work)),
    "mirror": ("", lambda work, theme: mirror(work)),
    "equity": ("", lambda work, theme: equity(work)),
    **{
        name: ("", partial(register_report, report=name))
        for name in ("surveys", "vulnerability", "family_hubs", "placements", "care_leavers")
    },
}


def test_the_measures_of_second_readers_are_the_reviewed_ones(handed, request):
    found = gather(*moderation(opened(handed, "", period="2024-11", as_of=AS_OF, audience="internal")))
    golden, text = HERE / "moderation.csv", as_text(found)
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", REGISTERS)
def test_the_measures_of_each_register_are_the_reviewed_ones(handed, name, request):
    theme, recipe = REGISTERS[name]
    found = gather(*recipe(opened(handed, "", period="2024-11", as_of=AS_OF, audience="internal"), theme=theme))
    golden, text = HERE / f"register-{name}.csv", as_text(found)
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")
