"""What the editions of services say beside the board's, beside one another, and beside earlier ones of each.

Whoever reads a service's edition has the board's paper, and may have those of other services. A file is of one team, of
one service at most, and of the council. So what the council's number leaves over, when all that is shown of services is
taken from it, is a group as well, and so are the teams of a service that the board puts together with others. Each must
be of nobody, or of as many as a service's own group. Every number that readers have ever had is tried in each place: an
edition that was corrected is in somebody's drawer still.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ilacs_audit.disclosure.ledger.differencing import Conflict, Key, ReleasedNumber, conflict, tells
from ilacs_audit.disclosure.rules import OF_NOBODY, OF_THINGS, of_actions
from ilacs_audit.domain.audiences import SERVICE, Audience, audience
from ilacs_audit.domain.counting import OTHERS
from ilacs_audit.domain.errors import bare
from ilacs_audit.domain.measures import Row

Pair = tuple[int, int]
Teams = Mapping[str, Collection[str]]  # the name of each service's edition, with its teams
_Place = tuple[Key, str, str]
_BOARD = "board"
_BY_FILES_READ = "returned"  # of those drawn nobody knows whose they were
_OF_OTHERS = OF_THINGS | {"auditors", "set_aside", "rows_read", "unread"}  # no child is counted in them
_OF_TWO_MONTHS = frozenset({"change", "impact"})
_LEFT = "Beside the board's edition and those of other services it leaves few children."


def beside(
    new: Sequence[ReleasedNumber], old: Sequence[ReleasedNumber], *, about: Audience, teams: Teams
) -> Iterator[Conflict]:
    """The new numbers of the board or of a service that leave few over beside what else is shown."""
    if teams and (about.service or about.id == _BOARD):
        rules = about if about.service else audience(next(iter(teams)))
        places = {(*each.key[:3], each.first, each.last) for each in new}
        told = _Told([*(each for each in old if (*each.key[:3], each.first, each.last) in places), *new], teams)
        counted = (each for each in new if _pair(each) and not told.tells_nobody(each))
        yield from (conflict(SERVICE, each, each.window, _LEFT) for each in counted if told.leaves_few(each, rules))


def _pair(cell: ReleasedNumber) -> Pair | None:
    """The k and n that a number tells of children; of files drawn, those that were read."""
    n = cell.k if cell.key[0] == _BY_FILES_READ else cell.n
    return None if cell.k is None or n is None else (cell.k, n)


class _Told:
    """All that readers have, by what is counted, its months and the edition."""

    def __init__(self, cells: Iterable[ReleasedNumber], teams: Teams) -> None:
        self.teams = {name: {bare(each) for each in ours} for name, ours in teams.items()}
        self.shown: dict[_Place, dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
        self.of_teams: dict[tuple[object, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for cell in cells:
            if pair := _pair(cell):
                self.shown[cell.key, cell.first, cell.last][cell.audience].append(pair)
                if cell.key[3] == "team":
                    self.of_teams[(*cell.key[:3], cell.first, cell.last)][cell.audience].append(cell.key[4])

    @staticmethod
    def tells_nobody(cell: ReleasedNumber) -> bool:
        """Whether no child is counted in a number."""
        return cell.key[0] in _OF_OTHERS or of_actions(cell.key[0]) or cell.key[3] in OF_NOBODY

    def leaves_few(self, cell: ReleasedNumber, rules: Audience) -> bool:
        """Whether a number tells few children beside the others."""
        if cell.key[3] == "team" and cell.key[4] != OTHERS:  # the board has put it together with others, or hides it
            return bool(cell.audience != _BOARD and not self._at(cell.key, cell)[_BOARD])
        if cell.key[3] == "team":
            return cell.audience != _BOARD and self._in_unseen_teams(cell, cell.audience, _last(_pair(cell)), rules)
        services = [cell.audience] if cell.audience != _BOARD else [*self.teams]
        whole = cell.key[3:] == ("all", "all")
        unseen = whole and any(
            self._in_unseen_teams(cell, name, self._at(cell.key, cell)[name][-1:], rules) for name in services
        )
        return unseen or self._of_the_council(cell, rules)

    def _at(self, key: Key, cell: ReleasedNumber) -> dict[str, list[Pair]]:
        return self.shown[key, cell.first, cell.last]

    def _of_the_council(self, cell: ReleasedNumber, rules: Audience) -> bool:
        """Whether the council's number, less one of each service, is of few in any of their tellings.

        Where a service is not shown, what is left over may be of several that are not: if all of it met the standard,
        or none, so did each of them.
        """
        here, mine = self._at(cell.key, cell), _pair(cell)
        wholes = _last(mine) if cell.audience == _BOARD else here[_BOARD]
        tellings = (_last(mine) if name == cell.audience else here[name] for name in self.teams)
        sums = {(0, 0)}
        for told in filter(None, tellings):
            sums = {(k + more, n + of) for k, n in sums for more, of in told}
        unseen = not all(_last(mine) if name == cell.audience else here[name] for name in self.teams)
        gaps = [(whole, _less(whole, [some])) for whole in wholes for some in sums - {(0, 0)}]
        return any(
            _few(cell, gap, rules) or (unseen and _one_kind(gap) and not _one_kind(whole)) for whole, gap in gaps
        )

    def _in_unseen_teams(self, cell: ReleasedNumber, name: str, whole: Sequence[Pair], rules: Audience) -> bool:
        """Whether what is shown of a service, less its teams that the board shows, is of few; and what others leave.

        A service's "others" stand for all but the teams that its own table names.
        """
        apart = (*cell.key[:3], cell.first, cell.last)
        named = {team for team in self.of_teams[apart][_BOARD] if team != OTHERS}
        if not whole or apart not in self.of_teams or not self.of_teams[apart][_BOARD]:
            return False
        own = {team for team in self.of_teams[apart][name] if team != OTHERS} if cell.key[3] == "team" else set()
        seen = [self._team(cell, team) for team in named - own if bare(team) in self.teams[name]]
        left = _less(whole[-1], seen)
        if _few(cell, left, rules):
            return True
        council = self._at((*cell.key[:3], "all", "all"), cell)
        blocks = [self._block(cell, each, named) for each in self.teams if each == name or council[each]]
        rest = (
            [_less(council[_BOARD][-1], [*(self._team(cell, team) for team in named), *blocks])]
            if council[_BOARD]
            else []
        )
        return any(_few(cell, gap, rules) for gap in rest)

    def _block(self, cell: ReleasedNumber, name: str, named: Collection[str]) -> Pair:
        """What a service has in teams that the board does not show, where its whole is shown."""
        told = self._at((*cell.key[:3], "all", "all"), cell)[name]
        ours = [self._team(cell, team) for team in named if bare(team) in self.teams[name]]
        return _less(told[-1], ours) if told else (0, 0)

    def _team(self, cell: ReleasedNumber, team: str) -> Pair:
        return self._at((*cell.key[:3], "team", team), cell)[_BOARD][-1]


def withheld_at(row: Row, places: Collection[tuple[str, ...]]) -> bool:
    """Whether a row tells something of a place (standard, group, level, month) that may not be shown.

    A change and what it shows tell two months.
    """
    ours = (row.standard_id, row.group, row.level)
    months = {place[3] for place in places if place[:3] == ours}
    return row.period in months or (row.measure in _OF_TWO_MONTHS and bool(months))


def _one_kind(pair: Pair) -> bool:
    """Whether all of some met it, or none."""
    return bool(pair[1]) and pair[0] in (0, pair[1])


def _last(pair: Pair | None) -> list[Pair]:
    return [pair] if pair else []


def _few(cell: ReleasedNumber, gap: Pair, rules: Audience) -> bool:
    return tells(ReleasedNumber(cell.key, cell.first, cell.last, *gap, rules.id), rules)


def _less(whole: Pair, parts: Iterable[Pair]) -> Pair:
    told = list(parts)
    return (whole[0] - sum(k for k, _ in told), whole[1] - sum(n for _, n in told))
