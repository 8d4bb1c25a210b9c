"""The dates of entries against their audit's period, and against each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pandas as pd

from ilacs_audit.domain.programme import Audit
from ilacs_audit.intake.checks.faults import Findings, findings

YEAR = timedelta(days=366)


def misdated(entries: pd.DataFrame, audits: Mapping[str, Audit]) -> Findings:
    """Every fault of a date, each said once: a date that is impossible is not out of its period too."""
    impossible = impossible_date(entries, audits)
    known = {entry for entry, _ in impossible}
    outside = [each for each in out_of_period(entries, audits) if each[0] not in known]
    return [*moderated_before(entries), *impossible, *outside]


def impossible_date(entries: pd.DataFrame, audits: Mapping[str, Audit]) -> Findings:
    """An audit date more than a year away from the audit, such as 2042. The date is left out."""
    start, end = _window(entries, audits)
    far = (entries["audited_on"] > end + YEAR) | (entries["audited_on"] < start - YEAR)
    return findings(entries, far, "impossible-date", column="dated_by", value="audited_on")


def out_of_period(entries: pd.DataFrame, audits: Mapping[str, Audit]) -> Findings:
    """An audit date outside the audit's own month and dates."""
    start, end = _window(entries, audits)
    dated = entries["dated_by"].isin(["audited_on", "completed_on"]) & entries["audit_id"].isin(list(audits))
    outside = (entries["audited_on"] < start) | (entries["audited_on"] > end)
    return findings(entries, dated & outside, "out-of-period", column="dated_by", value="audited_on")


def moderated_before(entries: pd.DataFrame) -> Findings:
    """A moderation dated before the audit it moderates."""
    before = (entries["role"] == "moderator") & (entries["audited_on"] < entries["first_audited_on"])
    return findings(entries, before, "impossible-date: moderation", column="dated_by", value="audited_on")


def _window(entries: pd.DataFrame, audits: Mapping[str, Audit]) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The first and last day each entry may bear; around its audit's usual date where there is no programme."""
    middle = entries.groupby("audit_id")["audited_on"].transform("median")
    first = {name: pd.Timestamp(min(audit.on, audit.period.first)) for name, audit in audits.items()}
    last = {name: pd.Timestamp(max(audit.until, audit.period.last)) for name, audit in audits.items()}
    start = pd.to_datetime(entries["audit_id"].map(first)).fillna(middle)
    return start, pd.to_datetime(entries["audit_id"].map(last)).fillna(middle)
