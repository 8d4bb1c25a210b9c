"""Which questions decide the overall grade: the same rule on every page that names one."""

import numpy as np
import pandas as pd

from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP
from ilacs_audit.stats.intervals import newcombe_difference

MOST = 3  # questions said to decide the grade
LEVEL = 0.05


def deciding(good: pd.DataFrame, lower: pd.DataFrame) -> list[str]:
    """The questions met more often in files graded good or better than in others, by more than luck; most apart first.

    Takes a row a file and a column a question, 1 where it is met, 0 where not, missing where not asked. At most three,
    each with five files a side, where the lower end of Newcombe's range of the difference is above nought at 95% for
    all questions compared (Bonferroni); docs/methods.md 10.6.

    >>> good = pd.DataFrame({"Q-1": [1] * 20, "Q-2": [1, 0] * 10})
    >>> deciding(good, good.assign(**{"Q-1": 0}))
    ['Q-1']
    """
    (met, of_met), (rest, of_rest) = ((side.sum(), side.notna().sum()) for side in (good, lower))
    enough = (of_met >= FEWEST_IN_A_GROUP) & (of_rest >= FEWEST_IN_A_GROUP)
    counts = zip(rest.astype(int), of_rest, met.astype(int), of_met, strict=True)
    ends = [newcombe_difference(*each, confidence=1 - LEVEL / max(enough.sum(), 1)) for each in counts]
    more = np.array([each is not None and each.lower > 0 for each in ends], dtype=bool)
    apart = (met / of_met - rest / of_rest)[enough & more]
    return [str(code) for code in apart.sort_values(ascending=False, kind="stable").index[:MOST]]
