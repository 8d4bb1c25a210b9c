"""Let a function of plain tables be called with the one thing that holds them all.

`compliance(answers, standards=..., programme=...)` is for people who explore; `compliance(work)` is for
a report. What of the whole each option is stands once, beside the function, and its body knows nothing of it.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, overload

from ilacs_audit.domain.given import other_word

Whole = TypeVar("Whole")
Whole_in = TypeVar("Whole_in", contravariant=True)
Given = ParamSpec("Given")
Made = TypeVar("Made")
Made_out = TypeVar("Made_out", covariant=True)


class Accepting(Protocol[Whole_in, Given, Made_out]):
    """A function that takes its tables one by one, or first the whole that holds them."""

    @overload
    def __call__(self, whole: Whole_in, /, *rest: Any, **options: Any) -> Made_out: ...
    @overload
    def __call__(self, *tables: Given.args, **options: Given.kwargs) -> Made_out: ...


def accepts(
    kind: type[Whole], contents: Callable[[Whole], Mapping[str, Any]]
) -> Callable[[Callable[Given, Made]], Accepting[Whole, Given, Made]]:
    """Let the first argument be of a kind whose `contents` give the tables and options by name.

    What follows the whole is handed on as it is, and an option that is named wins over the contents.
    """

    def also(function: Callable[Given, Made]) -> Accepting[Whole, Given, Made]:
        @wraps(function)
        def called(*given: Any, **options: Any) -> Made:
            if given and isinstance(given[0], kind):
                return function(*given[1:], **{**contents(given[0]), **options})
            if given:
                other_word(given[0], kind)
            return function(*given, **options)

        return called

    return also
