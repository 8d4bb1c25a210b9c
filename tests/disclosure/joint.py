"""An outsider who puts all measures of a page together: met, not met, not applicable and missing, teams and the whole.

Mixed-integer programming (HiGHS, by scipy). The outsider knows the rules: a level has the same files under
each standard, levels make up the whole, a shown count is 0 or at least the threshold, a rounded one is within
two of what it says, and zeros are shown, so that a hidden count is none unless its breakdown was dropped or its
group is too small. Whoever has them is given the files read and how many answers to each standard are missing,
though not whose. Where a verdict stands, only counts that give it are left; a range says nothing more
(`test_ranges.py`).
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from ilacs_audit.disclosure import rules
from ilacs_audit.stats.intervals import wilson_interval

MOST = 400
PARTS = ("met", "not met", "not applicable")
ALL = (*PARTS, "missing")
OF = {"compliance": ("met", PARTS[:2]), "not_applicable": ("not applicable", PARTS)}


class Outsider:
    """What is known of the counts of one audit, as constraints over (standard, level, part)."""

    def __init__(self, seen, about, *, missing=None, read=None):
        """`missing` are answers by standard, as far as the outsider knows; `read` the least and most files read."""
        self.about = about
        self.rows = [row for row in seen if row.measure in OF and row.level != "not shown"]
        self.dropped = {(row.measure, row.standard_id) for row in seen if row.level == "not shown"}
        self.levels_shown = {"all", *(row.level for row in self.rows if row.numerator is not None)}
        self.places, self.lines = {}, []
        standards = sorted({row.standard_id for row in self.rows})
        levels = sorted({row.level for row in self.rows})
        for standard in standards:
            for level in levels:
                self._same_files(standard, standards[0], level)
            for part in ALL if len(levels) > 1 else ():
                rest = [((standard, level, part), 1) for level in levels if level != "all"]
                self._line([*rest, ((standard, "all", part), -1)], 0, 0)
            self._line([((standard, "all", "missing"), 1)], 0, (missing or {}).get(standard, 0))
            if read:
                self._line([((standard, "all", part), 1) for part in ALL], *read)
        for row in self.rows:
            self._told(row)

    def bounds(self, standard, level, *parts):
        """The least and the most that a count, or several together, can be, given all that is shown."""
        aim = np.zeros(len(self.places))
        for part in parts:
            aim[self.places[standard, level, part]] = 1
        return tuple(round(sign * self._solved(sign * aim)) for sign in (1, -1))

    def _solved(self, aim):
        matrix = np.zeros((len(self.lines), len(self.places)))
        for number, (terms, _, _) in enumerate(self.lines):
            for name, factor in terms:
                matrix[number, self.places[name]] += factor
        low, high = ([line[end] for line in self.lines] for end in (1, 2))
        most = [1 if name[0] in ("some", "pair") else MOST for name in self.places]
        found = milp(aim, constraints=LinearConstraint(matrix, low, high), bounds=Bounds(0, most), integrality=1)
        assert found.status == 0, "What is shown contradicts itself, or the outsider knows something untrue."
        return found.fun

    def _line(self, terms, low, high):
        for name, _ in terms:
            self.places.setdefault(name, len(self.places))
        self.lines.append((terms, low, high))

    def _same_files(self, standard, first, level):
        terms = [((standard, level, part), 1) for part in ALL]
        self._line([*terms, *(((first, level, part), -1) for part in ALL if standard != first)], 0, MOST)
        if standard != first:
            self.lines[-1] = (self.lines[-1][0], 0, 0)

    def _told(self, row):
        """What a row says: its k, its n, and what is left of n, each of them 0 or large enough to be shown."""
        part, of = OF[row.measure]
        inside, whole = [part], list(of)
        for parts, count in ((inside, row.numerator), (whole, row.denominator)):
            if count is not None:
                slack = self.about.rounded_to // 2 if count else 0
                self._line([((row.standard_id, row.level, each), 1) for each in parts], count - slack, count + slack)
        if row.numerator is not None and getattr(row, "verdict", ""):
            self._judged(row, part, whole)
        if row.numerator is None and row.measure == "compliance":
            self._line([((row.standard_id, row.level, each), 1) for each in whole], 1, MOST)
        if row.numerator is None and rules.protected(row, self.about) and self._hides_no_zero(row):
            rest = [each for each in whole if each != part] if row.measure == "compliance" else []
            for parts in (inside, *([rest] if rest else [])):
                self._some_unless_few(row, parts, whole)
        if row.numerator is not None and rules.protected(row, self.about):
            for parts in (inside, [each for each in whole if each != part]):
                self._nothing_or_enough(row, parts)

    def _judged(self, row, part, whole):
        """The counts are one of the pairs that round to what is shown and give its verdict."""
        slack = self.about.rounded_to // 2
        near = [range(max(0, count - slack), count + slack + 1) for count in (row.numerator, row.denominator)]
        pairs = [(k, n) for k in near[0] for n in near[1] if 0 < n >= k and judged(k, n, row.target) == row.verdict]
        names = [(("pair", row.standard_id, row.level, *pair), pair) for pair in pairs]
        self._line([(name, 1) for name, _ in names], 1, 1)
        for parts, place in (([part], 0), (whole, 1)):
            counted = [((row.standard_id, row.level, each), -1) for each in parts]
            self._line([*counted, *((name, pair[place]) for name, pair in names)], 0, 0)

    def _hides_no_zero(self, row):
        """Whether a row that is hidden holds somebody: a total may go with its breakdown, a rest with its base."""
        if row.measure == "not_applicable" and row.level != "all":
            return False
        public_total = row.level == "all" and self.about.protects == "all"
        dropped = (row.measure, row.standard_id) in self.dropped and not public_total
        return row.level in self.levels_shown and not dropped

    def _some_unless_few(self, row, parts, whole):
        few = ("some", "few", row.measure, row.standard_id, row.level)
        self._line([*(((row.standard_id, row.level, each), 1) for each in parts), (few, MOST)], 1, np.inf)
        most = self.about.smallest_count - 1
        self._line([*(((row.standard_id, row.level, each), 1) for each in whole), (few, MOST)], -np.inf, most + MOST)

    def _nothing_or_enough(self, row, parts):
        some = ("some", row.measure, row.standard_id, row.level, tuple(parts))
        terms = [((row.standard_id, row.level, each), 1) for each in parts]
        self._line([*terms, (some, -self.about.smallest_count)], 0, np.inf)
        self._line([*terms, (some, -MOST)], -np.inf, 0)


def judged(met, read, target):
    """The verdict on so many met of so many read, in practice generally."""
    lower, upper = wilson_interval(met, read)
    return "met" if lower >= target else "not met" if upper < target else "cannot tell"
