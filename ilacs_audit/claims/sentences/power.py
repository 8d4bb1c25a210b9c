"""The power card: what a number of files can and cannot show, said before the first one is read.

Most disappointment with an audit is settled in its plan. The card is printed by `ilacs-audit plan` and on
the protocol of a draw, so that nobody can later be surprised by "cannot tell" (methods, 6.2 and 11.3).
"""

from dataclasses import dataclass

from ilacs_audit.claims.words import counted, percent, plural, points
from ilacs_audit.domain import given
from ilacs_audit.stats.intervals import upper_limit
from ilacs_audit.stats.sampling import detectable_change, sample_size, sample_size_change, zero_failure_size
from ilacs_audit.stats.target import decisive_counts, needed

MARGIN = 0.10
_DECIDED = (
    "The size is decided before the first file is read: whoever looks, reads on and looks again is wrong more often "
    "than 2.5% a side. To look after every file: --until-known, and stopping: sequence."
)
_CLUSTERS = "All of this is for files drawn one by one, whoever holds them; a draw by worker or family needs more."


@dataclass(frozen=True)
class PowerCard:
    """What `files` of a list of `population` can show; `lines` say it, and the rest is None where nothing can be."""

    files: int | None
    population: int | None
    target: str | None
    before: float | None
    after: float | None
    margin: float
    expected: float
    asked: int | None = None

    @property
    def per_round(self) -> int | None:
        """The size each of two rounds needs for the stated aim."""
        return None if self.before is None or self.after is None else sample_size_change(self.before, self.after)

    @property
    def for_margin(self) -> int:
        """The size that gives a share to within the margin."""
        return sample_size(self.population, margin=self.margin)

    @property
    def own_margin(self) -> float | None:
        """The finest whole-point margin that this many files reach at a share of one half."""
        if not self.files:
            return None
        margins = (size / 100 for size in range(1, 100))
        return next((each for each in margins if sample_size(self.population, margin=each) <= self.files), 1.0)

    @property
    def rise(self) -> float | None:
        """The smallest rise that two rounds of so many files would show four times in five."""
        return detectable_change(self.files, self.files, self.expected) if self.files else None

    @property
    def clean(self) -> int | None:
        """The fewest files that show that the target is met if all of them meet it."""
        return zero_failure_size(self.population, target=self.target) if self.target else None

    def lines(self) -> tuple[str, ...]:
        """The card as sentences, in the order in which a planner asks."""
        share = f"To know a share to within {points(self.margin)} either way: {counted(self.for_margin, 'file')}"
        parts = (
            self._all_there_are(),
            self._aim(),
            f"{share}{self._of()}.",
            *self._sample(),
            self._target(),
            _DECIDED if self.target else "",
            self._change(),
            _CLUSTERS,
        )
        return tuple(part for part in parts if part)

    def _of(self) -> str:
        return f" of {self.population:,} to draw from" if self.population is not None else " (no list)"

    def _all_there_are(self) -> str:
        """That fewer can be read than were asked for, so that no line below is taken to speak of those."""
        if self.asked is None or self.asked == self.files:
            return ""
        return (
            f"{counted(self.asked, 'file')} were asked for; the list holds {self.population:,}, so all of it is read."
        )

    def _aim(self) -> str:
        """Tell 60 from 80: the size each round needs, and whether the files to be read are enough."""
        needs = self.per_round
        if needs is None or self.before is None or self.after is None:
            return ""
        beyond = ", more than the list holds" if self.population is not None and needs > self.population else ""
        aim = f"To tell {percent(self.before)} from {percent(self.after)}: {needs:,} files in each round{beyond}."
        if self.files is None:
            return aim
        enough = "enough." if self.files >= needs else "not enough: expect to read 'cannot tell'."
        return f"{aim} {counted(self.files, 'file')} {'is' if self.files == 1 else 'are'} {enough}"

    def _sample(self) -> tuple[str, ...]:
        """The margin that the files planned give, and what finding no failure in them still allows."""
        if not self.files:
            return ()
        if self.files == self.population:
            return (f"{counted(self.files, 'file')} are the whole list: the count itself is the answer.",)
        allowed = upper_limit(0, self.files, population=self.population) or 0
        most = (
            percent(allowed) if self.population is None else f"{counted(int(allowed), 'child')} of {self.population:,}"
        )
        within = f"{'gives' if self.files == 1 else 'give'} a share to within about {points(self.own_margin or 1)}."
        margin = f"{counted(self.files, 'file')}{self._of()} {within}"
        return margin, f"If none of {self.files:,} fails, up to {most} may still fail (95% limit)."

    def _target(self) -> str:
        """Which counts would decide the target, and how many files could show it."""
        if self.target is None:
            return ""
        whole = needed(self.target, 1000)  # as a person wrote it: 92.5% stays 92.5%
        target = f"{whole // 10}% target" if whole % 10 == 0 else f"{whole / 10:.1f}% target"
        least = f"at least {counted(self.clean, 'file')}, all meeting it, to show that it is met." if self.clean else ""
        if not self.files:
            return f"{target}: {least or 'no sample can show that it is met.'}"
        decisive = decisive_counts(self.files, self.target, population=self.population)
        missed = f"not met up to {decisive.not_met}" if decisive.not_met is not None else "never not met"
        opening = f"{target} with {counted(self.files, 'file')}"
        if decisive.met is not None:
            return f"{opening}: met only from {decisive.met} of {self.files}; {missed}."
        never = f"{opening}: never met, even if all {self.files} meet it; {missed}."
        return f"{never} It takes {least}" if least else never

    def _change(self) -> str:
        """The smallest rise that two rounds of so many files would show."""
        if not self.files:
            return ""
        rise = self.rise
        rounds = f"Two rounds of {self.files:,} {plural('file', self.files)}, starting from {percent(self.expected)},"
        if rise is None:
            return f"{rounds} cannot show any rise, not even one to 100%."
        return f"{rounds} show a rise of about {points(rise)} four times in five."


def power_card(
    files: int | None = None,
    *,
    population: int | None = None,
    target: str | None = None,
    before: float | None = None,
    after: float | None = None,
    margin: float = MARGIN,
    expected: float = 0.5,
) -> PowerCard:
    """Work out, before auditing, what this many files can and cannot show.

    Parameters
    ----------
    files
        The number planned; without it the card gives sizes only.
    population
        The number on the list; without it the card speaks of practice in general.
    target
        The target as it is written, such as "0.9".
    before, after
        The aim: to tell one share from another in two rounds.
    margin
        The precision wanted for one share.
    expected
        The share to start from: where the sample is least certain if nothing is known, one half.

    >>> power_card(before=0.6, after=0.8).per_round
    82
    >>> power_card(population=100, margin=0.10).for_margin
    50
    >>> power_card(12, population=60, target="0.9").lines()[2]
    'If none of 12 fails, up to 11 children of 60 may still fail (95% limit).'
    """
    # 80 may have meant 80%.
    given.count(files, "files", least=1)
    given.count(population, "population", least=1)
    given.written_share(target, "target")
    for name, value in {"before": before, "after": after, "margin": margin, "expected": expected}.items():
        given.share(value, name)
    planned = min(files, population) if files is not None and population is not None else files
    level = expected if before is None else before
    return PowerCard(planned, population, target, before, after, margin, level, files)


def card_words(files: int | None, *, target: str | None = None) -> tuple[str, str, str]:
    """The card of a round in a line of a table: how near a share, what rise, and from which count a target is met.

    >>> card_words(60, target="0.9")
    ('13 points', '25 points', '59 of 60')
    """
    if not files:
        return ("cannot tell",) * 3
    card = power_card(files, target=target)
    met = decisive_counts(files, target).met if target else None
    least = f"no count of {files}" if met is None else f"{met} of {files}"
    rise = "none that it could show" if card.rise is None else points(card.rise)
    return points(card.own_margin or 1), rise, least if target else "no target"
