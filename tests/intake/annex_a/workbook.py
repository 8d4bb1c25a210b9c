"""A small Annex A with the traps of the public one, which a test makes itself. Everybody in it is invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

REFERENCE = date(2021, 3, 16)
HOLIDAYS = [date(2019, 12, 25), date(2019, 12, 26), date(2020, 1, 1), date(2020, 4, 10), date(2020, 4, 13)]
HOLIDAYS += [date(2020, 5, 8), date(2020, 5, 25), date(2020, 8, 31), date(2020, 12, 25), date(2020, 12, 28)]
WHO = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age"]
TEAM = ["Allocated Team", "Allocated Worker"]
HEADERS = {
    1: [*WHO, "Date of Contact", "Contact Source"],
    3: [*WHO, "Date of Referral", "Referral Source", "Referral NFA?", "Number of Referrals in Last 12 Months", *TEAM],
    4: [*WHO, "Does the Child have a Disability", "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment", "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children's social care support?", *TEAM],
    5: [*WHO, "Does the Child have a Disability", "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Number of Section 47 Enquiries in the last 12 months", "Number of ICPCs in the last 12 months", *TEAM],
    6: [*WHO, "Does the Child have a Disability", "CIN Start Date", "Primary Need Code", "Date Child Was Last Seen",
        "CIN Closure Date", "Reason for Closure", "Case Status", *TEAM],
    7: [*WHO, "Does the Child have a Disability", "Child Protection Plan Start Date", "Initial Category of Abuse",
        "Latest Category of Abuse", "Date of the Last Statutory Visit", "Was the Child Seen Alone?",
        "Date of latest review conference", "Child Protection Plan End Date",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        "Number of Previous Child Protection Plans", *TEAM],
    9: [*WHO, "Does the Child have a Disability", *TEAM, "Eligibity Category", "LA in Touch", "Type of accommodation",
        "Suitability of Accomodation", "Activity Status"],
    10: ["Child Unique ID", "Family identifier", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
         "Does the Child have a Disability", "Date the Child Entered Care", "Date of Adoption Order "],
}  # fmt: skip  # a table, a line a row


def who(ref, born: str | None, *, gender="b) Female", ethnicity="a) WBRI") -> list:
    day = date.fromisoformat(born) if born else None
    age = (REFERENCE - day).days / 365.25 if day else 8.884
    return [ref, gender, ethnicity, day, age]


def on(text: str) -> date:
    return date.fromisoformat(text)


def rows() -> dict[int, list[list]]:
    """A small Annex A with the traps of the public one. Everybody is invented."""
    return {
        1: [
            [*who(101, "2015-01-25", gender="Female"), on("2020-09-16"), "q) 6: Police"],
            [*who(102, None, ethnicity="k) APKN"), on("2020-09-16"), "6"],
            [*who(103, "2009-08-02", gender="a) Male", ethnicity="s) NOBT"), on("2020-09-16"), "Police"],
        ],
        3: [
            [*who(104, "2004-07-18"), on("2020-09-16"), "s) 8: Other", "No", 0, "Front Door", "Tess\xa0Tworker"],
            [*who(104, "2004-07-18"), on("2020-11-16"), "j) 3D: Health services", "a) Yes", 2, "Front Door",
             "Tess Tworker "],
        ],
        4: [
            [*who(105, "2012-08-08"), "b) No", on("2019-12-26"), "Yes", on("2020-11-11"), "CS Assessment Updated",
             "Duty", "W\xa0One"],
            [*who(106, "2018-09-20"), "b) No", on("2020-02-26"), "Yes", on("2021-02-02"), "a) Yes", "Duty", "W Two"],
        ],
        5: [
            [*who(107, "2010-09-15"), "a) Yes", on("2020-09-16"), "No", on("2020-10-05"), "Yes", 1, 1, "Duty", "W One"],
            [*who(108, "2004-07-18"), "b) No", on("2020-09-16"), "No", on("2020-10-05"), "Yes", 0, 1, "Duty", "W One"],
            [*who(109, "2011-12-06"), "b) No", on("2020-09-16"), "Yes", None, "", 3, 0, "Duty", "W One"],
            [*who(110, "2009-01-06"), "b) No", on("2020-09-16"), "Yes", None, "", 0, 0, "Duty", "W One"],
            [*who(111, "2010-12-21"), "b) No", on("2020-09-16"), "No", on("2020-10-01"), "Yes", 1, 1, "Duty", "W One"],
        ],
        6: [
            [*who(112, "1999-09-23"), "b) No", on("2010-06-09"), "PSRMEM - Support with memory and cognition",
             on("2021-01-21"), None, None, "c) Child in need plan", "#N/A", "#N/A"],
            [*who(113, "2009-12-20"), "b) No", on("2016-11-23"), "N1 - Abuse or Neglect",
             on("2021-03-05"), None, None, "Open assessment", "Duty", "W One"],
            [*who(114, "2009-12-20"), "b) No", on("2016-11-23"), "N5", on("2021-03-05"), on("2021-03-01"),
             "RC7 - Services ceased for any other reason, including child no longer in need",
             "e) Closed episode", "Duty", "W"],
            [*who(115, "2015-05-29"), "b) No", on("2020-11-23"), "N1", None, None, None, "b) Child Protection plan",
             "Duty", "W"],
        ],
        7: [
            [*who(116, "2021-01-04"), "b) No", on("2020-11-23"), "Physical abuse", "b) Physical abuse",
             on("2021-01-22"), "a) Yes", on("2021-02-16"), on("2021-02-16"), "b) No", 0, "South", "Ez Worker"],
            [*who(115, "2015-05-29"), "b) No", on("2021-02-08"), "a) Neglect", "Neglect", on("2021-03-02"),
             "Yes", None, None, "b) No", 1, "South", "Ez Worker"],
            [*who(117, "2006-11-01"), "b) No", on("2021-02-08"), "a) Neglect", "Neglect", on("2021-03-02"),
             "Seen", None, None, "b) No", 1, "South", "Ez Worker"],
            [*who(118, "2020-05-29"), "b) No", on("2019-06-25"), "Emotional abuse", "Emotional abuse", on("2020-09-25"),
             "b) No", on("2020-09-17"), on("2020-09-17"), "b) No", 0, "South", "Ez Worker"],
        ],
        9: [
            [*who(119, "2002-08-07"), "b) No", "Leaving Care", "J V", "b) Former relevant child", "a) Yes",
             "U: Independent living", "a) Suitable", "F1: Full time in higher education"],
            [*who(120, "2001-10-08"), "b) No", "Leaving Care", "J V", "Qualifying care leaver", "NREQ", "", "", "G5"],
        ],
        10: [[119, 9001, "a) Male", "s) NOBT", on("2002-02-13"), 20, "b) No", on("2001-08-06"), None]],
    }  # fmt: skip  # a table, a line a row


def save(folder: Path, tables: dict[int, list[list]], *, headers=HEADERS, names=None, above=(), squeeze=False) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, body in tables.items():
        sheet = book.create_sheet((names or {}).get(number, f"List {number}"))
        for line in above:
            sheet.append([line])
        sheet.append([each.replace(" ", "") if squeeze else each for each in headers[number]])
        for row in body:
            sheet.append(row)
    path = folder / "Annex A.xlsx"
    book.save(path)
    return path
