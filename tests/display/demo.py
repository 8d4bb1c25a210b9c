"""An invented round of audits as released measures, and the page it makes."""

import itertools
from datetime import date

import nbformat
import pandas as pd

import ilacs_audit as ia
from ilacs_audit.domain.audiences import AUDIENCES
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.told import Asked
from ilacs_audit.publishing import pages
from ilacs_audit.publishing.edition.page import render
from tests import build, edition
from tests.build import released

TEXTS = {
    "C1": ("Informed consent is evidenced before the assessment starts", 0.9, True),
    "C2": ("The family is told what will be shared, with whom and why", 0.8, False),
    "C3": ("The practitioner persists and challenges when consent is withdrawn", 0.8, False),
    "C4": ("A manager records oversight before closing on withdrawn consent", 0.7, True),
    "C5": ("A service manager agrees before closing on withdrawn consent", 0.999, True),
    "C6": ("The consent form is dated and on the child's file", 0.8, False),
    "C7": ("The child's own view of the help offered is recorded", 0.8, False),
}
RESULTS = (
    ("C1", 27, 38, 56, 78, 96, "not met", None),
    ("C2", 30, 38, 64, 84, 96, "cannot tell", 67),
    ("C3", 15, 19, 0.57, 0.91, None, "cannot tell", 412),
    ("C4", 18, 19, 0.75, 0.99, None, "met", None),
    ("C5", 7, 19, 0.19, 0.59, None, "not met", None),
    ("C6", 36, 38, 82, 94, 96, "met", None),
    ("C7", 21, 38, 41, 65, 96, "not met", None),
)


def standards():
    asked = [
        build.standard(code, text, version=2, target=target, critical=critical)
        for code, (text, target, critical) in TEXTS.items()
    ]
    question = "Is consent sought, evidenced and overseen?"
    return build.standards(build.theme("consent", asked, question=question, edition=2))


def programme():
    done = [
        {
            "id": "w",
            "title": "Workshops",
            "on": date(2024, 9, 11),
            "until": date(2024, 9, 13),
            "kind": "training",
        },
        {
            "id": "o",
            "title": "One-to-one support",
            "on": date(2024, 9, 16),
            "until": date(2024, 10, 25),
            "kind": "support",
        },
    ]
    return build.programme(
        build.audit(
            "consent-2024-09",
            title="Consent dip sample",
            period="2024-09",
            on=date(2024, 9, 10),
            intended=20,
            edition=2,
        ),
        build.audit(
            "consent-2024-11",
            title="Consent re-audit",
            kind="re_audit",
            intended=40,
            edition=2,
            baseline="consent-2024-09",
            chosen_because_worst=True,
            with_practitioner=False,
            interventions=done,
        ),
    )


def compliance_records():
    for code, met, read, low, high, population, verdict, needs in RESULTS:
        whole = population is not None
        yield {
            "measure": "compliance",
            "theme": "consent",
            "standard_id": code,
            "numerator": met,
            "denominator": read,
            "population": population,
            "value": met / read,
            "lower": low / population if whole else low,
            "upper": high / population if whole else high,
            "confidence": 0.95,
            "method": "hypergeometric" if whole else "wilson",
            "selection": "random",
            "direction": "higher",
            "target": 1.0 if code == "C5" else TEXTS[code][1],
            "verdict": verdict,
            "files_to_tell": needs,
        }
        if read == 19:
            yield {"measure": "not_applicable", "theme": "consent", "standard_id": code, "numerator": 19}


def trust_records():
    return [
        {"measure": "returned", "numerator": 38, "denominator": 40, "population": 96, "selection": "random"},
        {"measure": "auditors", "numerator": 6},
        {"measure": "moderated", "numerator": 9, "denominator": 38},
        {"measure": "marked_down", "numerator": 2, "denominator": 9},
        {"measure": "marked_up", "numerator": 0, "denominator": 9},
        {"measure": "set_aside", "numerator": 2, "note": "auditor held the case"},
        {"measure": "comparable", "numerator": 6, "denominator": 7, "note": "C5 is new this round"},
    ]


def report(fragments, *, audience="board", title="Consent dip sample"):
    """The page that the real template makes of an executed notebook with these fragments."""
    cells = [_cell(number, each) for number, each in zip(itertools.count(), fragments, strict=False)]
    cells.append(nbformat.v4.new_markdown_cell("Seen in the lab only.", id="lab"))
    noise = nbformat.v4.new_output("stream", name="stderr", text="A WARNING FOR DEVELOPERS")
    cells.append(nbformat.v4.new_code_cell("print('CODE')", outputs=[noise], id="noise"))
    notebook = nbformat.v4.new_notebook(cells=cells)
    context = {
        "authority": "Northmere",
        "period_words": Period.parse("2024-11").words,
        "audience": audience,
        "audience_title": AUDIENCES[audience].title,
        "title": title,
        "index_href": "index.html",
        "reference": "N24-11-CON",
    }
    return render(notebook, facts=context).decode()


def _cell(number, each):
    bundle = each._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=bundle)
    return nbformat.v4.new_code_cell("SECRET = 1", outputs=[output], id=f"cell-{number}")


def change_records():
    about = {"measure": "change", "theme": "consent", "selection": "random", "confidence": 0.95}
    return [
        {
            **about,
            "standard_id": "C1",
            "numerator": 27,
            "denominator": 38,
            "value": 0.289,
            "lower": 0.02,
            "upper": 0.51,
            "note": "8 of 19 in September 2024",
            "verdict": "cannot tell",
            "reason": "The rise is no larger than we would expect from having picked the lowest score.",
        },
        {
            **about,
            "standard_id": "C6",
            "numerator": 36,
            "denominator": 38,
            "value": 0.37,
            "lower": 0.14,
            "upper": 0.58,
            "note": "11 of 19 in September 2024",
            "verdict": "better",
            "reason": "The rise is at least 10 points.",
        },
        {
            **about,
            "standard_id": "C3",
            "numerator": 15,
            "denominator": 19,
            "value": -0.16,
            "lower": -0.35,
            "upper": 0.06,
            "note": "18 of 19 in September 2024",
            "verdict": "cannot tell",
            "reason": "A rise of 10 points or more is ruled out.",
        },
        {
            **about,
            "standard_id": "C5",
            "numerator": 7,
            "denominator": 19,
            "verdict": "not comparable",
            "reason": "The standard is new this round.",
        },
    ]


def round_records():
    about = {
        "measure": "compliance",
        "theme": "consent",
        "standard_id": "C1",
        "selection": "random",
        "target": 0.9,
        "confidence": 0.95,
        "method": "wilson",
        "verdict": "not met",
    }
    return [
        {
            **about,
            "period": "2024-09",
            "numerator": 8,
            "denominator": 19,
            "value": 8 / 19,
            "lower": 0.23,
            "upper": 0.64,
        },
        {**about, "numerator": 27, "denominator": 38, "value": 27 / 38, "lower": 0.55, "upper": 0.83},
        change_records()[0],
    ]


def team_records():
    teams = ("Assessment North", "Assessment South", "Children in Care", "Duty & Assessment 1")
    read = iter([(9, 12, "cannot tell"), (4, 11, "not met"), (12, 12, "met"), (3, 7, ""), (10, 11, "met"), (0, 0, "x")])
    for team, code in itertools.product(teams, ("C1", "C6")):
        met, files, verdict = next(read, (6, 10, "cannot tell"))
        if verdict == "x":
            yield {"standard_id": code, "level": team, "status": "suppressed"} | _TEAM
        else:
            status = "low_base" if files < 10 else "shown"
            yield {
                "standard_id": code,
                "level": team,
                "numerator": met,
                "denominator": files,
                "verdict": verdict,
                "value": None if files < 10 else met / files,
                "lower": None if files < 10 else max(met / files - 0.25, 0),
                "upper": None if files < 10 else min(met / files + 0.2, 1),
                "status": status,
            } | _TEAM


_TEAM = {"measure": "compliance", "theme": "consent", "group": "team", "method": "wilson", "target": 0.8}


def grade_records():
    for measure, counts in (("grade", (2, 14, 18, 4)), ("moderated_grade", (0, 2, 6, 2))):
        grades = ("outstanding", "good", "requires improvement", "inadequate")
        for grade, count in zip(grades, counts, strict=True):
            total = sum(counts)
            yield {
                "measure": measure,
                "group": "grade",
                "level": grade,
                "numerator": count,
                "denominator": total,
                "value": count / total,
                "method": "count",
            }


def flow_records():
    moves = {
        ("good", "good"): 2,
        ("good", "requires improvement"): 2,
        ("requires improvement", "requires improvement"): 4,
        ("requires improvement", "inadequate"): 1,
        ("inadequate", "inadequate"): 1,
        ("inadequate", "requires improvement"): 1,
    }
    for (given, seen), count in moves.items():
        yield {
            "measure": "moderation_flow",
            "group": "grade x grade",
            "level": f"{given} x {seen}",
            "numerator": count,
            "denominator": 11,
            "method": "count",
        }
    yield {"measure": "marked_down", "numerator": 3, "denominator": 11}
    yield {"measure": "marked_up", "numerator": 1, "denominator": 11}


def month_records(*, limited=True):
    shares = (0.62, 0.58, 0.66, 0.61, 0.7, 0.57, 0.64, 0.6, 0.68, 0.63, 0.59, 0.65, 0.88, 0.72)
    for month, share in enumerate(shares[: 14 if limited else 5]):
        lines = {"centre": 0.64, "lower_limit": 0.43, "upper_limit": 0.85} if limited else {}
        yield {
            "measure": "over_time",
            "standard_id": "C1",
            "period": str(Period(2023 + (month + 9) // 12, (month + 9) % 12 + 1)),
            "numerator": round(share * 50),
            "denominator": 50,
            "value": share,
            "lower": share - 0.13,
            "upper": min(share + 0.12, 1),
            "target": 0.9,
            "signal": "outside limits: above" if limited and share > 0.85 else "",
            "method": "p_chart" if limited else "intervals",
            "note": "p-chart. Limits: 3 sigma, varying with the number of files."
            if limited
            else "5 rounds are too few to show a trend. Bars are 95% intervals.",
            **lines,
        }


def group_records():
    teams = (
        ("Adolescents", 20, 40),
        ("Assessment", 28, 33),
        ("Care leavers", 15, 17),
        ("Court", 9, 12),
        ("Duty", 3, 4),
        *((f"Locality {number}", 9 + number % 3, 13 + number) for number in range(1, 7)),
    )
    for team, met, files in teams:
        spread = 1.96 * (0.72 * 0.28 / files) ** 0.5
        yield {
            "measure": "group_comparison",
            "group": "team",
            "level": team,
            "numerator": met,
            "denominator": files,
            "value": None if files < 10 else met / files,
            "method": "funnel",
            "centre": 0.72,
            "lower_limit": max(0.72 - spread, 0),
            "upper_limit": min(0.72 + spread, 1),
            "verdict": "different" if team == "Adolescents" else "" if files < 10 else "within chance",
            "status": "low_base" if files < 10 else "shown",
            "note": "Of 10 groups compared, fewer than one would be worth a look by luck.",
        }


def frame(audience="board"):
    return {
        "authority": "Northmere",
        "period_words": "November 2024",
        "as_of_words": "2 December 2024",
        "audience": audience,
        "audience_title": AUDIENCES[audience].title,
    }


def index():
    """A front page with every verdict, two audits of one area, and what was not produced."""
    audits = [
        build.audit("sample", title="Consent dip sample", next={"on": "2025-01-20", "size": 45}),
        build.audit("closures", title="Closed on withdrawn consent", selection="risk_led"),
        build.audit("visits", "visits", baseline=None),
    ]
    consent = edition.standing("consent", {"c1": "not met", "c2": (11, ""), "c3": "cannot tell"}, rule="X1")
    failed = {"measure": "critical_failure", "theme": "consent", "standard_id": "c2", "group": "all", "level": "all"}
    failed |= {"period": "2024-11", "numerator": 7, "denominator": 18, "selection": "random", "rule": "X1"}
    moved = [edition.change("c3", "better"), edition.change("c1", "cannot tell")]
    pages = [
        edition.page("sample", [*consent, failed, *moved], asked=(Asked("Book 45 files."),), figures="sample.csv"),
        edition.page(
            "closures", edition.standing("consent", {"c1": (3, "")}), figures="closures.csv", note="Restated."
        ),
        edition.page("visits", edition.standing("visits", {"v1": (24, "met"), "v2": (9, "")}), figures="visits.csv"),
        edition.PageTold("Plans", note="No audit of plans was due in November; the next is in February 2025."),
    ]
    made = edition.front(*pages, audits=audits)
    parts = [*ia.practice(made).pieces, ia.areas_table(made), ia.contents(pages)]
    return report(parts, title="Is practice good enough for children?")


def status():
    made = {"href": "consent.html", "made": True, "took": "0.7 s", "hidden": "2 small, 1 beside them", "restated": ""}
    reports = [
        {"title": "Consent dip sample", "pages": [made, made]},
        {"title": "Fostering", "pages": [{**made, "made": False}, None]},
    ]
    return periodic(
        "status.html.j2",
        ilacs=frame(),
        run={"as_of_words": "2 December 2024", "published": True, "made": 2, "total": 3},
        to_do=["Fostering: column Grade has a new value in row 44. Add it to the scale, or correct the return."],
        remarks=["consent-2024-11: 1 fault set answers aside; ilacs-audit check lists what to do."],
        editions=["Board edition", "Public edition"],
        reports=reports,
        whole=[
            {"title": "Board edition", "href": "index.html", "made": 2, "total": 2, "not_made": []},
            {"title": "Service edition: Fostering", "href": "f.html", "made": 1, "total": 2, "not_made": ["Visits"]},
        ],
        log="3 figures hidden, 1 of them beside a small one.",
    )


def periodic(template, **context):
    """A page of the period, as publishing renders it."""
    return pages.render(template, **context).decode()


def sample(*, audience="board"):
    """The page of the mock, made from measures."""
    figures = released(compliance_records(), audience=audience)
    fragments = [
        ia.title("Is consent sought, evidenced and overseen?", released=figures),
        ia.trust_box(released(trust_records(), audience=audience), audit=programme()["consent-2024-11"]),
        ia.measures_table(
            figures,
            standards=standards(),
            finding="Service-manager agreement, the child’s own view and informed consent fall short",
            note="With seven standards, expect fewer than one wrong call by chance.",
        ),
        _rounds(audience),
        ia.decisions(
            [
                "Whether the re-audit of 45 files on 20 January goes ahead as planned.",
                "Who owns service-manager agreement (C5) until then.",
            ]
        ),
        ia.provenance(
            figures,
            method=[
                "Exact hypergeometric intervals in whole children where the standard applies to every file; Wilson "
                "intervals as a share where it applies to some, because the list does not say to how many of the 96."
            ],
        ),
    ]
    return report(fragments, audience=audience)


def everything():
    """Every fragment on one page."""
    return report(pieces())


def pieces():
    """Every fragment, as a notebook shows one after the other."""
    figures = released(compliance_records())
    one_standard = [row for row in team_records() if row["standard_id"] == "C1"]
    problems = pd.DataFrame({"rule": ["own case", "own case", "grade"], "severity": ["error", "error", "warning"]})
    return [
        ia.title("What can a page show?", released=figures),
        ia.headline(figures),
        _rounds("board"),
        ia.comparison_table(released(change_records()), standards=standards()),
        ia.heat_map(released(team_records()), caption="Standards by team", standards=standards(), finding="Map"),
        ia.interval_plot(released(one_standard), caption="Consent by team", finding="Informed consent by team"),
        ia.grade_bar(released(grade_records()), caption="Overall grades", finding="16 of 38 good or better"),
        ia.flow_plot(released(flow_records())),
        ia.spc_chart(released(month_records()), standard_id="C1"),
        ia.spc_chart(released(month_records(limited=False)), standard_id="C1", finding="Five months"),
        ia.funnel_plot(released(group_records())),
        ia.timeline(tuple(programme()), caption="The chain so far", finding="Two rounds and what lay between"),
        ia.commentary(figures, standards=standards(), written=["Families said so."], by="a social worker"),
        ia.problems_table(problems),
        ia.evidence_table(figures, caption="Every figure", finding="Evidence"),
    ]


def _rounds(audience):
    return ia.before_after_plot(
        released(round_records(), audience=audience),
        standard_id="C1",
        audits=tuple(programme()),
        finding="Informed consent: 8 of 19 in September, 27 of 38 now",
        explain="Workshops on 11 to 13 September reached 25 staff in three teams; 14 had one-to-one support.",
    )
