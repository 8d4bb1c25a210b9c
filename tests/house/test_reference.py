"""Every command and every public name is written down, with a line that can be typed; the page is generated."""

import ast
import inspect
import json
import re
from doctest import DocTestParser
from functools import cache
from pathlib import Path

import click
import pytest

import ilacs_audit as ia
from ilacs_audit.cli import main

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference.md"
HOME = {name: module for module, names in ia._ROOMS.items() for name in names}
HEAD = """# Commands and names

Generated from the code (`pytest tests/house/test_reference.py --rewrite-golden`), so it is never older than it. In
the examples `work = ia.open_audit("consent-2024-11", period="2024-11", as_of="2024-11-21")`,
`month = ia.open_evidence(...)` of the same month, `page = ia.page(work, *ia.dip_sample(work))`, and `folder` is an
evidence folder, such as `data/example`. What a function is not given it takes from the audit.
"""


@cache
def in_notebooks():
    """The first call of each name in a notebook, as it stands there."""
    cells = (
        "".join(cell["source"])
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    )
    calls = (node for cell in cells for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Call))
    named = [(call.func.attr, ast.unparse(call)) for call in calls if ast.unparse(call.func).startswith("ia.")]
    return {name: said for name, said in reversed(named)}


def example(name):
    """A line that calls a name: of its docstring, or of a notebook."""
    told = inspect.getdoc(getattr(ia, name)) or ""
    tried = [" ".join(each.source.split()) for each in DocTestParser().get_examples(told)]
    typed = [*tried, *re.findall(r"^Example: `(.*)`\.$", told, re.MULTILINE)]
    return next((each for each in typed if re.search(rf"\b{name}[(.]", each)), in_notebooks().get(name, ""))


def first_line(thing):
    return (inspect.getdoc(thing) or "").partition("\n\n")[0].replace("\n", " ")


def of_commands():
    for name, command in sorted(main.commands.items()):
        words = [
            each.make_metavar(click.Context(command)) for each in command.params if isinstance(each, click.Argument)
        ]
        yield f"\n### `ilacs-audit {' '.join((name, *words))}`\n\n{command.help.split(chr(10) * 2)[0]}\n"
        options = [each for each in command.params if isinstance(each, click.Option)]
        yield "\n".join(f"- `{', '.join(each.opts)}`: {each.help}" for each in options)


def of_names():
    for room in sorted({module.partition(".")[0] for module in HOME.values()}):
        yield f"\n### {room}\n\n| name | says | such as |\n|---|---|---|"
        for name in sorted(each for each, module in HOME.items() if module.partition(".")[0] == room):
            such = f"`{example(name)}`" if example(name) else ""
            cells = (each.replace("|", "\\|") for each in (f"`ia.{name}`", first_line(getattr(ia, name)), such))
            yield f"| {' | '.join(cells)} |"


def test_the_reference_holds_every_command_and_name_as_the_code_has_them(request):
    text = "\n".join((HEAD, "## Commands", *of_commands(), "", "## Names", *of_names(), ""))
    if request.config.getoption("--rewrite-golden"):
        REFERENCE.write_text(text, encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", [name for name in sorted(HOME) if inspect.isfunction(getattr(ia, name))])
def test_every_function_has_a_line_to_type_and_its_options_exist(name):
    said = example(name)
    assert said, f"ia.{name} has no doctest, no line `Example:` and stands in no notebook."
    calls = [each for each in ast.walk(ast.parse(said)) if isinstance(each, ast.Call)]
    call = next(each for each in calls if ast.unparse(each.func).removeprefix("ia.") == name)
    known = inspect.signature(getattr(ia, name)).parameters
    loose = any(each.kind == each.VAR_KEYWORD for each in known.values())
    assert loose or {each.arg for each in call.keywords} - {None} <= {*known, "theme", "audit"}
