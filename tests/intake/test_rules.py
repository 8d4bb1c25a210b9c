"""Every fault is told by the table of rules, and every rule of the table is broken by some test."""

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from ilacs_audit.domain.schemas import SEVERITIES
from ilacs_audit.intake.problems import problem
from ilacs_audit.intake.rules import RULES

INTAKE = Path(__file__).parents[2] / "ilacs_audit" / "intake"
MODULES = [path for path in sorted(INTAKE.rglob("*.py")) if path.name not in ("rules.py", "problems.py")]
TESTS = [path for path in Path(__file__).parent.rglob("test_*.py") if path != Path(__file__)]
MAKERS = {"problem", "findings", "Broken"}


def nodes(path):
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


@cache
def words(path):
    return {node.value for node in nodes(path) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def calls(path):
    """Every call of a module by the name that is called, with its strings in order."""
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            yield name, [each.value for each in node.args if isinstance(each, ast.Constant)]


def fields(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_no_problem_is_made_but_from_a_rule():
    assert not [path.name for path in MODULES if "Problem" in dict(calls(path))]


def test_what_names_a_rule_names_one_of_the_table():
    named = [(path.name, strings[0]) for path in MODULES for name, strings in calls(path) if name in MAKERS and strings]
    assert len(named) > 30
    assert not [each for each in named if each[1] not in RULES]


@pytest.mark.parametrize("case", RULES)
def test_every_case_is_found_somewhere(case):
    assert any(case in words(path) for path in MODULES)


@pytest.mark.parametrize("rule", sorted({rule.id for rule in RULES.values()}))
def test_every_rule_is_broken_by_a_test(rule):
    quoted = re.compile(f"""['"]{re.escape(rule)}['"]""")
    assert any(quoted.search(path.read_text(encoding="utf-8")) for path in TESTS)


def test_a_rule_has_one_spelling():
    ids = {rule.id for rule in RULES.values()}
    assert len({each.replace("-", " ") for each in ids}) == len(ids)


def test_a_sentence_ends_and_holds_no_value_of_a_return():
    for case, rule in RULES.items():
        assert rule.severity in SEVERITIES, case
        for template in (rule.message, rule.fix):
            assert template.endswith((".", "}")), case
            assert not fields(template) & {"value", "file", "sheet", "row"}, case


def test_a_problem_says_what_its_rule_says_with_the_words_filled_in():
    told = problem("missing-return: files", came=17, intended=20, audit_id="plans-2024-11")
    assert (told.rule, told.severity) == ("missing-return", "warning")
    assert told.message == "17 of 20 files of plans-2024-11 came back."
    assert told.audit_id == "plans-2024-11"


def test_a_case_that_is_not_in_the_table_is_no_problem():
    with pytest.raises(KeyError):
        problem("missing column")
