"""The eleven lists of Ofsted's Annex A as data: sheets, headers, their variants, what each holds.

Headers are those of the 2024 version. They are compared without case, spaces or punctuation and
always as a whole: a pattern that only contains "age" would also take "Date Stage 1 started".
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ilacs_audit.intake.cells.spelling import fold, squeezed


class ListColumn(NamedTuple):
    """One column of a list.

    `kind` is a kind of register field, the name of a code list, `age`, or one of `LEFT_BEHIND`,
    which are checked and never reach a table because they would find a child.
    """

    name: str
    header: str
    kind: str
    variants: tuple[str, ...] = ()


class AnnexList(NamedTuple):
    """One list: its number, the words a sheet may be called, and its columns in order."""

    number: int
    names: tuple[str, ...]
    columns: tuple[ListColumn, ...]


_CHILD = "child_ref child: Child Unique ID"
_WHO = """gender gender: Gender | Sex
ethnicity ethnicity: Ethnicity
born_on born: Date of Birth | DOB
age age: Age | Age of Child (Years) | Age of Child"""
_DISABLED = "disability yes_no: Does the Child have a Disability | Disability"
_WORKER = """team text: Allocated Team
worker_ref person: Allocated Worker"""

# For each list its number, its name and what its sheet may be called; then for each column its name, its kind, its
# header and the header's variants.
_TEXT = f"""
1 contacts: contacts
{_CHILD}
{_WHO}
contacted_on date: Date of Contact
source source: Contact Source

2 early_help: early help | early help assessments
{_CHILD}
{_WHO}
started_on date: Assessment start date
completed_on date: Assessment completion date
organisation text: Organisation completing assessment

3 referrals: referrals
{_CHILD}
{_WHO}
referred_on date: Date of Referral | Referral Date
source source: Referral Source
no_further_action yes_no: Referral NFA? | NFA
referrals_in_year count: Number of Referrals in Last 12 Months
{_WORKER}

4 assessments: assessments
{_CHILD}
{_WHO}
{_DISABLED}
started_on date: Continuous Assessment Start Date | Assessment Start Date | Continuous Assessment Start
seen yes_no: Child Seen During Continuous Assessment | Child Seen During Assessment | Continuous Assessment Child Seen
authorised_on date: Continuous Assessment Date of Authorisation | Assessment Authorisation Date \
| Continuous Assessment Auth Date
support_needed yes_no: Was the child assessed as requiring LA children's social care support?
{_WORKER}

5 section_47: sec47 and icpc | section 47 | s47 | s47 and icpc | section 47 and icpc
{_CHILD}
{_WHO}
{_DISABLED}
strategy_on date: Strategy discussion initiating Section 47 Enquiry Start Date \
| Strat Discussion Date | Strategy Discussion Date
conference_unnecessary yes_no: Was an Initial Child Protection Conference deemed unnecessary? \
| Initial CP Conf Unnecessary
conference_on date: Date of Initial Child Protection Conference | Initial CP Conf Date
plan_made yes_no: Did the Initial Child Protection Conference Result in a Child Protection Plan
enquiries_in_year count: Number of Section 47 Enquiries in the last 12 months
conferences_in_year count: Number of ICPCs in the last 12 months
{_WORKER}

6 children_in_need: children in need | cin
{_CHILD}
{_WHO}
{_DISABLED}
started_on date: CIN Start Date
need need: Primary Need Code | Primary Need
seen_on date: Date Child Was Last Seen | Date Last Seen | Date Child Last Seen
closed_on date: CIN Closure Date
closure_reason closure: Reason for Closure
status status: Case Status
{_WORKER}

7 child_protection: child protection | child protection plans | cp
{_CHILD}
{_WHO}
{_DISABLED}
started_on date: Child Protection Plan Start Date
first_category abuse: Initial Category of Abuse
category abuse: Latest Category of Abuse
visited_on date: Date of the Last Statutory Visit | Date of Last Statutory Visit
seen_alone yes_no: Was the Child Seen Alone? | Child Seen Alone
reviewed_on date: Date of latest review conference | Date of the latest review conference
ended_on date: Child Protection Plan End Date
emergency yes_no: Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)
previous_plans count: Number of Previous Child Protection Plans
{_WORKER}

8 children_in_care: children in care | looked after children | cla
{_CHILD}
{_WHO}
uasc yes_no: Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)
{_DISABLED}
started_on date: Date Started to be Looked After | Loooked After Start Date | Looked After Start Date
need need: Child's Category of Need
again_within_year yes_no: \
Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)
legal_status_on date: Start date of current legal status
legal_status legal: Child's Legal Status
reviewed_on date: Date of Latest Statutory Review
visited_on date: Date of Last Social Work Visit | Last Social Work Visit Date
permanence_plan permanence: What is the permanence plan for this child?
iro_contact_on date: Date of Last IRO Visit / Contact to the Child
health_on date: Date of Last Health Assessment
dental_on date: Date of Last Dental Check
placements_in_year count: Number of Placements in the Last 12 months
ceased_on date: Date Ceased to be Looked After | Ceased Looked After Date
ceased_reason ceased: Reason Ceased to be Looked After
placed_on date: Start Date of Most Recent Placement
placement placement: Placement Type
provider provider: Placement Provider
placement_postcode postcode: Placement postcode
placement_urn urn: URN of Placement
placement_location location: Placement Location
placement_authority authority: LA of Placement
missing_episodes count: Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months
absent_episodes count: Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months
interview_offered yes_no: Was the child offered a Return Interview after their last missing episode (Y/N)?
interview_accepted yes_no: Did the child accept a Return Interview after their last missing episode (Y/N)?
{_WORKER}

9 care_leavers: care leavers | leaving care
{_CHILD}
{_WHO}
uasc yes_no: Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)
{_DISABLED}
{_WORKER}
adviser_ref person: Allocated Personal Advisor | Allocated Personal Adviser
eligibility eligibility: Eligibility Category | Eligibity Category
plan_reviewed_on date: Latest Pathway Plan Review Date | Latest Pathway Plan
in_touch in_touch: LA in Touch
contacted_on date: Latest Date of Contact | Latest Contact
accommodation accommodation: Type of Accommodation | Type of Accomodation
suitability suitability: Suitability of Accommodation | Suitability of Accomodation
activity activity: Activity Status

10 adoption: adoption | children for adoption
{_CHILD}
family_ref request: Family identifier
{_WHO}
{_DISABLED}
entered_care_on date: Date the Child Entered Care
decided_on date: Date of Decision that Child Should be Placed for Adoption
placement_order_on date: Date of Placement Order
matched_on date: Date of Matching Child and Prospective Adopters
placed_on date: Date Placed for Adoption
adopted_on date: Date of Adoption Order
reversed_on date: Date of Decision that Child Should No Longer be Placed for Adoption
reversed_reason reversed: Reason Why Child No Longer Placed for Adoption
fostered_on date: Date the child was placed for fostering in FFA or concurrent planning placement

11 adopters: adopters | prospective adopters
adopter_ref person: Individual adopter identifier
family_ref request: Family identifier
gender gender: Gender | Sex
ethnicity ethnicity: Ethnicity
disability yes_no: Disability
fostering_for_adoption yes_no: Is the (prospective) adopter fostering for adoption?
enquired_on date: Date enquiry received
stage_1_started_on date: Date Stage 1 started
stage_1_ended_on date: Date Stage 1 ended
stage_2_started_on date: Date Stage 2 started
stage_2_ended_on date: Date Stage 2 ended
applied_on date: Date application submitted
approved_on date: Date application approved
matched_on date: Date adopter matched with child(ren)
placed_on date: Date child/children placed with adopter(s)
children_placed count: No. of children placed | Number of children placed
adopted_on date: Date of Adoption Order
left_on date: Date of leaving adoption process
left_reason left_adoption: Reason for leaving adoption process
"""


def _read(text: str) -> Iterator[tuple[str, AnnexList]]:
    for block in text.strip().split("\n\n"):
        ((number, name), called), *columns = map(_parts, block.splitlines())
        told = tuple(ListColumn(column, texts[0], kind, texts[1:]) for (column, kind), texts in columns)
        yield name, AnnexList(int(number), called, told)


def _parts(line: str) -> tuple[list[str], tuple[str, ...]]:
    """What stands before the colon, and what behind it."""
    named, _, texts = line.partition(": ")
    return named.split(), tuple(texts.split(" | "))


LISTS: Mapping[str, AnnexList] = dict(_read(_TEXT))
KEYS = ("child_ref", "adopter_ref")
LEFT_BEHIND = ("born", "postcode", "urn", "authority")
_NUMBERED = re.compile(r"^(?:annex a )?(?:list ?)?(\d{1,2})(?: |$)")


def headers(wanted: AnnexList) -> dict[str, str]:
    """Every spelling of a list's headers, squeezed, with the column it stands for."""
    return {squeezed(each): column.name for column in wanted.columns for each in (column.header, *column.variants)}


def list_of(sheet: str) -> str:
    """The list that a sheet's name stands for, or "".

    >>> list_of("List 7"), list_of("Sec47 and ICPC"), list_of("List 11 Adopters"), list_of("Notes")
    ('child_protection', 'section_47', 'adopters', '')
    """
    words = fold(sheet)
    found = _NUMBERED.match(words)
    number = int(found[1]) if found else 0
    for name, each in LISTS.items():
        if each.number == number or words in each.names:
            return name
    return ""
