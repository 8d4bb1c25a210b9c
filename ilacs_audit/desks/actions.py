"""From a finding to an action and to the round that looks again: added to the register, and shown as one chain."""

from datetime import date

from ilacs_audit.analysis.loop import AHEAD, LATE, UNDATED, standing
from ilacs_audit.claims.words import counted
from ilacs_audit.desks.answer import Answer, table
from ilacs_audit.desks.record import Entry, day
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words
from ilacs_audit.domain.errors import UsageError, bare

ACTION = "action"
_OPEN = {LATE: "open and late", AHEAD: "open", UNDATED: "open, without a day"}
_STATES = {**_OPEN, "gone": "closed, and put right", "still there": "closed, and still there"}


def action_row(
    work: Dossier, number: int, *, owner: str, due: date | str, on: date, standard: str, team: str
) -> dict[str, str]:
    """An action as a row of the register. Raises UsageError where it is due before it is raised."""
    last = day(due, "due")
    if last < on:
        raise UsageError(
            f"The action is due before the day on which it is written, {date_words(on)}.", fix="Correct due=."
        )
    area = next(iter(work.protocol.areas), "")
    told = {"action_id": f"DESK-{number}", "audit_id": work.id, "standard_id": standard, "area": area, "team": team}
    return {**told, "owner_ref": owner, "raised_on": str(on), "due_on": str(last)}


def chain(work: Dossier, held: list[Entry], *, standard: str = "") -> Answer:
    """The actions on this audit, each with its finding, its state, and the round that will look again."""
    register = standing(work.register("actions"), as_of=work.as_of)
    ours = register[register["audit_id"].map(bare) == bare(work.id)]
    ours = ours[ours["standard_id"].map(bare) == bare(standard)] if standard else ours
    said = {each.about: each for each in held if each.what == ACTION}
    lines = [(str(each.standard_id) or "none named", *_told(each, said), _again(work)) for each in ours.itertuples()]
    still = sum(state in _OPEN for state in ours["state"])
    finding = f"{counted(len(lines), 'action')} on this audit: {still} open" if lines else "No action on this audit"
    explain = "An action raised after the last day of evidence is not here yet." if not lines else ""
    titles = ("Finding", "Action", "Due", "State", "Looked at again")
    return Answer(
        (table("From the finding to the round that looks again", titles, lines, finding=finding, explain=explain),)
    )


def _told(each: object, said: dict[str, Entry]) -> tuple[str, str, str]:
    number, due, state = (getattr(each, name) for name in ("action_id", "due_on", "state"))
    words = f"{number}: {said[number].done.partition(': ')[2]}" if number in said else str(number)
    return words, "no day" if due != due else date_words(due.date()), _STATES.get(state, "closed, not checked")


def _again(work: Dossier) -> str:
    return f"{date_words(work.protocol.next_on)}, booked" if work.protocol.next_on else "no round is booked"
