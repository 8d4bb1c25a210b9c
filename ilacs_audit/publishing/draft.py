"""The page of the audit on a desk as its readers would get it, made beside the editions: nobody is sent a draft."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from ilacs_audit.claims.words import counted
from ilacs_audit.desks.answer import said
from ilacs_audit.desks.desk import Desk
from ilacs_audit.display.dress import dressed
from ilacs_audit.domain import given
from ilacs_audit.domain.errors import AuditError, CommentaryError, NotebookError, UsageError
from ilacs_audit.engine.jobs import Outcome
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.run.batch import run
from ilacs_audit.publishing.timetable import plan_reports

DRAFTS = "drafts"
_BEGUN = "Reading the returns and running the notebook ..."


@dataclass(frozen=True, repr=False)
class Draft:
    """The pages that were made, and how many seconds it took."""

    pages: tuple[Path, ...]
    seconds: float

    def __repr__(self) -> str:
        return "\n".join(map(str, self.pages))

    def _repr_html_(self) -> str:
        links = "".join(f'<p><a href="{_link(each)}">Open {each.name}</a></p>' for each in self.pages)
        head = said(f"The draft is made: {counted(len(self.pages), 'page')} in {self.seconds:.0f} seconds")
        return dressed(head.html + links)


def draft(desk: Desk, *, audience: str = "", tell: Callable[[str], None] | None = None) -> Draft:
    """Run the notebooks of the audit on a desk, as a run of its month does, and give the pages, in the folder drafts/.

    `audience` is the desk's own unless given. `tell` takes a line about how far it is; without it a notebook shows it.
    Raises CommentaryError where words written of the audit claim too much, UsageError where no report is about it.

    Example: `ia.draft(desk)`.
    """
    if not isinstance(desk, Desk):
        raise UsageError(
            f"draft was given {given.told(desk)}, where a desk is needed.", fix="Open one with ia.desk(...)."
        )
    work = load_workspace(desk.workspace, evidence=desk.evidence or None)
    month, begun = work.programme[desk.audit].period, monotonic()
    ours = [each.id for each in plan_reports(work, month)[0] if each.parameters.get("audit") == desk.audit]
    if not ours:
        raise UsageError("No report of reports.yml is about this audit.", fix="Add one, or choose another audit.")
    tell, readers = tell or _line(), audience or desk.audience
    tell(_BEGUN)
    where = work.root / DRAFTS
    ended = run(
        month,
        workspace=work,
        outputs=where,
        as_of=desk.as_of,
        audiences=(readers,),
        only=tuple(ours),
        fronts=False,
        on_progress=_progress(tell),
    )
    if ended.failed:
        raise _not_made(ended.failed[0])
    pages = [where / readers / str(month) / f"{name}.html" for name in ours]
    return Draft(tuple(each for each in pages if each.is_file()), monotonic() - begun)


def _progress(tell: Callable[[str], None]) -> Callable[[Outcome, int], None]:
    done: list[str] = []

    def made(outcome: Outcome, total: int) -> None:
        done.append(outcome.job_id)
        tell(f"{len(done)} of {counted(total, 'page')} made; now searched for names and put in place ...")

    return made


def _line() -> Callable[[str], None]:
    """One line of output that is written over."""
    from IPython.display import display  # a command that shows nothing need not wait for it

    shown: list[object] = []

    def tell(line: str) -> None:
        bundle = {"text/plain": line}
        if shown:
            shown[0].update(bundle, raw=True)  # type: ignore[attr-defined]  # IPython has no types
        elif handle := display(bundle, raw=True, display_id=True):  # type: ignore[no-untyped-call]  # IPython
            shown.append(handle)

    return tell


def _not_made(outcome: Outcome) -> AuditError:
    kind = CommentaryError if outcome.exit_code == CommentaryError.exit_code else NotebookError
    return kind(f"The draft was not made: {outcome.problem}")


def _link(page: Path) -> str:
    """How a notebook of the folder one stands in reaches a page."""
    try:
        return quote(Path(os.path.relpath(page)).as_posix())
    except ValueError:  # another drive of Windows
        return page.resolve().as_uri()
