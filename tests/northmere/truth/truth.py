"""The planted truth: what each audit of Northmere must come to, whatever the seed.

A test that recomputes a figure compares it with this table and not with the generator's code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Truth:
    """One audit as it must be counted.

    `counted` files carry the results: `results` is standard id -> (files that meet it, files it
    applies to). `aside` is what stands in the return beyond what counts, by rule: a file taken
    out, a repeated row, a second reading that is none.
    `grades` lists how many files have each overall grade, best first.
    """

    audit_id: str
    drawn: int
    counted: int
    results: Mapping[str, tuple[int, int]]
    grades: tuple[int, int, int, int] | None = None
    moderated: int = 0
    down: int = 0
    aside: Mapping[str, int] = field(default_factory=dict)

    @property
    def returned(self) -> int:
        """The returns that came in: those counted, and those that a person took out."""
        return self.counted + self.aside.get("own-case", 0)


def _every(prefix: str, files: int, met: list[int], **applies: int) -> dict[str, tuple[int, int]]:
    """Results for standards numbered from 1, all files applying unless `n<number>` says fewer."""
    return {f"{prefix}-{at}": (count, applies.get(f"n{at}", files)) for at, count in enumerate(met, start=1)}


def _consent(files: int, met: Mapping[int, int], *, withdrawn: int, old_enough: int) -> dict[str, tuple[int, int]]:
    """Consent: four standards apply where consent was withdrawn, one where the child is old enough."""
    applies = {3: withdrawn, 4: withdrawn, 5: withdrawn, 7: old_enough, 8: withdrawn}
    return {f"CON-{at}": (count, applies.get(at, files)) for at, count in met.items()}


_SEPTEMBER = (
    Truth(
        "consent-2024-09",
        20,
        20,
        _consent(20, {1: 9, 2: 13, 3: 4, 4: 4, 6: 14, 7: 9, 8: 5, 9: 15}, withdrawn=11, old_enough=17),
    ),
    Truth(
        "plans-2024-09",
        22,
        20,
        _every("PLN", 20, [13, 10, 7, 11, 12, 13, 6, 7, 15, 8, 9], n7=15, n8=16),
        grades=(0, 7, 10, 3),
        moderated=4,
        down=1,
    ),
    Truth("s47-2024-09", 24, 24, _every("S47", 24, [14, 12, 15, 13, 9, 13, 11, 12])),
    Truth("recording-2024-09", 30, 30, _every("REC", 30, [17, 18, 21, 16, 23, 24, 8, 17], n7=14)),
    Truth("referrals-2024-09", 30, 30, _every("REF", 30, [25, 26, 14, 18, 14, 15, 12], n6=26, n7=17)),
    Truth("supervision-2024-09", 32, 31, _every("SUP", 31, [21, 22, 21, 18, 17, 12, 13, 21, 8, 20], n9=24)),
)
_OCTOBER = (
    Truth(
        "daat-2024-10",
        42,
        40,
        _every("ASM", 40, [31, 19, 24, 27, 14, 25, 33, 22, 17], n9=26),
        grades=(0, 16, 19, 5),
        moderated=5,
        down=1,
    ),
    Truth("referrals-2024-10", 30, 30, _every("REF", 30, [30, 27, 29, 20, 15, 17, 13], n6=25, n7=16)),
)
_NOVEMBER = (
    Truth(
        "consent-2024-11",
        20,
        17,
        _consent(17, {1: 12, 2: 16, 3: 7, 4: 8, 5: 7, 6: 17, 7: 14, 8: 7, 9: 17}, withdrawn=10, old_enough=15),
        grades=(1, 11, 4, 1),
        moderated=5,
        down=2,
        aside={"own-case": 1},
    ),
    Truth(
        "consent-closures-2024-11",
        12,
        12,
        _consent(12, {1: 8, 2: 9, 3: 7, 4: 9, 5: 10, 6: 10, 7: 7, 8: 8, 9: 10}, withdrawn=12, old_enough=9),
    ),
    Truth(
        "plans-2024-11",
        64,
        57,
        _every("PLN", 57, [40, 31, 24, 34, 38, 41, 22, 24, 47, 26, 30], n7=44, n8=46),
        grades=(2, 25, 24, 6),
        moderated=15,
        down=4,
    ),
    Truth(
        "assessments-2024-11",
        20,
        18,
        _every("ASM", 18, [11, 8, 10, 11, 7, 10, 14, 9, 6], n9=13),
        grades=(0, 6, 8, 3),  # and one grade that is on no scale
        moderated=5,
        down=1,
        aside={"same-moderator": 1},
    ),
    Truth("visits-2024-11", 40, 38, _every("VIS", 38, [31, 19, 15, 13, 20, 24, 22, 14], n2=31, n7=30)),
    Truth("supervision-2024-11", 36, 34, _every("SUP", 34, [30, 28, 29, 21, 20, 14, 16, 24, 10, 27], n9=26)),
    Truth("strategy-2024-11", 24, 24, _every("STR", 24, [23, 19, 20, 17, 22, 18])),
    Truth("s47-2024-11", 30, 30, _every("S47", 30, [20, 17, 21, 19, 14, 19, 16, 17])),
    Truth(
        "recording-2024-11",
        36,
        34,
        _every("REC", 34, [22, 20, 25, 19, 27, 29, 9, 21], n1=33, n2=33, n3=33, n4=33, n5=33, n7=17, n8=33),
        grades=(1, 15, 14, 4),
    ),
    Truth(
        "daat-2024-11",
        42,
        40,
        _every("ASM", 40, [33, 20, 25, 28, 30, 29, 33, 24, 18], n9=27),
        grades=(1, 22, 15, 2),
        moderated=5,
        down=1,
    ),
    Truth(
        "referrals-2024-11",
        30,
        30,
        _every("REF", 30, [25, 27, 29, 21, 14, 18, 14], n6=26, n7=16),
        moderated=6,
        aside={"duplicate": 1},
    ),
)

TRUTH: Mapping[str, Truth] = {each.audit_id: each for each in (*_SEPTEMBER, *_OCTOBER, *_NOVEMBER)}

INDEPENDENT: Mapping[str, tuple[int, int]] = _every("STR", 24, [23, 18, 19, 16, 21, 16])
AGENCY_RETURNS: Mapping[str, int] = {
    "Children's social care": 24,
    "Police": 19,
    "Health": 15,
    "Education": 17,
    "Independent auditor": 24,
}
# Of those that came the police call so many met, where auditors call 13 of the same met.
NEVER_REACHED: Mapping[str, tuple[str, int]] = {"Police": ("STR-6", 4)}
