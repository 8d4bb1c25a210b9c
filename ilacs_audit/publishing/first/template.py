"""What every workspace starts with: the notebooks and the timetable, without the invented council's own rows."""

from pathlib import Path

from ilacs_audit.publishing.first.schemas import schemas

_PARTS = ("reports.yml", "data/bank_holidays.csv")
_EMPTY = {
    "data/plan.yml": "# Your improvement plan: areas with id, title and needs. A page needs none.\nareas: []\n",
    ".gitignore": "outputs/\ndata/evidence/\n",
}


def template_folder() -> Path:
    """Where the example lies: inside an installed package, or at the top of a checkout."""
    package = Path(__file__).parents[2]
    installed = package / "template"
    return installed if installed.is_dir() else package.parent


def bare_workspace() -> dict[str, bytes]:
    """The files of a workspace without anybody's audits, by their path in it."""
    template = template_folder()
    books = sorted((template / "notebooks").glob("*.ipynb"))
    copied = {name: (template / name).read_bytes() for name in _PARTS}
    copied |= {f"notebooks/{path.name}": path.read_bytes() for path in books}
    copied |= {name: text.encode() for name, text in schemas().items()}
    return {**copied, **{name: text.encode() for name, text in _EMPTY.items()}}


def is_untouched(programme: Path) -> bool:
    """Whether a programme is still the invented council's, as `init` laid it out."""
    example = template_folder() / "data" / "programme.yml"
    return (
        programme.is_file()
        and programme.resolve() != example.resolve()
        and (programme.read_bytes() == example.read_bytes())
    )
