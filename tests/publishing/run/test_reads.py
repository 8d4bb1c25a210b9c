"""What a notebook looks at is read from its code; whatever is not understood counts as everything."""

import pytest

from ilacs_audit.publishing.run.reads import EVERYTHING, reads
from tests.publishing import tiny

START = """import ilacs_audit as ia
work = ia.load_workspace(workspace, evidence=evidence, store=store)
protocol = work.programme[audit]
catalogue = {"standards": work.standards, "programme": work.programme}
returns = ia.load_returns(work.source, **catalogue, columns=work.columns)
"""


def looked_at(tmp_path, code):
    tiny.write_notebook(tmp_path, "asks", code)
    return reads(tmp_path / "notebooks" / "asks.ipynb")


@pytest.mark.parametrize(
    ("name", "returns"),
    [
        ("thematic", {"chain", "periods"}),
        ("dip_sample", {"chain", "periods", "rounds"}),
        ("reaudit", {"chain", "periods"}),
    ],
)
def test_the_scheduled_notebooks_are_understood(root, name, returns):
    found = reads(root / "notebooks" / f"{name}.ipynb")
    assert found.returns == returns
    assert (found.registers, found.catalogue, found.own_words) == ({"training"}, {"standards/*.yml"}, True)


@pytest.mark.parametrize(
    ("code", "width"),
    [
        ('now = returns.table[returns.table["audit_id"] == audit]', "chain"),
        ('was = returns.table[returns.table["audit_id"] == str(protocol.baseline)]', "chain"),
        ('every = returns.table[returns.table["audit_id"].str[:-7] == audit[:-7]]', "rounds"),
        ("ia.trust_facts(returns.table, returns.problems, audits=[audit], **catalogue)", "chain"),
        ("ia.dip_sample_estimate(returns.table, audit=protocol.baseline)", "chain"),
        ("ia.reaudit_impact(before, now, among=returns.table)", "periods"),
        ("ia.trust_facts(returns.table, returns.problems, audits=others)", "all"),
        ('now = returns.table[returns.table["audit_id"] == "another"]', "all"),
        ('now = returns.table[returns.table["period"] == period]', "all"),
        ('many = returns.table["audit_id"].nunique()', "all"),
        ("ia.compliance(returns.table)", "all"),
        ("other = returns", "all"),
    ],
)
def test_only_known_uses_of_the_returns_are_narrower_than_all_of_them(tmp_path, code, width):
    assert looked_at(tmp_path, START + code).returns == {width}


@pytest.mark.parametrize(
    ("code", "file"),
    [
        ("work.plan", "plan.yml"),
        ("work.holidays", "bank_holidays.csv"),
        ("ia.draw(work.columns)", "columns.yml"),
        ("[each for each in work.programme]", "programme.yml"),
        ("work.programme[other]", "programme.yml"),
    ],
)
def test_a_part_of_the_catalogue_counts_where_it_is_mentioned(tmp_path, code, file):
    assert looked_at(tmp_path, START).catalogue == {"standards/*.yml"}
    assert looked_at(tmp_path, START + code).catalogue == {"standards/*.yml", file}


@pytest.mark.parametrize("code", ["", 'words = ia.load_commentary(work.evidence, period=period, about="another")'])
def test_words_about_something_else_make_all_words_count(tmp_path, code):
    assert looked_at(tmp_path, START + code).own_words == (not code)


@pytest.mark.parametrize(
    "code",
    [
        "1",
        "not python",
        "import pandas",
        START + "import pandas",
        START + "ia.load_surprise(work.source)",
        START + "open('data/plan.yml')",
        START + "len = open\nlen('data/plan.yml')",
        START + "other = work",
        START + "audit = 'another'",
        START + "returns = ia.load_returns(work.source)",
        START + "protocol = work.programme['another']",
        START + "for each in catalogue['programme']: each",
        START + "other = dict(programme=work.programme)",
        START + "for each in {'programme': work.programme}.values(): each",
        START + "def audit(): pass",
    ],
)
def test_in_doubt_a_report_depends_on_everything(tmp_path, code):
    assert looked_at(tmp_path, code) == EVERYTHING
