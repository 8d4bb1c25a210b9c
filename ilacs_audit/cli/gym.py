"""Commands of the calibration gym: a pack of invented extracts to grade, and what those who graded it agree on."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ilacs_audit.claims.words import counted
from ilacs_audit.cli.options import evidence_option, outputs_option, workspace_option
from ilacs_audit.publishing.first.template import template_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ilacs_audit.domain.catalogue.gym import Pack
    from ilacs_audit.intake.gym.vignettes import Extracts
    from ilacs_audit.intake.problems import Loaded
    from ilacs_audit.intake.workspace import Workspace

_EXTRACTS, _NOTEBOOK = "data/gym", "notebooks/gym.ipynb"
MOST_NAMED = 3
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--pack", "number", type=click.IntRange(1, 999), default=1, show_default=True, help="The pack's number.")
@click.option("--vignettes", "size", type=click.IntRange(min=2), default=12, show_default=True, help="Extracts in it.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The same for all your packs.")
@workspace_option
@evidence_option
@outputs_option
@click.pass_context
def gym(
    context: click.Context, number: int, size: int, seed: int, workspace: Path, evidence: Path | None, outputs: Path
) -> None:
    """Make a pack of invented extracts for auditors to grade, and a key of its own.

    A third of a pack stands in the one before it too, so that drift can be told. Filled workbooks go back into the
    folder of the key; then: ilacs-audit gym results
    """
    if context.invoked_subcommand:
        return
    from ilacs_audit.analysis.gym.packs import choose
    from ilacs_audit.intake.gym.keys import sealed
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.outputs import Outputs
    from ilacs_audit.publishing.owner.gym_pack import FOLDER, save_pack

    work = load_workspace(workspace, evidence=evidence)
    extracts = _extracts(work)
    if extracts.lacking:
        click.echo(_left_out(extracts.lacking))
        size = min(size, len(extracts.kept))
    pack = sealed(choose(extracts.kept, number=number, size=size, seed=seed), number=number, seed=seed)
    folder = Outputs(outputs).opened() / FOLDER
    for line in _made(pack, *save_pack(pack, folder)):
        click.echo(line)


def _extracts(work: "Workspace") -> "Extracts":
    """A workspace's extracts; of one without any, those that come with the package."""
    from ilacs_audit.intake.catalogue import load_standards
    from ilacs_audit.intake.gym.vignettes import load_vignettes

    own = (work.root / _EXTRACTS).is_dir()
    root = work.root if own else template_folder()
    shipped = load_standards(template_folder() / "data" / "standards")
    known = work.identifiers() if own and work.evidence.is_dir() else ()
    standards, words = work.standards if own else shipped, [each.text for each in shipped]
    return load_vignettes(root / _EXTRACTS, standards=standards, identifiers=known, known=words)


def _left_out(codes: "Sequence[str]") -> str:
    more = f" and {len(codes) - MOST_NAMED} more" if len(codes) > MOST_NAMED else ""
    told = f"{', '.join(codes[:MOST_NAMED])}{more}"
    return f"Left out: questions on {counted(len(codes), 'standard')} that data/standards does not have ({told})."


def _made(pack: "Pack", sheet: Path, key: Path) -> Iterator[str]:
    questions = sum(len(each.asked) for each in pack.vignettes)
    extracts = counted(len(pack.vignettes), "extract")
    yield f"Pack {pack.code}: {extracts}, {counted(questions, 'question')}, seed {pack.seed}."
    yield f"Wrote {sheet}: send it to your auditors."
    yield f"Wrote {key}: it holds the anchors; keep it from them until all have sent theirs."


@gym.command("results")
@click.argument("folder", type=_FOLDER, required=False)
@click.option("--council", default="Our council", show_default=True, help="Your council's name beside others.")
@click.option("--code", default="", help="The code of the pack; the last that was graded if left out.")
@workspace_option
@outputs_option
def results(folder: Path | None, council: str, code: str, workspace: Path, outputs: Path) -> None:
    """Read what auditors graded in FOLDER, and say how far they agree; the folder of the packs if left out.

    FOLDER holds keys, filled workbooks and the results that other councils sent. Makes a private page and a file of
    grades that you may send to other councils: it holds made-up reader ids and no names.
    """
    from ilacs_audit.intake.gym.reading import load_gym
    from ilacs_audit.publishing.outputs import Outputs
    from ilacs_audit.publishing.owner.gym_pack import FOLDER
    from ilacs_audit.publishing.run.gym import make_page, write_fixes, write_results

    place = folder or Outputs(outputs).private / FOLDER
    loaded = load_gym(place, council=council)
    for line in _read(loaded):
        click.echo(line)
    if fixes := write_fixes(loaded, place):
        click.echo(f"Wrote {fixes}: what could not be counted.")
    from ilacs_audit.analysis.gym.results import gym_results
    from ilacs_audit.claims.sentences.readers.gym import gym_answer

    found = gym_results(loaded.table, pack=code)
    click.echo(gym_answer(found))
    code = str(found["period"].iloc[0])
    notebook = next(each for each in (workspace, template_folder()) if (each / _NOTEBOOK).is_file()) / _NOTEBOOK
    click.echo(f"Wrote {make_page(place, notebook=notebook, council=council, pack=code)}: private, reader by reader.")
    click.echo(f"Wrote {write_results(loaded, place, council=council)}: for other councils, without a name.")


def _read(loaded: "Loaded") -> Iterator[str]:
    """How many workbooks were read, and what was not: a line a reason, with its places and what to do."""
    ours = loaded.table[loaded.table["ours"].astype(bool)]
    books = len(ours.drop_duplicates(["pack", "reader"]))
    yield f"{counted(books, 'workbook')} read, {counted(len(ours), 'grade')}."
    told = loaded.problems.astype("string").fillna("")
    for (file, sheet, message, fix), same in told.groupby(["file", "sheet", "message", "fix"], sort=False):
        at = (f"{name} {same[name].iloc[0]}" if same[name].iloc[0] else "" for name in ("row", "column"))
        more = f"and {counted(len(same) - 1, 'more row')}" if len(same) > 1 else ""
        where = ", ".join(filter(None, (str(file), str(sheet), *at, more)))
        yield f"  {where}: {message} What to do: {fix}"
