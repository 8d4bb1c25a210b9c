"""The page of a gym pack, made by its notebook like every other page, and kept where nobody else looks."""

from pathlib import Path

from ilacs_audit.disk.writing import private_folder, write_whole
from ilacs_audit.domain.errors import NotebookError
from ilacs_audit.engine.jobs import Job
from ilacs_audit.engine.pool import run_jobs
from ilacs_audit.intake.gym.reading import FIXES, SENT
from ilacs_audit.intake.gym.results import results_csv
from ilacs_audit.intake.problems import Loaded
from ilacs_audit.publishing.owner.fix_lists import fix_list
from ilacs_audit.publishing.run.reports import FINISH, PREPARE

PAGE = "gym.html"


def write_results(loaded: Loaded, folder: Path, *, council: str) -> Path:
    """Write our own grades as other councils read them. Returns the file."""
    path = folder / SENT / f"gym-results-{''.join(each if each.isalnum() else '-' for each in council)}.csv"
    write_whole(path, results_csv(loaded.table))
    return path


def write_fixes(loaded: Loaded, folder: Path) -> Path | None:
    """Write what could not be counted, to be worked through; an earlier list goes. None where all was counted."""
    path = folder / FIXES
    path.unlink(missing_ok=True)
    if loaded.problems.empty:
        return None
    write_whole(path, fix_list(loaded.problems), mode=0o600)
    return path


def make_page(folder: Path, *, notebook: Path, council: str, pack: str) -> Path:
    """Run the notebook over a folder of the gym and put its page there. Raises NotebookError where it fails."""
    private_folder(folder)
    parameters = {"folder": str(folder.resolve()), "council": council, "pack": pack}
    job = Job("gym", notebook, parameters, folder / notebook.name)
    facts = {
        **{"authority": council, "period": pack, "period_words": f"Pack {pack}", "audience": "internal"},
        **{"audience_title": "For those who lead the gym only", "title": "Calibration gym", "index_href": ""},
        "staged": str(folder / PAGE),
    }
    (ended,) = run_jobs([job], finish=FINISH, finish_options={"pages": {"gym": facts}}, prepare=PREPARE)
    if ended.status != "ok":
        raise NotebookError(ended.problem or f"The notebook ended as {ended.status}.", where=notebook.name, fix=_LOOK)
    return folder / PAGE


_LOOK = "Open the notebook in the folder of the gym, which shows where it stopped."
