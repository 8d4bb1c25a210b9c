"""The numbers of the whole example period, as text; `make golden` rewrites them and the git diff is the review."""

from pathlib import Path

import pytest

from ilacs_audit.analysis.audits.compliance import compliance
from ilacs_audit.analysis.audits.grades import grade_distribution
from ilacs_audit.analysis.audits.impact import impact
from ilacs_audit.analysis.audits.reaudit import reaudit_impact
from ilacs_audit.analysis.audits.trust import trust_facts
from ilacs_audit.analysis.registers.training import training_reach
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.measures import gather
from ilacs_audit.intake.loading import load_returns, load_training
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
def returns(work):
    return load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=work.columns)


def audit_measures(work, returns, audit):
    catalogue = {"standards": work.standards, "programme": work.programme}
    now, before = (returns.table[returns.table["audit_id"] == each] for each in (audit.id, str(audit.baseline)))
    found = verdict(compliance(now, **catalogue))
    changes = reaudit_impact(before, now, among=returns.table, **catalogue)
    trust = trust_facts(returns.table, returns.problems, programme=work.programme, audits=[audit.id])
    training = load_training(work.evidence, as_of=AS_OF).table
    reach = training_reach(training, programme=work.programme, audits=[audit.id], as_of=AS_OF)
    status = impact(found, changes, trust, audit=audit, as_of=AS_OF)
    teams = verdict(compliance(now, by="team", **catalogue))
    return gather(found, teams, changes, status, trust, reach, grade_distribution(now))


def as_text(measures):
    table = measures.reindex(columns=COLUMNS)
    return table.to_csv(index=False, lineterminator="\n", float_format="%.4f")


@pytest.mark.parametrize("number", range(11))
def test_the_measures_of_each_november_audit_are_the_reviewed_ones(work, returns, number, request):
    audits = [audit for audit in work.programme.in_period(Period.parse("2024-11")) if audit.returns]
    assert len(audits) == 11
    audit = audits[number]
    golden = HERE / f"{audit.id}.csv"
    found = as_text(audit_measures(work, returns, audit))
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")
