"""What tests are made of, in one place: each test says what matters to it and leaves the rest to these plain functions.

Standards, themes and audits are written as their YAML files say them and read by the product's own readers;
answers and measures are tables as intake and analysis make them.
"""

from dataclasses import replace
from datetime import date

import pandas as pd

from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.domain.programme import read_programme
from ilacs_audit.domain.schemas import ANSWER_COLUMNS, SIDE_TABLES
from ilacs_audit.domain.standards import Standards, read_theme
from ilacs_audit.stats.intervals import hypergeometric_interval, wilson_interval

ANSWERED = {"audit_id": "audit", "period": "2024-11", "team": "North", "role": "auditor", "standard_version": 1}


def standard(name, text="", scale="yes_no", **said):
    """One standard as a theme's file says it."""
    own = {"id": name, "version": 1, "text": text or name, "plain": text or name, "scale": scale, "target": 0.9}
    kind = {"kind": "compliance", "records": "recorded", "applies_to": "every file", "areas": ["A2"]}
    return {**own, **kind, "source": {"text": "local", "kind": "local"}, **said}


def theme(name, standards, **said):
    """One theme as its file says it."""
    entry = {"theme": name, "title": name.title(), "question": "?", "edition": 1, "areas": ["A2"]}
    return {**entry, "standards": list(standards), **said}


def standards(*themes):
    """The catalogue of these themes."""
    return Standards(tuple(read_theme(each, file=f"{each['theme']}.yml") for each in themes))


def audit(name, of="consent", **said):
    """One audit as the programme's file says it: drawn at random, in November 2024."""
    own = {"id": name, "title": name, "theme": of, "kind": "dip_sample", "period": "2024-11", "on": date(2024, 11, 18)}
    return {**own, "selection": "random", "intended": 1, "edition": 1, **said}


def programme(*entries):
    """The programme of these audits."""
    return read_programme(list(entries), file="programme.yml")


def protocol(*, population="open cases", population_size=110, **said):
    """One audit as it was read, with one or two things said otherwise: 20 files of 110 open cases, in May 2024."""
    entry = audit(
        "a",
        title="Consent",
        period="2024-05",
        on=date(2024, 5, 1),
        until=date(2024, 5, 2),
        intended=20,
        population={"list": population} | ({"size": population_size} if population_size else {}),
    )
    return replace(programme(entry)["a"], **said)


def answers(*records, **shared):
    """Answer rows from short records: `answers(("A", "CON-1", "yes"), ("B", "CON-1", "no", {"team": "South"}))`."""
    made = []
    for number, record in enumerate(records):
        given = dict(zip(("child_ref", "standard_id", "answer"), record[:3], strict=True))
        extra = record[3] if len(record) > 3 else {}
        made.append(dict.fromkeys(ANSWER_COLUMNS, "") | ANSWERED | shared | given | extra | {"row": number})
    frame = pd.DataFrame(made, columns=[*ANSWER_COLUMNS])
    return frame.assign(audited_on=pd.to_datetime(frame["audited_on"].replace("", "2024-11-18")))


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
    """Measures of these records."""
    return measures(records)


def released(records, *, audience="board", status="shown"):
    """Measures as the gate leaves them, without asking the gate: what is hidden says so in its record."""
    made = measures({"period": "2024-11", "group": "all", "level": "all", **each} for each in records)
    for name, value in (("audience", audience), ("status", status)):
        given = made.get(name, pd.Series("", index=made.index))
        made[name] = [one or value for one in given]
    return made


def only(frame):
    """The one row of a frame, as plain values."""
    (row,) = rows(frame)
    return row


def register(name, *told, **more):
    """Rows of a register by its columns in order; those that are left out are blank."""
    columns = list(SIDE_TABLES[name])
    days = [each for each in columns if each == "on" or each.endswith("_on")]
    counts = [each for each in ("sent", "returned", "positive", "age", "beds", "blocked") if each in columns]
    blank = dict.fromkeys(set(columns) - {*days, *counts}, "")
    frame = pd.DataFrame([blank | dict(zip(columns, each, strict=False)) | more for each in told], columns=columns)
    return frame.assign(**{each: pd.to_datetime(frame[each]) for each in days}).fillna(blank)


def counted(found):
    """The k and n of each measure and level."""
    return {(row.measure, row.level): (row.numerator, row.denominator) for row in rows(found)}
