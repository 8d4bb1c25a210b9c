"""What the documents promise is there: commands, codes, links, words about every room."""

import ast
import re
import subprocess
from pathlib import Path

import click
import pytest
import yaml

from ilacs_audit.cli import main
from ilacs_audit.domain import errors

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    [*(ROOT / "docs").glob("*.md"), *(ROOT / "data").glob("*.md")]
)
MODULES = sorted((ROOT / "ilacs_audit").rglob("*.py"))
BY_HAND_NEVER = {"intake", "index"}
INDEX_HOSTS = re.compile(r"pypi\.org|pythonhosted|index-url|artifactory|devpi|://[^\s/]*/simple", re.I)
OUTSIDE = re.compile("(?<![\\w.])/" + r"(?:work|home|root|Users)/\w")


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def commands(text):
    """The subcommands of ilacs-audit that a text names, with their options."""
    found = re.findall(r"ilacs-audit ([a-z]+)([^`\n|]*)", text)
    return [(name, re.findall(r"--[a-z-]+", rest)) for name, rest in found]


def code_table():
    return {int(code): words for code, words in re.findall(r"\| (\d+) \| ([^|]+) ", README)}


def family(kind):
    return {kind}.union(*(family(each) for each in kind.__subclasses__()))


def test_every_command_of_the_readme_exists_with_its_options():
    named = commands(README)
    assert named
    for name, options in named:
        assert name in main.commands, name
        known = {each for option in main.commands[name].params for each in option.opts}
        assert set(options) <= known, f"{name}: {set(options) - known}"


def test_every_command_a_person_types_stands_in_the_readme():
    named = {each for each, _ in commands(README)}
    assert set(main.commands) - BY_HAND_NEVER <= named


@pytest.mark.parametrize("command", main.commands.values(), ids=lambda each: each.name)
def test_every_command_and_option_has_help(command):
    assert command.help
    assert command.help.splitlines()[0].endswith(".")
    assert [option.name for option in command.params if isinstance(option, click.Option) and not option.help] == []


def test_every_make_target_of_the_readme_exists():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    asked = set(re.findall(r"^make ([a-z]+)", README, re.M)) | set(re.findall(r"`make ([a-z]+)`", README))
    assert {"report", "test"} <= asked <= set(targets)


def test_the_table_of_exit_codes_is_that_of_the_errors():
    ours = {kind.exit_code for kind in family(errors.AuditError)}
    assert set(code_table()) == ours | {0}


@pytest.mark.parametrize("kind", sorted(family(errors.AuditError), key=lambda each: each.exit_code))
def test_every_error_says_what_it_is_for(kind):
    assert kind.__doc__


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_why_it_exists(path):
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert said.splitlines()[:1] and said.splitlines()[0].endswith((".", "?", ":")), "The first line is a sentence."


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_resolve(path):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8"))
    targets = [(path.parent / link).resolve() for link in links if "://" not in link]
    missing = {str(each.relative_to(ROOT)) for each in targets if not each.exists()}
    assert missing == set()


def test_every_picture_is_shown_somewhere_said_in_words_and_light():
    shown = [
        ((path.parent / picture).resolve(), words)
        for path in DOCUMENTS
        for words, picture in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    ]
    there = {*(ROOT / "docs" / "pictures").iterdir()}
    assert {path for path, _ in shown} == there != set()
    assert [path.name for path, words in shown if len(words.split()) < 8] == []
    assert [path.name for path in there if path.stat().st_size > 120_000] == []


def test_no_file_names_a_package_index_or_a_folder_of_one_machine():
    found = {}
    for path in tracked():
        if path == Path(__file__) or path.suffix in {".xlsx", ".parquet", ".png", ".ico"}:
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        hits = INDEX_HOSTS.findall(text) + OUTSIDE.findall(text)
        if hits:
            found[str(path.relative_to(ROOT))] = hits[:3]
    assert found == {}


def test_every_mark_that_quiets_a_tool_says_why_beside_it():
    mark = re.compile(
        r"# (?:noqa: \w+|type: ignore\[[\w,-]+\]|fmt: \w+|pragma: [\w ]+)(.*)$|skip(?:if)?\((.*)\)$", re.M
    )
    marks = [
        (path.name, hit[0], hit[1] or hit[2])
        for path in tracked()
        if path.suffix == ".py" and path.name != Path(__file__).name
        for hit in mark.finditer(path.read_text(encoding="utf-8"))
    ]
    assert len(marks) > 60
    assert [(name, text) for name, text, why in marks if not re.search(r"[a-z]{2,}", why or "")] == []


def test_every_notebook_is_listed_or_for_exploring():
    reports = yaml.safe_load((ROOT / "reports.yml").read_text(encoding="utf-8"))
    listed = {each.get("notebook", name) for name, each in reports.items()}
    assert listed | {"explore", "gym"} == {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}


def test_each_of_the_forty_outputs_has_a_state_and_names_only_what_is_there():
    """Built and partly name a report or a command; what is not whole says why."""
    reports = yaml.safe_load((ROOT / "reports.yml").read_text(encoding="utf-8"))
    lines = [
        line.strip("| ").split(" | ")
        for line in (ROOT / "docs/outputs.md").read_text("utf-8").splitlines()
        if line.startswith("| B")
    ]
    assert [line[0] for line in lines] == [f"B{number}" for number in range(1, 41)]
    for output, _, state, *rest in lines:
        named = re.findall(r"`([^`]+)`", rest[0]) if rest else []
        where = [each for each in named if each in reports or each.startswith("ilacs-audit ")]
        every = bool(rest) and rest[0].startswith("every report")
        assert state in ("built", "partly", "not built"), output
        assert (state == "not built") == (not named and not every), output
        assert named == where, output
        assert state == "built" or rest[-1].strip(" |"), output
