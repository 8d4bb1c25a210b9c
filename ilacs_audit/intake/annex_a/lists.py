"""The eleven lists of Ofsted's Annex A as data: sheets, headers, their variants, what each holds.

Headers are those of the 2024 version. They are compared without case, spaces or punctuation and
always as a whole: a pattern that only contains "age" would also take "Date Stage 1 started".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ilacs_audit.intake.cells.spelling import fold


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


_REF = ListColumn("child_ref", "Child Unique ID", "child")
_WHO = (
    _REF,
    ListColumn("gender", "Gender", "gender", ("Sex",)),
    ListColumn("ethnicity", "Ethnicity", "ethnicity"),
    ListColumn("born_on", "Date of Birth", "born", ("DOB",)),
    ListColumn("age", "Age", "age", ("Age of Child (Years)", "Age of Child")),
)
_DISABLED = ListColumn("disability", "Does the Child have a Disability", "yes_no", ("Disability",))
_TEAM = ListColumn("team", "Allocated Team", "text")
_WORKER = ListColumn("worker_ref", "Allocated Worker", "person")


def _on(name: str, header: str, *variants: str) -> ListColumn:
    return ListColumn(f"{name}_on", header, "date", variants)


LISTS: Mapping[str, AnnexList] = {
    "contacts": AnnexList(
        1, ("contacts",), (*_WHO, _on("contacted", "Date of Contact"), ListColumn("source", "Contact Source", "source"))
    ),
    "early_help": AnnexList(
        2,
        ("early help", "early help assessments"),
        (
            *_WHO,
            _on("started", "Assessment start date"),
            _on("completed", "Assessment completion date"),
            ListColumn("organisation", "Organisation completing assessment", "text"),
        ),
    ),
    "referrals": AnnexList(
        3,
        ("referrals",),
        (
            *_WHO,
            _on("referred", "Date of Referral", "Referral Date"),
            ListColumn("source", "Referral Source", "source"),
            ListColumn("no_further_action", "Referral NFA?", "yes_no", ("NFA",)),
            ListColumn("referrals_in_year", "Number of Referrals in Last 12 Months", "count"),
            _TEAM,
            _WORKER,
        ),
    ),
    "assessments": AnnexList(
        4,
        ("assessments",),
        (
            *_WHO,
            _DISABLED,
            _on("started", "Continuous Assessment Start Date", "Assessment Start Date"),
            ListColumn("seen", "Child Seen During Continuous Assessment", "yes_no", ("Child Seen During Assessment",)),
            _on("authorised", "Continuous Assessment Date of Authorisation", "Assessment Authorisation Date"),
            ListColumn(
                "support_needed", "Was the child assessed as requiring LA children's social care support?", "yes_no"
            ),
            _TEAM,
            _WORKER,
        ),
    ),
    "section_47": AnnexList(
        5,
        ("sec47 and icpc", "section 47", "s47", "s47 and icpc", "section 47 and icpc"),
        (
            *_WHO,
            _DISABLED,
            _on(
                "strategy",
                "Strategy discussion initiating Section 47 Enquiry Start Date",
                "Strat Discussion Date",
                "Strategy Discussion Date",
            ),
            ListColumn(
                "conference_unnecessary", "Was an Initial Child Protection Conference deemed unnecessary?", "yes_no"
            ),
            _on("conference", "Date of Initial Child Protection Conference", "Initial CP Conf Date"),
            ListColumn(
                "plan_made", "Did the Initial Child Protection Conference Result in a Child Protection Plan", "yes_no"
            ),
            ListColumn("enquiries_in_year", "Number of Section 47 Enquiries in the last 12 months", "count"),
            ListColumn("conferences_in_year", "Number of ICPCs in the last 12 months", "count"),
            _TEAM,
            _WORKER,
        ),
    ),
    "children_in_need": AnnexList(
        6,
        ("children in need", "cin"),
        (
            *_WHO,
            _DISABLED,
            _on("started", "CIN Start Date"),
            ListColumn("need", "Primary Need Code", "need", ("Primary Need",)),
            _on("seen", "Date Child Was Last Seen", "Date Last Seen"),
            _on("closed", "CIN Closure Date"),
            ListColumn("closure_reason", "Reason for Closure", "closure"),
            ListColumn("status", "Case Status", "status"),
            _TEAM,
            _WORKER,
        ),
    ),
    "child_protection": AnnexList(
        7,
        ("child protection", "child protection plans", "cp"),
        (
            *_WHO,
            _DISABLED,
            _on("started", "Child Protection Plan Start Date"),
            ListColumn("first_category", "Initial Category of Abuse", "abuse"),
            ListColumn("category", "Latest Category of Abuse", "abuse"),
            _on("visited", "Date of the Last Statutory Visit", "Date of Last Statutory Visit"),
            ListColumn("seen_alone", "Was the Child Seen Alone?", "yes_no", ("Child Seen Alone",)),
            _on("reviewed", "Date of latest review conference", "Date of the latest review conference"),
            _on("ended", "Child Protection Plan End Date"),
            ListColumn(
                "emergency",
                "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
                "yes_no",
            ),
            ListColumn("previous_plans", "Number of Previous Child Protection Plans", "count"),
            _TEAM,
            _WORKER,
        ),
    ),
    "children_in_care": AnnexList(
        8,
        ("children in care", "looked after children", "cla"),
        (
            *_WHO,
            ListColumn("uasc", "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)", "yes_no"),
            _DISABLED,
            _on("started", "Date Started to be Looked After", "Loooked After Start Date", "Looked After Start Date"),
            ListColumn("need", "Child's Category of Need", "need"),
            ListColumn(
                "again_within_year",
                "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
                "yes_no",
            ),
            _on("legal_status", "Start date of current legal status"),
            ListColumn("legal_status", "Child's Legal Status", "legal"),
            _on("reviewed", "Date of Latest Statutory Review"),
            _on("visited", "Date of Last Social Work Visit"),
            ListColumn("permanence_plan", "What is the permanence plan for this child?", "permanence"),
            _on("iro_contact", "Date of Last IRO Visit / Contact to the Child"),
            _on("health", "Date of Last Health Assessment"),
            _on("dental", "Date of Last Dental Check"),
            ListColumn("placements_in_year", "Number of Placements in the Last 12 months", "count"),
            _on("ceased", "Date Ceased to be Looked After"),
            ListColumn("ceased_reason", "Reason Ceased to be Looked After", "ceased"),
            _on("placed", "Start Date of Most Recent Placement"),
            ListColumn("placement", "Placement Type", "placement"),
            ListColumn("provider", "Placement Provider", "provider"),
            ListColumn("placement_postcode", "Placement postcode", "postcode"),
            ListColumn("placement_urn", "URN of Placement", "urn"),
            ListColumn("placement_location", "Placement Location", "location"),
            ListColumn("placement_authority", "LA of Placement", "authority"),
            ListColumn(
                "missing_episodes",
                "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
                "count",
            ),
            ListColumn(
                "absent_episodes",
                "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
                "count",
            ),
            ListColumn(
                "interview_offered",
                "Was the child offered a Return Interview after their last missing episode (Y/N)?",
                "yes_no",
            ),
            ListColumn(
                "interview_accepted",
                "Did the child accept a Return Interview after their last missing episode (Y/N)?",
                "yes_no",
            ),
            _TEAM,
            _WORKER,
        ),
    ),
    "care_leavers": AnnexList(
        9,
        ("care leavers", "leaving care"),
        (
            *_WHO,
            ListColumn(
                "uasc", "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)", "yes_no"
            ),
            _DISABLED,
            _TEAM,
            _WORKER,
            ListColumn("adviser_ref", "Allocated Personal Advisor", "person", ("Allocated Personal Adviser",)),
            ListColumn("eligibility", "Eligibility Category", "eligibility", ("Eligibity Category",)),
            _on("plan_reviewed", "Latest Pathway Plan Review Date", "Latest Pathway Plan"),
            ListColumn("in_touch", "LA in Touch", "in_touch"),
            _on("contacted", "Latest Date of Contact", "Latest Contact"),
            ListColumn("accommodation", "Type of Accommodation", "accommodation", ("Type of Accomodation",)),
            ListColumn("suitability", "Suitability of Accommodation", "suitability", ("Suitability of Accomodation",)),
            ListColumn("activity", "Activity Status", "activity"),
        ),
    ),
    "adoption": AnnexList(
        10,
        ("adoption", "children for adoption"),
        (
            _REF,
            ListColumn("family_ref", "Family identifier", "request"),
            *_WHO[1:],
            _DISABLED,
            _on("entered_care", "Date the Child Entered Care"),
            _on("decided", "Date of Decision that Child Should be Placed for Adoption"),
            _on("placement_order", "Date of Placement Order"),
            _on("matched", "Date of Matching Child and Prospective Adopters"),
            _on("placed", "Date Placed for Adoption"),
            _on("adopted", "Date of Adoption Order"),
            _on("reversed", "Date of Decision that Child Should No Longer be Placed for Adoption"),
            ListColumn("reversed_reason", "Reason Why Child No Longer Placed for Adoption", "reversed"),
            _on("fostered", "Date the child was placed for fostering in FFA or concurrent planning placement"),
        ),
    ),
    "adopters": AnnexList(
        11,
        ("adopters", "prospective adopters"),
        (
            ListColumn("adopter_ref", "Individual adopter identifier", "person"),
            ListColumn("family_ref", "Family identifier", "request"),
            *_WHO[1:3],
            ListColumn("disability", "Disability", "yes_no"),
            ListColumn("fostering_for_adoption", "Is the (prospective) adopter fostering for adoption?", "yes_no"),
            _on("enquired", "Date enquiry received"),
            _on("stage_1_started", "Date Stage 1 started"),
            _on("stage_1_ended", "Date Stage 1 ended"),
            _on("stage_2_started", "Date Stage 2 started"),
            _on("stage_2_ended", "Date Stage 2 ended"),
            _on("applied", "Date application submitted"),
            _on("approved", "Date application approved"),
            _on("matched", "Date adopter matched with child(ren)"),
            _on("placed", "Date child/children placed with adopter(s)"),
            ListColumn("children_placed", "No. of children placed", "count", ("Number of children placed",)),
            _on("adopted", "Date of Adoption Order"),
            _on("left", "Date of leaving adoption process"),
            ListColumn("left_reason", "Reason for leaving adoption process", "left_adoption"),
        ),
    ),
}
KEYS = ("child_ref", "adopter_ref")
LEFT_BEHIND = ("born", "postcode", "urn", "authority")
_NUMBERED = re.compile(r"^(?:annex a )?(?:list ?)?(\d{1,2})(?: |$)")


def squeezed(header: str) -> str:
    """A header as it is compared: no case, no punctuation, no spaces.

    >>> squeezed("Was the Child Seen Alone?") == squeezed("WasTheChildSeenAlone")
    True
    """
    return fold(header).replace(" ", "")


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
