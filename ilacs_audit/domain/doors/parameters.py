"""The parameters of a notebook: those that its author declared, and those that papermill handed to it."""

import ast
import sys
from itertools import pairwise
from typing import Any

from ilacs_audit.domain.errors import NotebookError, near

_HANDED = "# Parameters\n"  # how papermill begins the cell that it puts below the author's own


def assigned(source: str) -> set[str]:
    """The names that a cell gives a value. Raises SyntaxError where it is no Python.

    Read from the syntax tree: papermill's own inspection goes line by line and misses `period: str | None = None`
    and every line with `=` in its comment.

    >>> sorted(assigned("period: str = ''  # a = b" + chr(10) + "as_of = 1"))
    ['as_of', 'period']
    """
    names = set()
    for line in ast.parse(source).body:
        targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
        names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def refuse_unknown() -> None:
    """Refuse what papermill handed to the notebook that runs and its author did not declare: papermill only warns.

    Raises NotebookError. Nothing happens outside a notebook.
    """
    shell: Any = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    cells = [str(cell) for cell in shell.user_ns.get("In", ())] if shell else []
    for own, handed in pairwise(cells):
        if handed.startswith(_HANDED):
            known = assigned(own)
            for name in sorted(assigned(handed) - known):
                fix = near(name, known, otherwise=f"Its parameters are {', '.join(sorted(known)) or 'none'}.")
                raise NotebookError(f"The notebook has no parameter called {name}.", fix=fix)
