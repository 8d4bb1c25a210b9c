"""Learn the weights by which a statement reads as a claim on practice, from the sentences that people labelled.

    python -m benchmarks.prose_weights

writes ilacs_audit/claims/prose/weights.txt. With `--leave-out` it writes nothing: it leaves out one author after the
other, learns from the rest, and prints what the whole check does with the sentences of the one left out.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from benchmarks.prose import ABOUT, AUTHORS, LISTS, NOVEMBER, SENTENCES, findings_of, of_november, problems, written
from ilacs_audit.claims.prose import score
from ilacs_audit.claims.prose.linter import heard
from ilacs_audit.claims.words import percent

KEPT = 14000
_SEEN = 2  # a word said once says nothing
_PENALTY = 2.0
_WIDTH = 118
WEIGHTS = "weights.txt"


class Taught(NamedTuple):
    """A labelled sentence, the page that it is about, and who wrote it."""

    author: str
    page: str
    text: str
    claim: bool
    style: str = ""


def taught() -> list[Taught]:
    """Every labelled sentence of the tests, once for each page."""
    return list({(each.page, each.text): each for each in _all()}.values())


def _all() -> Iterator[Taught]:
    for name, author in AUTHORS.items():
        for each in of_november(name):
            yield Taught(author, ABOUT.get(name, NOVEMBER), each.text, each.label == "stop", each.style)
    for said in written():
        yield Taught("the rules' author", said.page, said.text, not said.borne, said.style)
    for name in ("later", "passing"):
        for line in _lines(f"{name}.tsv"):
            label, text = line.split("\t")
            yield Taught(f"the rules' author, {name}", NOVEMBER, text, label == "stop", "board")
    for name, claim in (("unsupported", True), ("supported", False)):
        for line in _lines(f"../adversarial/{name}.txt"):
            yield Taught("the rules' author, first", LISTS, line.replace("\\u00ad", ""), claim, "board")
    for texts, claim in _of_tests():
        for text in texts:
            yield Taught("the rules' author, first", LISTS, text, claim, "board")
    for line in _lines("paper.tsv"):
        label, _, text = line.split("\t")
        yield Taught("the source paper", "con", text, label == "claim", "board")


def _of_tests() -> Iterator[tuple[Sequence[str], bool]]:
    from ilacs_audit.claims.sentences.headlines import headline
    from ilacs_audit.claims.sentences.sentences import sentence
    from ilacs_audit.domain.measures import rows
    from tests.claims.prose import test_linter, test_unseen

    table, names = test_linter.FINDINGS.table, {code: name[0] for code, name in test_linter.NAMES.items()}
    own = [sentence(row, about=names[row.standard_id]) for row in rows(table) if row.standard_id]
    yield [headline(table, names=names), *own], False
    yield from ((test_linter.UNSUPPORTED, True), (test_linter.SUPPORTED, False))
    for claim, name in product((True, False), ("MENDED", "UNSEEN")):
        yield getattr(test_unseen, f"{name}_{'UN' if claim else ''}SUPPORTED"), claim


def _lines(name: str) -> list[str]:
    return (SENTENCES / name).read_text(encoding="utf-8").splitlines()


@cache
def examples(said: Taught) -> frozenset[str]:
    """What is learnt from a sentence: what the check would weigh."""
    weighed = heard(said.text, findings_of(said.page))
    return frozenset(name for claims, signs in weighed for name in (*score.features(claims), *signs))


def learn(said: Sequence[Taught]) -> dict[str, float]:
    """The weights that tell claims from others best: logistic, both kinds of equal weight, small weights preferred."""
    rows = [(examples(one), one.claim) for one in said if examples(one)]
    seen = Counter(name for each, _ in rows for name in each)
    names = sorted(name for name, times in seen.items() if times >= _SEEN)
    first = _fitted(rows, names)
    strength = sorted(names, key=lambda name: (-abs(first[name]) * seen[name] ** 0.5, name))
    return _fitted(rows, sorted(strength[:KEPT]))


def _fitted(rows: Sequence[tuple[frozenset[str], bool]], names: Sequence[str]) -> dict[str, float]:
    place = {name: at for at, name in enumerate(names)}
    known = [sorted(place[name] for name in each if name in place) for each, _ in rows]
    values = [score.SCALE / max(len(each), 1) ** 0.5 for each in known for _ in each]
    ends = np.cumsum([0, *map(len, known)])
    table = csr_matrix((values, [at for each in known for at in each], ends), shape=(len(rows), len(names)))
    truth = np.array([claim for _, claim in rows], dtype=float)
    share = np.where(truth == 1, len(truth) / 2 / truth.sum(), len(truth) / 2 / (1 - truth).sum())
    telling = _telling(table, truth)
    table = table @ diags(telling)

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = at[:-1], at[-1]
        margin = table @ weights + bias
        off = share * (1 / (1 + np.exp(-margin)) - truth)
        cost = (share * (np.logaddexp(0, margin) - truth * margin)).sum() + weights @ weights / 2 / _PENALTY
        return float(cost), np.append(table.T @ off + weights / _PENALTY, off.sum())

    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {**dict(zip(names, found[:-1] * telling, strict=True)), "bias": float(found[-1])}


def _telling(table: csr_matrix, truth: np.ndarray) -> np.ndarray:
    """How much more often each name stands in claims than in others or the other way: what tells little, moves little.

    Wang and Manning, Baselines and Bigrams (2012).
    """
    stands = table > 0
    claims, others = stands.T @ truth + 1, stands.T @ (1 - truth) + 1
    telling: np.ndarray = np.abs(np.log(claims / claims.sum() / (others / others.sum()))) ** 0.5
    return telling


def printed(weights: Mapping[str, float]) -> str:
    """The weights in hundredths, as many to a line as it holds."""
    lines = [""]
    for name, weight in sorted(weights.items()):
        pair = f"{name} {round(100 * weight)}"
        if len(lines[-1]) + len(pair) + 2 > _WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]}  {pair}" if lines[-1] else pair
    return "\n".join(lines) + "\n"


def left_out(said: Sequence[Taught]) -> Iterator[str]:
    """What the check does with each author's sentences by weights learnt from all others, as lines of Markdown."""
    yield "| Left out | Over-claims that passed | of them machine-drafted | Others that were stopped |"
    yield "|---|---|---|---|"
    for author in dict.fromkeys(each.author for each in said):
        ours = [each for each in said if each.author == author]
        passed, stopped = judged(ours, learn([each for each in said if each.author != author]))
        claims = sum(each.claim for each in ours)
        others = len(ours) - claims
        told = f"{len(passed)} of {claims} ({percent(len(passed) / claims)})"
        drafted = [sum(each.style == "machine" and each.claim for each in some) for some in (passed, ours)]
        least = f"{len(stopped)} of {others} ({percent(len(stopped) / others)})"
        yield f"| {author} | {told} | {drafted[0]} of {drafted[1]} | {least} |"


def judged(said: Sequence[Taught], weights: Mapping[str, float]) -> tuple[list[Taught], list[Taught]]:
    """The over-claims that pass and the others that are stopped by these weights."""
    with patch.object(score, "weights", lambda: weights):
        wrong = [each for each in said if bool(problems(each.text, each.page)) != each.claim]
    return [each for each in wrong if each.claim], [each for each in wrong if not each.claim]


def main(arguments: Sequence[str] = ()) -> int:
    """Learn from everybody and write the weights, or leave one author out after the other and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leave-out", action="store_true")
    if parser.parse_args(arguments).leave_out:
        for line in left_out(taught()):
            print(line, flush=True)
        return 0
    path = SENTENCES.parents[3] / "ilacs_audit" / "claims" / "prose" / WEIGHTS
    path.write_text(printed(learn(taught())), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
