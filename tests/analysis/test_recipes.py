"""One recipe for what a page of a kind knows, and an audit gives what its plain frames give."""

import pandas as pd
import pytest
import yaml

import ilacs_audit as ia
from ilacs_audit.analysis.recipes import RECIPES
from tests.shelf import BEFORE, LATER, NOW, Shelf, answers, files, opened

STANDARDS = Shelf().standards()


@pytest.fixture
def work():
    read = [answers(BEFORE, *files(5, 15)), answers(NOW, *files(9, 1)), answers(NOW, *files(6, 4), team="South")]
    return opened(Shelf(*read, answers(LATER, "yes")))


def catalogue(work):
    return {"standards": STANDARDS, "programme": work.programme}


FORMS = {
    "compliance": lambda work: (ia.compliance(work), ia.compliance(work.answers, **catalogue(work))),
    "compliance by team": lambda work: (
        ia.compliance(work, by="team"),
        ia.compliance(work.answers, by="team", **catalogue(work)),
    ),
    "the round before": lambda work: (
        ia.compliance(work.earlier),
        ia.compliance(work.earlier.answers, **catalogue(work)),
    ),
    "dip sample": lambda work: (
        ia.dip_sample_estimate(work),
        ia.dip_sample_estimate(work.handed.table, audit=NOW, **catalogue(work)),
    ),
    "the change": lambda work: (
        ia.reaudit_impact(work),
        ia.reaudit_impact(work.earlier.answers, work.answers, **catalogue(work)),
    ),
    "trust": lambda work: (
        ia.trust_facts(work),
        ia.trust_facts(work.handed.table, work.problems, audits=[NOW], **catalogue(work)),
    ),
    "reach": lambda work: (
        ia.training_reach(work),
        ia.training_reach(work.training, programme=work.programme, audits=[NOW], as_of="2024-11-21"),
    ),
    "grades": lambda work: (ia.grade_distribution(work), ia.grade_distribution(work.answers)),
    "moderation": lambda work: (ia.moderation_flow(work), ia.moderation_flow(work.answers)),
    "months": lambda work: (
        ia.compliance_over_time(work),
        ia.compliance_over_time(work.handed.table, standards=STANDARDS, programme=work.series),
    ),
    "groups": lambda work: (
        ia.compare_groups(work),
        ia.compare_groups(ia.small_groups_together(work.answers), standards=STANDARDS, standard="CON-1"),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_an_audit_gives_what_its_frames_give(work, form):
    short, plain = FORMS[form](work)
    pd.testing.assert_frame_equal(short, plain)


def test_months_hold_the_rounds_after_this_one_too(work):
    assert set(ia.compliance_over_time(work)["period"]) == {"2024-09", "2024-11", "2024-12"}


@pytest.mark.parametrize(
    ("name", "measures"),
    [
        ("thematic", {"compliance", "not_applicable", "impact", "returned", "moderated"}),
        ("dip_sample", {"compliance", "not_applicable", "change", "returned", "moderated"}),
        ("reaudit", {"compliance", "not_applicable", "change", "impact", "returned", "moderated"}),
    ],
)
def test_a_page_of_each_kind_knows_what_it_says(work, name, measures):
    found = ia.gather(*RECIPES[name](work))
    assert measures <= set(found["measure"])
    assert ("team" in set(found["group"])) is (name == "thematic")
    assert set(found["verdict"]) - {""}


def test_every_scheduled_notebook_has_its_recipe_and_uses_it(root):
    listed = yaml.safe_load((root / "reports.yml").read_text(encoding="utf-8"))
    assert set(RECIPES) == set(listed)
    for name in listed:
        assert f"ia.{name}(work)" in (root / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
