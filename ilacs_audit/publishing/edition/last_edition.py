"""The last edition that the same readers were given, as its pages told it: what a front page compares itself with.

It is noted among the inputs of a run, so that a front page can be made again. Nothing is in it but what those readers
were shown, so that no comparison can tell them of what was hidden.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ilacs_audit.disclosure.rules import BY_MONTH
from ilacs_audit.disk.writing import private_folder, read_json, write_json
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import near
from ilacs_audit.domain.references.decided import DECISIONS, Decided
from ilacs_audit.publishing.edition.edition import RUN, Edition
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.timetable import LAST, PAPER

_COMPARED = {"compliance", "returned", *BY_MONTH}


def note_last(edition: Edition, decided: Sequence[Decided] = ()) -> Path | None:
    """Write down what the last edition before this one told its readers; None where this one is their first.

    With it stand the decisions that the editions before it asked, and what has been `decided` of any of them.
    """
    path, told = _place(edition), [*_earlier(edition)]
    if not told:
        path.unlink(missing_ok=True)
        return None
    last, *older = told
    asked = [each for one in reversed(older) for page in one["pages"] for each in page["asked"]]
    ours = [each for each in decided if each.for_audience(edition.audience.id) and each.decided_on <= edition.as_of]
    if asked:  # before those of the last one: where a decision was asked again its last day counts
        last["pages"] = [{"title": "Earlier editions", "asked": asked}, *last["pages"]]
    private_folder(path.parent)
    write_json(path, {**last, "decided": [each.written() for each in ours]})
    return path


def undecided(edition: Edition, decided: Sequence[Decided]) -> Iterator[str]:
    """A sentence for each outcome of a decision that no earlier edition of these readers asked, with what to do."""
    pages = last_told(edition).get("pages", ())
    codes = sorted({each[-1] for page in pages for each in page.get("asked", ()) if len(each) > 1 and each[-1]})
    for each in decided if codes else ():
        if each.audience == edition.audience.id and each.code not in codes:
            fix = near(each.code, codes, otherwise="Copy it from the page that asked.")
            yield f"{DECISIONS}: no earlier {edition.audience.id} edition asked a decision {each.code}. {fix}"


def last_told(edition: Edition) -> dict[str, Any]:
    """What was written down of the last edition; empty where there is none."""
    return dict(read_json(_place(edition)))


def _place(edition: Edition) -> Path:
    return Outputs(edition.outputs).told / f"last-{edition.audience.id}-{edition.period}.json"


def _earlier(edition: Edition) -> Iterator[dict[str, Any]]:
    """The earlier editions of which readers have a page as it was made, the latest first."""
    folders = edition.private.parent.glob("[0-9][0-9][0-9][0-9]-[01][0-9]")
    for name in sorted((each.name for each in folders if each.name < edition.private.name), reverse=True):
        before = replace(edition, period=Period.parse(name))
        run, known = read_json(before.shared / RUN), before.known()
        if run and any("audit" in each for each in known.values()):
            yield {
                "period": name,
                "as_of": run["as_of"],
                "audience": edition.audience.id,
                "statuses": before.made_last(LAST[PAPER]).get("statuses", []),
                "pages": [_page(name, each) for name, each in known.items() if "audit" in each],
            }


def _page(name: str, summary: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": summary["title"],
        "audit": summary["audit"],
        "href": f"{name}.html",
        "released": [each for each in summary["released"] if each["measure"] in _COMPARED],
        "asked": [each for each in summary.get("asked", []) if not isinstance(each, str)],  # older ones have no day
        "restated": [[what, *both] for what, both in summary.get("restated", {}).items()],
    }
