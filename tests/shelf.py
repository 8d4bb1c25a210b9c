"""Evidence held in memory: what a test hands to a report, and what the report asked of it."""

from datetime import date

import pandas as pd

from ilacs_audit.domain.about import Commentary, Dossier
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.schemas import ANSWER_COLUMNS, PROBLEM_COLUMNS, SIDE_TABLES
from ilacs_audit.domain.standards import Standards, read_theme
from tests.build import protocol

CODES = ("CON-1", "CON-2")
NOW, BEFORE, OTHER, LATER = "consent-2024-11", "consent-2024-09", "plans-2024-09", "consent-2024-12"


def _theme():
    shared = {"version": 1, "scale": "yes_no", "target": 0.9, "kind": "compliance", "records": "done"}
    shared |= {"applies_to": "every file", "areas": ["A2"], "source": {"text": "local", "kind": "local"}}
    standards = [{**shared, "id": code, "text": f"Text of {code}", "plain": f"Plain {code}"} for code in CODES]
    about = {"theme": "consent", "title": "Consent", "question": "Is consent asked for?", "unit": "file"}
    return read_theme({**about, "edition": 1, "areas": ["A2"], "standards": standards}, file="consent.yml")


def _audit(name, month, **more):
    days = {"on": date(2024, month, 4), "until": date(2024, month, 8), "period": Period(2024, month)}
    return protocol(id=name, **days, **more)


AUDITS = (
    _audit(BEFORE, 9),
    _audit(OTHER, 9),
    _audit(NOW, 11, baseline=BEFORE, intended=20),
    _audit(LATER, 12, baseline=NOW),
)


def answers(audit, *met, team="North"):
    """A file each, read for both standards: "yes" where it met them."""
    month = next(str(each.period) for each in AUDITS if each.id == audit)
    blank = dict.fromkeys(ANSWER_COLUMNS, "") | {"audit_id": audit, "period": month, "role": "auditor", "team": team}
    made = [
        {**blank, "child_ref": f"{team}{place}", "standard_id": code, "answer": word, "standard_version": 1}
        for place, word in enumerate(met)
        for code in CODES
    ]
    return pd.DataFrame(made, columns=[*ANSWER_COLUMNS]).assign(audited_on=pd.Timestamp("2024-11-18"))


def files(yes, no):
    return ["yes"] * yes + ["no"] * no


class Shelf:
    """What `intake.handed` does, from frames; `asked` are the questions, each once."""

    ordinary_breakdowns = ()

    def __init__(self, *tables, audits=AUDITS, words=None):
        self.table = pd.concat(tables) if tables else answers(NOW)
        self.audits = {each.id: each for each in audits}
        self.written = words or Commentary()
        self.asked, self.judged = {}, {}

    def standards(self):
        self._note("standards")
        return Standards((_theme(),))

    def protocol(self, audit_id):
        self._note("protocol", audit_id)
        return self.audits[audit_id]

    def chain(self, audit_id):
        self._note("chain", audit_id)
        chain = []
        while audit_id := self.audits[audit_id].baseline:
            chain.append(self.audits[audit_id])
        return tuple(chain)

    def series(self, audit_id):
        self._note("series", audit_id)
        return tuple(each for each in self.audits.values() if each.id[:-7] == audit_id[:-7])

    def alongside(self, audit_id):
        self._note("alongside", audit_id)
        month = self.audits[audit_id].period
        return tuple(each for each in self.audits.values() if each.period == month)

    def together(self, audit_id, chances):
        self._note("together", audit_id)
        month = self.audits[audit_id].period
        if month not in self.judged:
            self.judged[month] = chances(Shelf(self.table, audits=self.audits.values()))
        return self.judged[month]

    def answers(self, audits):
        for audit_id in audits:
            self._note("answers", audit_id)
        return self.table[self.table["audit_id"].isin(audits)], pd.DataFrame(columns=[*PROBLEM_COLUMNS])

    def register(self, name, *, as_of):
        self._note("register", name)
        return pd.DataFrame(columns=[*SIDE_TABLES[name]])

    def words(self, period, about):
        self._note("words", period, about)
        return self.written

    def _note(self, question, *about):
        self.asked[question, about] = None


def opened(shelf, audit=NOW, *, audience="internal"):
    return Dossier(shelf, audit, "2024-11", "2024-11-21", audience)
