"""What every workspace starts with: the notebooks and the timetable, without the invented council's own rows.

One finished audit may stand in it to be copied: protocol, standards, headers and return of an invented dip sample.
"""

import re
from pathlib import Path

from ilacs_audit.publishing.first.schemas import schema_line, schemas

PLAN = "data/plan.yml"
_PARTS = ("reports.yml", "data/bank_holidays.csv", "data/limits.yml")
AUTHORITY = "data/example/authority.yml"
_TO_COPY, _ITS_RETURN = "consent-2024-09", "Consent dip sample*"
_ITS_COUNCIL = "# An invented council; yours will stand in data/evidence.\nname: Northmere\nexample: true\n"
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


def one_finished_audit() -> dict[str, bytes]:
    """The files of a workspace that holds one invented audit from its protocol to its return, to be copied."""
    data = template_folder() / "data"
    example, theme = data / "example", data / "standards" / f"{_TO_COPY.partition('-')[0]}.yml"
    returns = (path for path in (example / "returns" / _TO_COPY.partition("-")[2]).glob(_ITS_RETURN))
    copied = [theme, *returns]
    made = {"data/programme.yml": _its_protocol(), "data/columns.yml": _its_headers(theme), AUTHORITY: _ITS_COUNCIL}
    files = {path.relative_to(data.parent).as_posix(): path.read_bytes() for path in copied}
    return {**bare_workspace(), **files, **{name: text.encode() for name, text in made.items()}}


def _its_protocol() -> str:
    """The programme of the example with one audit; it names no area, as there is no plan yet."""
    text = (template_folder() / "data" / "programme.yml").read_text(encoding="utf-8")
    head = text[: text.index("audits:")]
    (entry,) = re.findall(rf"^  - id: {_TO_COPY}\n(?:    .*\n)+", text, re.MULTILINE)
    return head + "audits:\n" + re.sub(r"    areas: .*\n", "", entry)


def _its_headers(theme: Path) -> str:
    """What headers mean, without the standards of other themes."""
    text = (template_folder() / "data" / "columns.yml").read_text(encoding="utf-8")
    codes = "|".join(re.findall(r"^ +(?:- )?id: (\S+-\d+)$", theme.read_text(encoding="utf-8"), re.MULTILINE))
    return re.sub(rf"^  (?!(?:{codes}):)[A-Z]+\d*-\d+:\n(?:    .*\n|\n)*", "", text, flags=re.MULTILINE)


def is_untouched(programme: Path) -> bool:
    """Whether a programme is still the invented council's, as `init` laid it out."""
    example = template_folder() / "data" / "programme.yml"
    ours = programme.is_file() and programme.resolve() != example.resolve()
    return ours and programme.read_bytes() in (example.read_bytes(), _its_protocol().encode())
