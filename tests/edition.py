"""An edition made of a few audits, as its pages told it: for tests of the front page."""

from dataclasses import replace

from ilacs_audit.analysis.plan.overview import overview
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.domain.told import EditionTold, PageTold
from tests import build
from tests.build import seen
from tests.shelf import Shelf, opened

THEMES = {
    "consent": ("file", ("c1", "c2", "c3")),
    "visits": ("visit", ("v1", "v2")),
    "plans": ("plan", ("p1",)),
}
WORDS = {"c1": "We asked first.", "c2": "A manager agreed.", "v1": "The child was seen.", "p1": "It says by when."}


def catalogue():
    """Three themes; c2 and v2 are critical."""
    return build.standards(
        *(
            build.theme(
                name,
                [build.standard(each, WORDS.get(each, each), critical=each in ("c2", "v2")) for each in standards],
                title=name.capitalize(),
                unit=unit,
            )
            for name, (unit, standards) in THEMES.items()
        )
    )


def standing(theme, verdicts, *, read=30, **more):
    """A compliance record a standard: code -> its verdict, or (met, verdict)."""
    told = {code: each if isinstance(each, tuple) else (10, each) for code, each in verdicts.items()}
    return [
        seen(met, read, of=90, theme=theme, standard=code, verdict=verdict, target=0.8, **more)
        for code, (met, verdict) in told.items()
    ]


def fact(measure, audit, numerator, denominator, **more):
    """A record of how far an audit can be trusted."""
    about = {"group": "audit", "level": audit, "period": "2024-11", "method": "count", "selection": "random"}
    return {"measure": measure, "numerator": numerator, "denominator": denominator, **about, **more}


def change(code, verdict, note="12 of 30 in September 2024", *, met=24, theme="consent", **more):
    """A record of a change since September."""
    about = {"measure": "change", "theme": theme, "standard_id": code, "verdict": verdict, "note": note, "value": 0.4}
    return {**seen(met, 30, of=90, theme=theme), **about, **more}


def page(audit, records=(), *, audience="board", **said):
    """One page about an audit, with what the gate leaves of these records."""
    shown = tuple(rows(release(measures(records), audience=audience)))
    return PageTold(**{"title": f"Page {audit}", "audit": audit, "href": f"{audit}.html", "released": shown, **said})


class Known(Shelf):
    """Evidence of no answers, with the catalogue of this file."""

    def standards(self):
        return catalogue()


def told(*pages, audits=(), audience="board", period="2024-11", **more):
    """The edition of these pages, whose audits are in the programme, with others that are planned."""
    about = replace(opened(Known(audits=build.programme(*audits)), audience=audience), id="", period=period)
    return EditionTold(about, tuple(pages), **more)


def front(*pages, **options):
    """The overview of such an edition."""
    return overview(told(*pages, **options))
