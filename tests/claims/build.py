"""Measures as analysis makes them, in one line, so that a test reads as a sentence."""

from datetime import date

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.domain.programme import Audit
from ilacs_audit.stats.intervals import hypergeometric_interval, wilson_interval


def seen(met, read, of=None, *, target=None, standard="c1", selection="random", period="2024-11", **more):
    """One compliance record: `seen(24, 30, of=110, target=0.9)`."""
    record = {
        "measure": "compliance",
        "theme": "consent",
        "standard_id": standard,
        "group": "all",
        "level": "all",
        "period": period,
        "numerator": met,
        "denominator": read,
        "value": met / read if read else None,
        "selection": selection,
        "direction": "higher",
        "target": target,
        **_interval(met, read, of, selection),
    }
    return {**record, **more}


def _interval(met, read, of, selection):
    if selection != "random" or not read:
        return {"method": "count"}
    if of == read:
        return {"method": "whole list", "population": of}
    if of:
        children = hypergeometric_interval(met, read, of)
        limits = {"lower": children.lower / of, "upper": children.upper / of}
        return {**limits, "method": "hypergeometric", "population": of, "confidence": 0.95}
    share = wilson_interval(met, read)
    return {"lower": share.lower, "upper": share.upper, "method": "wilson", "confidence": 0.95}


def table(*records):
    return measures(records)


def only(frame):
    """The one row of a frame, as plain values."""
    (row,) = rows(frame)
    return row


def protocol(**more):
    """A protocol with one or two things said otherwise."""
    plain = {
        "id": "a",
        "title": "Consent",
        "theme": "consent",
        "kind": "dip_sample",
        "purpose": "practice",
        "period": Period(2024, 5),
        "on": date(2024, 5, 1),
        "until": date(2024, 5, 2),
        "population_when": "",
        "population": "open cases",
        "population_size": 110,
        "selection": "random",
        "intended": 20,
        "edition": 1,
        "returns": (),
        "raters": ("auditor",),
        "agencies": (),
        "baseline": None,
        "interventions": (),
        "chosen_because_worst": False,
        "moderation": None,
        "with_practitioner": None,
        "areas": (),
        "next_on": None,
        "next_size": None,
    }
    return Audit(**{**plain, **more})
