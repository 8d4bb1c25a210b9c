"""The published rows of docs/methods.md, section 13: 97 numbers that somebody else printed.

Most rows test a function of ours. Rows whose function starts with a library's name, or "by hand", keep true what
methods.md says of the calls that we declined.
"""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import barnard_exact, binomtest, fisher_exact
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa
from statsmodels.stats.proportion import confint_proportions_2indep

from ilacs_audit.stats import agreement, comparison, funnel, intervals, sampling, spc, spc_rules, target

from . import oracles


def read_facts():
    for path in sorted((Path(__file__).parent / "facts").glob("*.csv")):
        with path.open(newline="") as file:
            yield from csv.DictReader(file)


def tolerance(text):
    """Split "1e-06 + rel 0.0001" into its absolute and relative part."""
    parts = {"rel": 0.0, "abs": 0.0}
    for part in text.split(" + "):
        name = "rel" if part.startswith("rel ") else "abs"
        parts[name] = float(part.removeprefix("rel "))
    return parts["abs"], parts["rel"]


def upper_limits_in_percent(failures, trials, confidence):
    limits = [intervals.upper_limit(k, trials, confidence=confidence) for k in failures]
    return [math.ceil(round(1000 * limit, 9)) / 10 for limit in limits]


def p_chart(successes, trials):
    limits = spc.p_chart_limits(successes, trials)
    seen = np.divide(successes, trials)
    outside = np.flatnonzero((seen > limits.upper) | (seen < limits.lower)) + 1
    return [limits.centre, limits.lower[0], limits.upper[0], *outside]


def p_prime_chart(successes, trials):
    limits = spc.p_prime_limits(successes, trials)
    return [limits.sigma_z, limits.lower[0], limits.upper[0]]


def xmr(values, screen=False):
    return spc.xmr_limits(values, screen=screen)[:3]


def exact_xmr(values):
    width = 3 / (2 / math.sqrt(math.pi)) * np.abs(np.diff(values)).mean()
    return [np.mean(values), np.mean(values) - width, np.mean(values) + width]


def run_ends(flags, sides, length):
    """Turn marked runs into NHSRplotthedots' marker: the side, where a run of the full length ends."""
    return [int(sides[i]) if i >= length - 1 and flags[i - length + 1 : i + 1].all() else 0 for i in range(len(flags))]


def shift_ends(values, centre):
    return run_ends(spc_rules.making_data_count(values, centre, -99, 99).shift, np.sign(values), 7)


def trend_ends(values, centre):
    steps = np.sign(np.diff(values, prepend=values[0]))
    return run_ends(spc_rules.making_data_count(values, centre, -99, 99).trend, steps, 7)


def windows(near, sides):
    """Build a series that is near a limit and on a side as told, and find the windows that qualify."""
    return spc_rules._two_of_three_windows(np.array(near, bool), np.array(sides)).astype(int)


def flagged_points(values, screen=False, **settings):
    flags = spc_rules.making_data_count(values, *xmr(values, screen), improvement="decrease", **settings)
    return {name: (np.flatnonzero(getattr(flags, name)) + 1).tolist() for name in flags._fields[:4]}


def arcsine_funnel(successes, trials):
    centre = sum(successes) / sum(trials)
    score = oracles.arcsine_scores(successes, trials)[0]
    return [centre, *oracles.arcsine_limits(centre, trials[0]), score]


def kappa_with_error(table, weights):
    found = agreement.weighted_kappa(table, weights=weights, bootstrap_below=0)
    return [found.value, found.standard_error, *found.interval]


def custom_kappas(proportions, weights):
    table = np.array(proportions) * 100
    ours = agreement.weighted_kappa(table.round().astype(int), weights="identity")
    return [ours.value, cohens_kappa(table, weights=np.array(weights)).kappa]


def even_sample(target):
    sizes = range(2, 200, 2)
    return [next(n for n in sizes if intervals.clopper_pearson_interval(n // 2, n).upper < target)]


def difference(method):
    def call(x1, n1, x2, n2):
        return confint_proportions_2indep(x2, n2, x1, n1, method=method, compare="diff")

    return call


def chi_square(table, correction):
    found = mcnemar(table, exact=False, correction=correction)
    return [found.statistic, found.pvalue]


FUNCTIONS = {
    "wilson_interval": intervals.wilson_interval,
    "clopper_pearson_interval": intervals.clopper_pearson_interval,
    "wilson_fpc_interval": intervals.wilson_fpc_interval,
    "newcombe_difference": intervals.newcombe_difference,
    "upper_limit in percent, rounded up": upper_limits_in_percent,
    "mcnemar_exact": oracles.mcnemar_exact,
    "boschloo": comparison.boschloo,
    "evidence_met": target.evidence_met,
    "evidence_missed": lambda successes, trials, target: oracles.evidence_missed(successes, trials, target),
    "p_chart_limits, and points outside": p_chart,
    "p_prime_limits": p_prime_chart,
    "xmr_limits": xmr,
    "making_data_count shift, ends of runs": shift_ends,
    "making_data_count trend, ends of runs": trend_ends,
    "two-of-three windows": windows,
    "funnel_limits": lambda **given: np.ravel(funnel.funnel_limits(**given)),
    "arcsine_scores, and by hand: arcsine limits": arcsine_funnel,
    "overdispersion": lambda successes, trials: oracles.overdispersion(successes, trials),
    "weighted_kappa, standard error": kappa_with_error,
    "false_discovery": lambda pvalues: comparison.false_discovery(pvalues).adjusted,
    "false_discovery, sorted": lambda pvalues: np.sort(comparison.false_discovery(pvalues).adjusted),
    "smallest even sample with half seen below the target": even_sample,
    "sample_size": sampling.sample_size,
    "zero_failure_size for 0, 1 and 2 failures": lambda target: [
        sampling.zero_failure_size(None, target=target, one_sided=True, failures=k) for k in (0, 1, 2)
    ],
    "by hand: binomial mid-P interval": oracles.binomial_mid_p,
    "by hand: Miettinen-Nurminen interval": oracles.miettinen_nurminen,
    "by hand: XmR with the exact constant": exact_xmr,
    "statsmodels: Wald difference": difference("wald"),
    "statsmodels: Agresti-Caffo difference": difference("agresti-caffo"),
    "statsmodels: McNemar chi-square": chi_square,
    "statsmodels: Fleiss kappa": lambda counts: fleiss_kappa(np.array(counts), method="fleiss"),
    "statsmodels: kappa with custom weights": custom_kappas,
    "scipy: Fisher": lambda x1, n1, x2, n2: fisher_exact([[x2, x1], [n2 - x2, n1 - x1]]).pvalue,
    "scipy: Barnard": lambda table: barnard_exact(table, pooled=True).pvalue,
    "scipy: two-sided binomial test": lambda **given: binomtest(**given).pvalue,
}


@pytest.mark.parametrize("fact", list(read_facts()), ids=lambda fact: fact["id"])
def test_a_published_number_is_reproduced(fact):
    inputs, expected = json.loads(fact["inputs"]), json.loads(fact["expected"])
    if fact["function"] == "making_data_count, flagged points":
        found = flagged_points(**inputs)
        assert {name: found[name] for name in expected} == expected
        return
    found = np.ravel(FUNCTIONS[fact["function"]](**inputs))
    allowed, relative = tolerance(fact["tolerance"])
    assert found.shape == np.shape(expected)
    assert (np.abs(found - expected) <= allowed + relative * np.abs(expected)).all()


def test_every_published_row_is_there_and_cites_a_source():
    facts = list(read_facts())
    assert len({fact["id"] for fact in facts}) == len(facts) == 97
    assert all(fact["source"] for fact in facts)
