"""One door to an audit: what a report gets through it, and from evidence or a store alike."""

import shutil

import pandas as pd
import pytest

import ilacs_audit as ia
from ilacs_audit.domain.errors import CatalogueError, UsageError
from ilacs_audit.domain.measures import measures
from ilacs_audit.intake.workspace import load_workspace

NOW, BEFORE = "consent-2024-11", "consent-2024-09"
ASKED = {"period": "2024-11", "as_of": "2024-11-21", "audience": "board"}


@pytest.fixture(scope="module")
def place(tmp_path_factory, root):
    """The example with the returns of one chain."""
    folder = tmp_path_factory.mktemp("opened")
    shutil.copytree(root / "data", folder / "data", ignore=shutil.ignore_patterns("returns"))
    for path in (root / "data" / "example" / "returns").rglob("Consent dip sample*"):
        held = folder / "data" / "example" / "returns" / path.parent.name
        held.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, held)
    return folder


@pytest.fixture(scope="module")
def stored(place, tmp_path_factory):
    from ilacs_audit.publishing.run.make import compile_evidence

    return compile_evidence(load_workspace(place), tmp_path_factory.mktemp("stored")).store


def test_an_audit_holds_what_answers_its_question(place):
    work = ia.open_audit(NOW, workspace=place, **ASKED)
    assert (work.id, work.period, work.as_of, work.audience) == (NOW, "2024-11", "2024-11-21", "board")
    assert set(work.answers["audit_id"]) == {NOW}
    assert set(work.earlier.answers["audit_id"]) == {BEFORE}
    assert work.topic.id == work.protocol.theme == "consent"
    assert work.words.by == "Quality assurance lead"
    assert len(work.training)


def test_a_store_gives_what_the_returns_give(place, stored):
    read, compiled = (ia.open_audit(NOW, workspace=place, store=store, **ASKED) for store in ("", stored))
    for part in ("answers", "problems", "answers_of_series"):
        one, other = (getattr(each, part).reset_index(drop=True) for each in (read, compiled))
        pd.testing.assert_frame_equal(one.sort_index(axis=1), other.sort_index(axis=1), check_dtype=False)
    found, same = (ia.gather(*ia.thematic(each)) for each in (read, compiled))
    pd.testing.assert_frame_equal(found, same)
    assert read.asked == compiled.asked


def test_evidence_cannot_end_before_the_audit_began(place):
    with pytest.raises(UsageError, match="consent-2024-11 begins on 18 November 2024, after the last day of evidence"):
        ia.open_audit(NOW, workspace=place, **{**ASKED, "as_of": "2024-11-17"})


@pytest.mark.parametrize("store", [False, True])
def test_an_audit_without_an_earlier_round_has_no_answers_of_one(place, stored, store):
    work = ia.open_audit(BEFORE, workspace=place, store=stored if store else "", **ASKED)
    assert work.earlier.answers.empty
    assert ia.reaudit_impact(work).empty
    assert ia.compliance(work.earlier).empty
    assert ia.dip_sample_estimate(work.earlier).empty


def test_without_a_month_it_is_the_audits_own(place):
    assert ia.open_audit(BEFORE, workspace=place, as_of="2024-09-30", audience="board").period == "2024-09"


def test_evidence_about_no_audit_gives_registers_and_standards(place):
    work = ia.open_evidence(workspace=place, **ASKED)
    assert work.audit is None
    assert len(work.register("training"))
    assert "CON-1" in work.standards
    assert work.asked == [["register", ["training"]], ["standards", []]]


@pytest.mark.parametrize(
    ("audit", "options", "error"),
    [
        ("consent-2042-11", {}, CatalogueError),
        (NOW, {"audience": "everybody"}, UsageError),
        (NOW, {"period": "November"}, UsageError),
    ],
)
def test_what_is_not_known_is_refused_at_the_door(place, audit, options, error):
    with pytest.raises(error):
        ia.open_audit(audit, workspace=place, **{**ASKED, **options})


@pytest.mark.parametrize("place", ["", "notebooks", "data/example"])
def test_left_out_the_workspace_is_the_nearest_at_or_above(monkeypatch, root, place):
    monkeypatch.chdir(root / place)
    assert load_workspace().root == root


def test_where_there_is_no_workspace_above_it_says_so(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"no workspace in this folder or above it.*-p workspace FOLDER"):
        load_workspace()


def test_whom_the_evidence_names_is_looked_for_again_where_a_file_has_changed(place):
    before = load_workspace(place).identifiers()
    assert load_workspace(place).identifiers() is before
    staff = place / "data" / "example" / "registers" / "workforce.csv"
    kept = staff.read_bytes()
    staff.write_bytes(kept + b"Zebedee Quillfeather,Leaving Care,Social worker,2020-01-06,,,\n")
    more = load_workspace(place).identifiers() - before
    staff.write_bytes(kept)
    assert more and {each.casefold() for each in more} == {"zebedee quillfeather"}


def test_a_report_that_is_about_no_audit_carries_what_a_person_wrote_under_its_name(place):
    words = place / "data" / "example" / "commentary" / "2024-11.yml"
    words.write_text("learning:\n  decisions:\n    - {what: Name a lead., owner: Head of audit, by: 2024-12-06}\n")
    asked = [
        [each.what for each in ia.open_evidence(workspace=place, report=name, **ASKED).words.decisions]
        for name in ("learning", "training", "")
    ]
    assert asked == [["Name a lead."], [], []]
    row = {"measure": "files_commented", "group": "all", "level": "all", "numerator": 8, "denominator": 40}
    page = ia.page(ia.open_evidence(workspace=place, report="learning", **ASKED), measures([row]))
    assert "Name a lead." in ia.opening(page, question="What do files teach us?").__html__()
