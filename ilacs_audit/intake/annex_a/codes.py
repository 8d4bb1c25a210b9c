"""The codes of Ofsted's Annex A, with the spellings that systems write them in.

A code comes bare, behind a letter ("b) Female"), with its words after a colon or a dash, or as
its words alone. All of these are one code; anything else is reported, never guessed.
"""

import re
from collections.abc import Mapping

from ilacs_audit.intake.cells.spelling import clean, fold, named_words

_LETTER = re.compile(r"^[a-z]{1,2}\) ?", re.IGNORECASE)
_CODED = re.compile(r"^([A-Z0-9]{1,7}) ?[:–-] ?(.+)$", re.IGNORECASE)


# For each list its codes, as "code: its words". What is written in small letters is a word of its own.
_TEXT = """
gender = male | male: M | female | female: F | not stated: not stated/recorded | unknown | unknown: U | neither
ethnicity = WBRI | WIRI | WIRT | WOTH | WROM | MWBC | MWBA | MWAS | MOTH | AIND | APKN | ABAN | AOTH | BCRB | BAFR |
    BOTH | CHNE | OOTH | REFU | NOBT | UNKNOWN
source = 1A: Individual | 1B: Individual | 1C: Individual | 1D: Individual | 2A: Schools | 2B: Education services |
    3A: Health services | 3B: Health services | 3C: Health services | 3D: Health services | 3E: Health services |
    3F: Health services | 4: Housing | 5A: LA services | 5B: LA services | 5C: LA services | 6: Police |
    7: Other legal agency | 8: Other | 9: Anonymous | 10: Unknown
need = N1: Abuse or neglect | N1: Abuse, neglect and exploitation |
    N2: Child's disability | N3: Parental disability or illness |
    N4: Family in acute stress | N5: Family dysfunction | N6: Socially unacceptable behaviour | N7: Low income |
    N8: Absent parenting | N9: Cases other than children in need | N0: Not stated
closure = RC1: Adopted | RC2: Died | RC3: Child arrangements order | RC4: Special guardianship order |
    RC5: Transferred to services of another local authority | RC6: Transferred to adult social care services |
    RC7: Services ceased for any other reason, including child no longer in need |
    RC8: Case closed after assessment, no further action | RC9: Case closed after assessment, referred to early help
status = care: Looked after child | child protection: Child Protection plan | child in need: Child in need plan |
    assessment: Open assessment | closed: Closed episode
abuse = neglect | physical: Physical abuse | sexual: Sexual abuse | emotional: Emotional abuse |
    multiple: Multiple/not recommended | multiple: Multiple
legal = C1: ICO | C2: FCO | D1: Freeing order | E1: Placement order | V2: Single period under S20 |
    V3: Short breaks, episodes recorded | V4: Short breaks, agreements recorded |
    L1: Police protection LA accommodation | L2: EPO | L3: Child assessment order LA accommodation |
    J1: Remanded to LA or youth detention | J2: LA accommodation under PACE | J3: Youth rehabilitation order
permanence = return to family | adoption | special guardianship: SGO/CAO | supported living in the community |
    long-term residential placement | long-term fostering | other
ceased = E11 | E12 | E2 | E3 | E4A | E4B | E13 | E41 | E45 | E46 | E47 | E48 | E5 | E6 | E7 | E9 | E14 | E15 | E16 |
    E8 | X1 | E17
placement = U1 | U2 | U3 | U4 | U5 | U6 | A3 | A4 | A5 | A6 | P1 | P2 | P3 | H5 | K1 | K2 | R1 | R2 | R3 | R5 | S1 |
    Z1 | T0 | T1 | T2 | T3 | T4
provider = PR0 | PR1 | PR2 | PR3 | PR4 | PR5
location = in | out
eligibility = relevant: Relevant child | former relevant: Former relevant child | qualifying: Qualifying care leaver |
    eligible: Eligible child | eligible | other
in_touch = yes | no | died | refu | nreq | rhom
accommodation = B | C | D | E | G | H | K | R | S | T | U | V | W | X | Y | Z
suitability = suitable | unsuitable
activity = F1 | P1 | F2 | P2 | F3 | P3 | F4 | P4 | F5 | P5 | G4 | G5 | G6
reversed = RD1 | RD2 | RD3 | RD4
left_adoption = 1: Adopter withdrew | 2: Put on hold | 3: Refused
"""
CODES: Mapping[str, tuple[str, ...]] = named_words(_TEXT)


def read_code(text: str, codes: str) -> str | None:
    """The code of a cell's text, "" where it is empty, or None where it is not of the list.

    >>> read_code("b) Female", "gender"), read_code("e) PR4 - Private provision", "provider")
    ('female', 'PR4')
    >>> read_code("N1 - Abuse or Neglect", "need"), read_code("Physical abuse", "abuse")
    ('N1', 'physical')
    >>> read_code("PSRMEM - Support with memory and cognition", "need") is None
    True
    """
    bare = _LETTER.sub("", clean(text))
    if not bare:
        return ""
    known = _spellings(codes)
    coded = _CODED.match(bare)
    return known.get(fold(bare)) or (known.get(fold(coded[1])) if coded else None)


def _spellings(codes: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in CODES[codes]:
        code, _, words = entry.partition(": ")
        found[fold(code)] = code
        found.setdefault(fold(words) or fold(code), code)
    return found
