"""What every workspace starts with: the notebooks and the timetable, without the invented council's own rows."""

from pathlib import Path

from ilacs_audit.publishing.first.schemas import schema_line, schemas

PLAN = "data/plan.yml"
_PARTS = ("reports.yml", "data/bank_holidays.csv", "data/limits.yml")
_EMPTY = {
    PLAN: "# Your improvement plan: areas with id, title and needs. A page needs none.\nareas: []\n",
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
    books = (f"notebooks/{path.name}" for path in sorted((template / "notebooks").glob("*.ipynb")))
    copied = {name: (template / name).read_bytes() for name in (*_PARTS, *books)}
    made = {**schemas(), **{name: schema_line(name) + text for name, text in _EMPTY.items()}}
    return {**copied, **{name: text.encode() for name, text in made.items()}}


def is_untouched(programme: Path) -> bool:
    """Whether a programme is still the invented council's, as `init` laid it out."""
    example = template_folder() / "data" / "programme.yml"
    ours = programme.is_file() and programme.resolve() != example.resolve()
    return ours and programme.read_bytes() == example.read_bytes()
