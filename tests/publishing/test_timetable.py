from datetime import date
from types import SimpleNamespace

import pytest

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import CatalogueError, NotebookError, UsageError
from ilacs_audit.domain.plan import read_plan
from ilacs_audit.publishing.timetable import apart, choose, not_made, plan_reports
from tests import build

STANDARDS = build.standards(
    *(build.theme(each, [build.standard(f"{each}-1")], question=f"Is {each} good?") for each in ("consent", "plans"))
)


def audit(name, *, kind, theme="consent", day=date(2024, 11, 18), **more):
    return build.audit(name, theme, kind=kind, on=day, period=f"{day:%Y-%m}", intended=20, **more)


PROGRAMME = build.programme(
    audit("first", kind="dip_sample", day=date(2024, 9, 10)),
    audit("second", kind="dip_sample", baseline="first"),
    audit("closures", kind="census", selection="census"),
)


@pytest.fixture
def root(tmp_path):
    (tmp_path / "notebooks").mkdir()
    for name in ("thematic", "dip_sample", "reaudit"):
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "reports.yml").write_text(
        "thematic:\n  each: {theme: all}\n"
        "dip_sample:\n  each: {audit: dip_sample}\n"
        "reaudit:\n  each: {audit: re_audit}\n",
        encoding="utf-8",
    )
    return tmp_path


PLAN = read_plan([{"id": "A1", "title": "Plans", "needs": "Plans."}], file="plan.yml")


def planned(root, period="2024-11", *, registers=(), plan=PLAN):
    kept = frozenset(registers)
    work = SimpleNamespace(root=root, standards=STANDARDS, programme=PROGRAMME, registers=kept, plan=plan)
    return plan_reports(work, Period.parse(period))


def test_a_notebook_is_fanned_out_over_what_the_period_holds(root):
    reports, _ = planned(root)
    assert [report.id for report in reports] == ["thematic-consent", "dip-sample-second", "reaudit-second"]


def test_a_theme_without_an_audit_is_named_with_the_reason(root):
    _, absent = planned(root)
    assert [each.title for each in absent] == ["Plans"]
    assert "November 2024" in absent[0].reason


def test_a_dip_sample_alone_makes_no_thematic_page(root):
    reports, _ = planned(root, "2024-09")
    assert [report.id for report in reports] == ["dip-sample-first"]


def test_one_report_or_all_of_a_notebook_can_be_chosen(root):
    reports, _ = planned(root)
    assert [report.id for report in choose(reports, ("thematic-consent",))] == ["thematic-consent"]
    assert [report.id for report in choose(reports, ("reaudit",))] == ["reaudit-second"]
    assert choose(reports, ()) == reports


def test_an_unknown_report_is_refused_with_the_known_ones(root):
    reports, _ = planned(root)
    with pytest.raises(UsageError, match="dip-sample-second"):
        choose(reports, ("dip-sample-plans",))


def test_a_report_without_its_notebook_is_refused(root):
    (root / "notebooks" / "reaudit.ipynb").unlink()
    with pytest.raises(NotebookError, match=r"notebooks/reaudit\.ipynb"):
        planned(root)


def test_an_unknown_fan_out_is_refused(root):
    (root / "reports.yml").write_text("thematic:\n  each: {team: all}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="theme: all"):
        planned(root)


def test_a_report_with_a_title_is_one_page_a_period(root):
    (root / "reports.yml").write_text("dip_sample:\n  title: Escalations\n", encoding="utf-8")
    reports, absent = planned(root)
    assert [(each.id, each.title, dict(each.parameters)) for each in reports] == [("dip-sample", "Escalations", {})]
    assert absent == []


def test_what_a_report_does_not_know_is_refused(root):
    (root / "reports.yml").write_text("dip_sample:\n  title: One\n  parameters: {bogus: 1}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"Unknown: parameters.*reports\.yml, line 3.*title, each"):
        planned(root)


def on_registers(root, **there):
    (root / "notebooks" / "tracker.ipynb").write_text("{}", encoding="utf-8")
    entry = "tracker:\n  title: Cases\n  registers: [tracker, visits]\n  theme: consent\n  area: A6\n"
    (root / "reports.yml").write_text(entry, encoding="utf-8")
    return planned(root, **there)


def test_a_report_on_registers_is_made_where_one_of_them_is_kept(root):
    (report,), absent = on_registers(root, registers={"visits", "training"})
    assert (report.id, report.title, report.area) == ("tracker", "Cases", "Consent")
    assert report.parameters == {"theme": "consent", "area": "A6"}
    assert absent == []


def test_the_line_of_the_plan_that_names_a_report_wins_over_the_area_of_another_plan(root):
    item = {"id": "A3.1", "title": "Cases", "reports": ["tracker", "one that is not made"]}
    plan = read_plan([{"id": "A3", "title": "Cases", "needs": "Cases.", "items": [item]}], file="plan.yml")
    (report,), _ = on_registers(root, registers={"visits"}, plan=plan)
    assert report.parameters["area"] == "A3.1"


def test_a_council_without_a_plan_has_no_paper_on_it(root):
    (root / "notebooks" / "improvement_plan.ipynb").write_text("{}", encoding="utf-8")
    (root / "reports.yml").write_text("improvement_plan: {title: Plan}\n", encoding="utf-8")
    (report,), _ = planned(root)
    assert [len(apart([report], name)[1]) for name in ("internal", "board", "public")] == [1, 1, 0]
    assert planned(root, plan=read_plan([], file="plan.yml")) == ([], [])


def test_of_a_register_that_nobody_keeps_nothing_is_said(root):
    assert on_registers(root, registers={"training"}) == ([], [])
    assert on_registers(root) == ([], [])


def test_a_page_on_a_register_is_not_made_for_the_public(root):
    with (root / "reports.yml").open("a", encoding="utf-8") as file:
        file.write("tracker:\n  title: Cases\n  registers: [tracker]\n  theme: plans\n")
    (root / "notebooks" / "tracker.ipynb").write_text("{}", encoding="utf-8")
    every, _ = planned(root, registers={"tracker"})
    made = {name: [each.id for each in apart(every, name)[0]] for name in ("internal", "board", "public")}
    assert made["internal"] == made["board"] == [*made["public"], "tracker"]


def test_who_asks_for_a_register_in_the_public_edition_is_told_that_there_is_none(root):
    (root / "notebooks" / "tracker.ipynb").write_text("{}", encoding="utf-8")
    with (root / "reports.yml").open("a", encoding="utf-8") as file:
        file.write("tracker: {title: Case review, registers: [tracker]}\n")
    reports, _ = planned(root, registers=("tracker",))
    (told,) = not_made(choose(reports, ("tracker", "thematic")), "public")
    assert told.startswith("No page on a register or on readers is made for the public edition, so none of tracker.")
    assert not not_made(reports, "board")


def test_a_report_on_readers_is_made_where_one_of_them_reads_and_never_for_the_public(root):
    (root / "notebooks" / "moderation.ipynb").write_text("{}", encoding="utf-8")
    (root / "reports.yml").write_text("moderation: {title: Again, readers: [moderator, family]}\n", encoding="utf-8")
    assert planned(root) == ([], [])
    twice = build.programme(audit("second", kind="dip_sample", raters=["auditor", "moderator"]))
    work = SimpleNamespace(root=root, standards=STANDARDS, programme=twice, registers=frozenset())
    (report,), absent = plan_reports(work, Period.parse("2024-11"))
    assert (report.id, report.area, absent) == ("moderation", "Who read the files", [])
    assert [len(apart([report], name)[0]) for name in ("internal", "board", "public")] == [1, 1, 0]


def test_a_report_on_the_work_of_auditors_is_made_for_the_internal_edition_alone(root):
    (root / "notebooks" / "form.ipynb").write_text("{}", encoding="utf-8")
    (root / "reports.yml").write_text("form: {title: Forms, readers: [auditor], internal: true}\n", encoding="utf-8")
    reports, _ = planned(root)
    assert [len(apart(reports, name)[0]) for name in ("internal", "board", "public")] == [1, 0, 0]
    assert not not_made(reports, "internal")
    told = [not_made(reports, name)[0] for name in ("board", "public")]
    assert told[0] == "This page is for the internal edition alone: form. Add --audience internal."
    assert told[1].endswith("made for the public edition, so none of form. Add --audience internal.")


def test_only_a_page_on_registers_or_readers_can_be_internal(root):
    (root / "reports.yml").write_text("thematic: {each: {theme: all}, internal: true}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="Only a page on registers or readers can be internal"):
        planned(root)


def test_a_notebook_may_be_shared_and_is_told_which_report_it_makes(root):
    (root / "notebooks" / "register.ipynb").write_text("{}", encoding="utf-8")
    with (root / "reports.yml").open("a", encoding="utf-8") as file:
        file.write("surveys: {title: Who answered, registers: [survey], notebook: register, area: A8}\n")
    reports, _ = planned(root, registers=("survey",))
    made = next(each for each in reports if each.id == "surveys")
    assert (made.notebook.name, made.parameters) == ("register.ipynb", {"report": "surveys", "area": "A8"})
