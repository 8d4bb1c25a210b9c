"""Each audit's return in the shape in which it would come, with the faults of that return."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tests.northmere.returns.flat import delimited, draw_csv, recording_long, referrals_csv, s47_csv, visits_parquet
from tests.northmere.returns.forms import CASE_FORM_ABOUT, Form, forms_export
from tests.northmere.returns.sheets import bytes_of, hide_lists, note, plans_book, simple_sheet
from tests.northmere.returns.strategy import Strategy
from tests.northmere.returns.team_sheets import supervision_book
from tests.northmere.truth import faults
from tests.northmere.truth import questions as wording
from tests.northmere.truth.audits import File, audited, moderated, weekdays
from tests.northmere.truth.comments import SYSTEM_FAULT, Remarks
from tests.northmere.truth.people import CASE_TEAMS, DUTY_TEAMS, FRONT_DOOR, SAFEGUARDING, Cast, Child
from tests.northmere.truth.truth import TRUTH, Truth

_STATUTORY = CASE_TEAMS[4:]
_MODERATED = (date(2024, 11, 20), date(2024, 11, 21))
_MORE = ("Rang three evenings in a row.", "One text message.", "I looked in notes and documents and see none.")


def returns(staff: Cast, meeting: Strategy, seed: int) -> dict[str, bytes]:
    """Every return: path below `returns/` to content."""
    return dict(_all(Desk(staff, seed), meeting))


def _all(desk: Desk, meeting: Strategy) -> Iterator[tuple[str, bytes]]:
    yield "2024-09/Consent dip sample - Sept 2024(1-20).xlsx", desk.consent_before()
    yield "2024-09/Plans and planning audit Sept 24.xlsx", desk.plans_before()
    yield "2024-09/s47 audit Q2 2024-25.csv", desk.s47("2024-09")
    yield "2024-09/recording audit 2024-09.csv", desk.recording_before()
    yield "2024-09/referral audit 2024-09.csv", desk.referrals("2024-09")
    yield "2024-09/Supervision audit wc 16.09.24.xlsx", desk.supervision("2024-09", date(2024, 9, 16), {})
    yield "2024-10/DAAT dip sample - Oct 2024(1-40).xlsx", desk.daat("2024-10")
    yield "2024-10/referral audit 2024-10.csv", desk.referrals("2024-10")
    yield "2024-11/Consent dip sample - Nov 2024 re-audit(1-18).xlsx", desk.consent_after()
    yield "2024-11/No consent closures Oct 24 - whole list.xlsx", desk.closures()
    yield "2024-11/Plans and planning audit Nov 24 v2.xlsx", desk.plans_after()
    yield "2024-11/NFA assessments audit Nov 24.xlsx", desk.assessments()
    yield "2024-11/visits-audit-2024-11.parquet", desk.visits()
    wrong = {"Safeguarding South": faults.TUESDAY}
    yield "2024-11/Supervision audit wc 18.11.24.xlsx", desk.supervision("2024-11", date(2024, 11, 18), wrong)
    yield "2024-11/MA strategy audit Oct 24 - all returns.xlsx", meeting.book
    yield "2024-11/s47 audit Nov 24.csv", desk.s47("2024-11")
    yield "2024-11/Recording audit Nov 24.xlsx", desk.recording_after()
    yield "2024-11/DAAT dip sample - Nov 2024(1-40).xlsx", desk.daat("2024-11")
    yield "2024-11/referral audit 2024-11.csv", desk.referrals("2024-11")


@dataclass(frozen=True)
class Desk:
    """The desk where returns are made: everybody, and the seed."""

    staff: Cast
    seed: int

    def rng(self, audit_id: str, step: str = "files") -> random.Random:
        """The random stream of one step of one audit."""
        return random.Random(f"{self.seed}/{audit_id}/{step}")

    def files(
        self,
        audit_id: str,
        theme: str,
        children: Sequence[Child],
        first: date,
        last: date | None = None,
        auditors: int = 5,
    ) -> list[File]:
        """The files that an audit counts."""
        rng = self.rng(audit_id)
        people = rng.sample(self.staff.auditors, auditors)
        days = weekdays(first, last or first)
        return audited(TRUTH[audit_id], children, auditors=people, days=days, remarks=Remarks(theme, rng), rng=rng)

    def moderated(self, audit_id: str, files: list[File], first: date, last: date) -> list[File]:
        """The files with the second reading of the independent auditor."""
        rng, days = self.rng(audit_id, "second"), weekdays(first, last)
        return moderated(files, TRUTH[audit_id], moderator=self.staff.independent, days=days, rng=rng)

    @property
    def managers(self) -> dict[str, str]:
        """The manager of each team."""
        return {each.team: each.name for each in self.staff.staff if each.role == "Team manager"}

    def consent_before(self) -> bytes:
        """The consent dip sample of September: an online form in its first edition."""
        audit = "consent-2024-09"
        files = self.files(audit, "consent", self.staff.of(*FRONT_DOOR, *DUTY_TEAMS), date(2024, 9, 10))
        questions = {each: wording.CONSENT_EDITION_1[each] for each in TRUTH[audit].results}
        files = _with_more(files, self.rng(audit, "more"))
        return forms_export(files, Form(questions, ("CON-3",)), rng=self.rng(audit, "form"))

    def consent_after(self) -> bytes:
        """The follow-up of November: one question new, one reworded, and the faults F01 to F04."""
        audit = "consent-2024-11"
        files = self.files(audit, "consent", self.staff.of(*FRONT_DOOR, *DUTY_TEAMS), date(2024, 11, 18))
        files = faults.good_without_critical(self.moderated(audit, files, *_MODERATED))
        files = faults.cloned_comments(_system_faults(files))
        late = next(place for place, file in enumerate(files[10:], start=11) if not file.moderated)
        files = _with_more([*files, self._own_case(files)], self.rng(audit, "more"))
        form = Form(wording.CONSENT, ("CON-3", "CON-4"), graded=True, late={late: faults.YEAR_2042})
        return forms_export(files, form, rng=self.rng(audit, "form"))

    def _own_case(self, files: Sequence[File]) -> File:
        """An eighteenth return, in which a worker audited a file of the own caseload."""
        taken = {file.child.ref for file in files}
        child = next(each for each in self.staff.of(DUTY_TEAMS[1]) if each.ref not in taken)
        return replace(
            files[0],
            child=child,
            auditor=child.worker,
            strength="",
            worry="",
            step="",
            moderated="",
            moderator="",
            moderated_on=None,
        )

    def closures(self) -> bytes:
        """Every closure of October on withdrawn consent."""
        audit = "consent-closures-2024-11"
        files = self.files(audit, "consent", self.staff.of(*DUTY_TEAMS), date(2024, 11, 20), date(2024, 11, 21), 2)
        title = "Closures in October 2024 recorded as consent withdrawn – every file read"
        return bytes_of(simple_sheet(files, wording.CLOSURES, title=title, rng=self.rng(audit, "sheet"), graded=False))

    def plans_before(self) -> bytes:
        """The plans audit of September."""
        audit = "plans-2024-09"
        files = self.files(audit, "plans", self.staff.of(*_STATUTORY), date(2024, 9, 16), date(2024, 9, 27))
        files = self.moderated(audit, files, date(2024, 10, 7), date(2024, 10, 18))
        return bytes_of(plans_book(files, month="Sept 24", managers=self.managers, rng=self.rng(audit, "sheet")))

    def plans_after(self) -> bytes:
        """The plans audit of November, with a hidden sheet, a note and a child's name (F16 to F18)."""
        audit = "plans-2024-11"
        files = self.moderated(audit, self.planned(), *_MODERATED)
        files = faults.identifying(files, f"The plan still calls {files[3].child.name} by another child’s name.")
        book = plans_book(files, month="Nov 24", managers=self.managers, rng=self.rng(audit, "sheet"))
        hide_lists(book, self.staff.auditors, files[0].child.name)
        note(book, "M9", f"Is this really what {files[1].child.name} said?")
        return bytes_of(book)

    def planned(self) -> list[File]:
        """The files of the plans audit of November."""
        children = self.staff.of(*_STATUTORY)
        return self.files("plans-2024-11", "plans", children, date(2024, 11, 11), date(2024, 11, 20), 7)

    def closed_assessments(self) -> list[File]:
        """The files of the audit of assessments that ended in no further work."""
        children = self.staff.of(*DUTY_TEAMS)
        return self.files("assessments-2024-11", "assessments", children, date(2024, 11, 4), date(2024, 11, 15), 4)

    def lists(self) -> list[tuple[str, str, str, str]]:
        """The lists of two audits: of plans a draw by chance, and of assessments files picked for risk.

        All of that list whom nobody picked are in the first duty team, so its sample is of the second far too often.
        """
        plans = _listed(self.planned(), self.staff.of(*_STATUTORY), 110, self.rng("plans-2024-11", "list"))
        first = self.staff.of(DUTY_TEAMS[0])
        closed = _listed(self.closed_assessments(), first, 52, self.rng("assessments-2024-11", "list"))
        told = {"plans-2024-11": plans, "assessments-2024-11": closed}
        return [(audit, each.ref, each.team, each.worker) for audit, listed in told.items() for each in listed]

    def assessments(self) -> bytes:
        """Assessments that ended in no further work, picked for risk, with the faults F05 to F08."""
        audit = "assessments-2024-11"
        files = faults.own_moderator(self.moderated(audit, self.closed_assessments(), *_MODERATED))
        files = faults.spoilt_grade(faults.good_against_answers(files))
        beside = {faults.BAD_HEADER: [("Y", "N", "")[place % 3] for place in range(len(files))]}
        title = "Assessments closed with no further work – audit November 2024"
        return bytes_of(
            simple_sheet(files, wording.ASSESSMENTS, title=title, rng=self.rng(audit, "sheet"), beside=beside)
        )

    def visits(self) -> bytes:
        """The baseline on the voice of the child, with a team that nobody knows (F13)."""
        return visits_parquet(self._visited(), wording.VISITS, teams={11: faults.BAD_TEAM})

    def visits_draw(self) -> bytes:
        """The order of its draw: it could stop early, and the last two of the forty files were not read."""
        read = self._visited()
        seen = {file.child.ref for file in read}
        return draw_csv(read, [child for child in self.staff.of(*_STATUTORY) if child.ref not in seen][:2])

    def _visited(self) -> list[File]:
        children = self.staff.of(*_STATUTORY)
        return self.files("visits-2024-11", "visits", children, date(2024, 4, 15), date(2024, 4, 26))

    def supervision(self, period: str, week: date, wrong_week: dict[str, date]) -> bytes:
        """A supervision audit: workers stand where children stand elsewhere."""
        audit = f"supervision-{period}"
        workers = self._drawn(TRUTH[audit], self.rng(audit, "draw"))
        files = self.files(audit, "supervision", workers, week)
        files = sorted(files, key=lambda file: CASE_TEAMS.index(file.child.team))
        by_team = dict(zip(CASE_TEAMS, self.staff.auditors * 2, strict=False))
        files = [replace(file, auditor=by_team[file.child.team]) for file in files]
        roles = {each.name: each for each in self.staff.staff}
        rng = self.rng(audit, "sheet")
        return supervision_book(files, week=week, managers=self.managers, roles=roles, wrong_week=wrong_week, rng=rng)

    def _drawn(self, truth: Truth, rng: random.Random) -> list[Child]:
        workers = rng.sample(self.staff.case_holders(), truth.counted)
        by_worker = {child.worker: child for child in self.staff.children}
        return [by_worker[each.name] for each in workers]

    def s47(self, period: str) -> bytes:
        """The independent auditor's marks of section 47 enquiries; November holds F20."""
        audit = f"s47-{period}"
        first = date(2024, 9, 16) if period == "2024-09" else date(2024, 11, 11)
        files = self.files(audit, "s47", self.staff.of(*SAFEGUARDING), first, first.replace(day=first.day + 9))
        files = [replace(file, auditor=self.staff.independent) for file in files]
        if period == "2024-11":
            files = faults.identifying(files, f"Medical letter is filed under NHS no {faults.NHS_NUMBER}.")
        return s47_csv(files, rng=self.rng(audit, "sheet"))

    def recording_before(self) -> bytes:
        """The recording audit of September, one row for each child and standard."""
        children = self.staff.of(*SAFEGUARDING)
        files = self.files("recording-2024-09", "recording", children, date(2024, 9, 2), date(2024, 9, 13))
        table = recording_long(files)
        return delimited([list(table.columns), *table.itertuples(index=False)])

    def recording_after(self) -> bytes:
        """The recording audit of November, files chosen by auditors, with F09 to F11 and F19."""
        audit = "recording-2024-11"
        files = self.files(audit, "recording", self.staff.of(*SAFEGUARDING), date(2024, 11, 4), date(2024, 11, 15))
        files = faults.blank_answer(faults.mostly_not_applicable(files))
        files = faults.identifying(files, f"Letters still go to the old address, {faults.POSTCODE}.")
        files = faults.misdated(files)
        title = "Recording audit – November 2024 (choose your own files)"
        rng = self.rng(audit, "sheet")
        return bytes_of(simple_sheet(files, wording.RECORDING, title=title, rng=rng))

    def daat(self, period: str) -> bytes:
        """A dip sample of the duty and assessment teams; November holds F21."""
        audit = f"daat-{period}"
        first, last = (date(2024, 10, 7), date(2024, 10, 11)) if period == "2024-10" else (date(2024, 11, 18),) * 2
        files = self.files(audit, "assessments", self.staff.of(*DUTY_TEAMS), first, last)
        files = self.moderated(
            audit, files, *((date(2024, 10, 14), date(2024, 10, 16)) if period == "2024-10" else _MODERATED)
        )
        if period == "2024-11":
            files = faults.identifying(files, f"New number for mum, {faults.PHONE}, is not on the record.")
        return forms_export(
            files, Form(wording.ASSESSMENTS_FORM, (), CASE_FORM_ABOUT, True), rng=self.rng(audit, "form")
        )

    def referrals(self, period: str) -> bytes:
        """A monthly audit of referrals; in November others read too, and it holds F12 and F22."""
        audit, day = f"referrals-{period}", {"2024-09": 24, "2024-10": 22, "2024-11": 20}[period]
        files = self.files(
            audit, "referrals", self.staff.of(*FRONT_DOOR), date(2024, int(period[-2:]), day), auditors=3
        )
        if period != "2024-11":
            return referrals_csv({"CSC": files})
        files = faults.identifying(files, f"Reply went to {faults.EMAIL} and nowhere else.")
        again = self.rng(audit, "second").sample(files, TRUTH[audit].moderated)
        readings = {
            "CSC": files,
            "Health": _read_by(self.staff.partners[1], files),
            "Independent auditor": _read_by(self.staff.independent, again),
        }
        return _with_repeat(referrals_csv(readings))


def _read_by(name: str, files: Sequence[File]) -> list[File]:
    """Another reader's return on the same files, who agrees and writes nothing."""
    return [replace(file, auditor=name, worry="") for file in files]


def _with_repeat(content: bytes) -> bytes:
    """The same CSV with its fifth return once more at the end."""
    return content + content.split(b"\r\n")[5] + b"\r\n"


def _with_more(files: Sequence[File], rng: random.Random) -> list[File]:
    """What some auditors wrote in the boxes for more, each text once."""
    spare = iter(rng.sample(_MORE, 3))
    asked = [place for place, file in enumerate(files) if file.answers["CON-3"] != "not applicable"][:3]
    return [replace(file, extra={"CON-3": next(spare)}) if place in asked else file for place, file in enumerate(files)]


def _system_faults(files: Sequence[File]) -> list[File]:
    """Four auditors found the same fault of the closure form, each in other words."""
    texts = dict(zip((1, 6, 12, 15), SYSTEM_FAULT, strict=True))
    return [replace(file, worry=texts.get(place, file.worry)) for place, file in enumerate(files)]


def _listed(files: Sequence[File], children: Sequence[Child], size: int, rng: random.Random) -> list[Child]:
    """A list of so many children, those whose files were read among them, in the order of their references."""
    read = [file.child for file in files]
    taken = {child.ref for child in read}
    others = [child for child in children if child.ref not in taken]
    return sorted([*read, *rng.sample(others, size - len(read))], key=lambda child: child.ref)
