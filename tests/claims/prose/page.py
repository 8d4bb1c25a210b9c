"""The page that the sentences of `page.tsv` are about: a consent re-audit of November 2024, judged by the package."""

from functools import cache

from ilacs_audit.claims.change.changes import change
from ilacs_audit.claims.prose.findings import Findings
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.domain.measures import measures, rows
from tests.build import seen, table

# standard: its plain words, its target, and what June and November counted
STANDARDS = {
    "CON-1": ("Consent is recorded before information is shared", 0.85, (12, 40), (29, 41)),
    "CON-2": ("Parents with parental responsibility are named", 0.80, (20, 38), (22, 41)),
    "CON-3": ("The child's views on sharing are recorded", 0.85, (31, 40), (36, 41)),
    "CON-4": ("Withdrawal of consent is discussed with a manager", 1.00, (9, 17), (5, 16)),
    "CON-5": ("The consent form is on file", 0.85, None, (40, 41)),
}
RANGES = {
    "CON-1": ({"lower": 0.18, "upper": 0.46}, {"lower": 0.55, "upper": 0.83})
}  # as the sentences' author saw them
TEAMS = {"Assessment North": (14, 15), "Assessment South": (6, 14)}
COUNTED = [
    ("returned", "audit", "consent re-audit November 2024", 41, 41),
    ("moderated", "audit", "consent re-audit November 2024", 8, 41),
    ("reach", "intervention", "consent-workshop", 63, 92),
]


@cache
def page() -> Findings:
    """What the page has released."""
    june = table(
        *(
            seen(*was, standard=code, period="2024-06", **RANGES.get(code, ({}, {}))[0])
            for code, (_, _, was, _) in STANDARDS.items()
            if was is not None
        )
    )
    november = table(
        *(
            seen(*now, target=target, standard=code, **RANGES.get(code, ({}, {}))[1])
            for code, (_, target, _, now) in STANDARDS.items()
        ),
        *(seen(*counts, target=0.85, standard="CON-1", group="team", level=team) for team, counts in TEAMS.items()),
        {
            "measure": "not_applicable",
            "standard_id": "CON-4",
            "group": "all",
            "level": "all",
            "period": "2024-11",
            "numerator": 25,
            "denominator": 41,
        },
        *(
            {
                "measure": measure,
                "theme": "consent",
                "group": group,
                "level": level,
                "period": "2024-11",
                "numerator": some,
                "denominator": of,
                "method": "count",
            }
            for measure, group, level, some, of in COUNTED
        ),
    )
    judged = [*rows(june), *rows(verdict(november)), *rows(change(june, november))]
    released = measures([row._asdict() for row in judged if row.rule != "C1" or row.group in ("", "all")])
    return Findings(
        released, {}, {"consent": ("Consent",), **{code: (plain,) for code, (plain, *_) in STANDARDS.items()}}
    )
