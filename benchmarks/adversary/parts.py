"""What openpyxl cannot write: parts of a workbook's package, and lines of registers, with a place for a name."""

from __future__ import annotations

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
INSIDE: dict[str, tuple[str, str]] = {
    "threaded comment": (
        "xl/threadedComments/threadedComment1.xml",
        '<ThreadedComments xmlns="{threaded}"><threadedComment ref="B2" id="{{1}}" personId="{{2}}">'
        "<text>{name} is on leave until June</text></threadedComment></ThreadedComments>",
    ),
    "person of a threaded comment": (
        "xl/persons/person1.xml",
        '<personList xmlns="{threaded}"><person displayName="{name}" id="{{3}}" userId="u"/></personList>',
    ),
    "pivot cache": (
        "xl/pivotCache/pivotCacheDefinition1.xml",
        '<pivotCacheDefinition xmlns="{main}" refreshedBy="qa"><cacheFields count="1"><cacheField name="Worker">'
        '<sharedItems count="1"><s v="{name}"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>',
    ),
    "refresher of a pivot cache": (
        "xl/pivotCache/pivotCacheDefinition2.xml",
        '<pivotCacheDefinition xmlns="{main}" refreshedBy="{name}"><cacheFields count="0"/></pivotCacheDefinition>',
    ),
    "records of a pivot cache": (
        "xl/pivotCache/pivotCacheRecords1.xml",
        '<pivotCacheRecords xmlns="{main}" count="1"><r><s v="{name}"/></r></pivotCacheRecords>',
    ),
    "text box": (
        "xl/drawings/drawing9.xml",
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p><a:r>'
        "<a:t>{name}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>",
    ),
    "chart title": (
        "xl/charts/chart9.xml",
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:title><c:tx><c:rich><a:p><a:r>'
        "<a:t>{name}</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chart></c:chartSpace>",
    ),
    "cached value of an external link": (
        "xl/externalLinks/externalLink1.xml",
        '<externalLink xmlns="{main}"><externalBook><sheetDataSet><sheetData sheetId="0"><row r="1">'
        '<cell r="A1" t="str"><v>{name}</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>',
    ),
}
SHEET = "xl/worksheets/sheet{}.xml"
PRINTED = "<headerFooter><{0}>&amp;L{1} {{name}}</{0}></headerFooter>"
BEFORE: dict[str, tuple[str, str, str]] = {
    "header of the sheet": (SHEET.format(1), "</worksheet>", PRINTED.format("oddHeader", "Team file of")),
    "footer of the sheet": (SHEET.format(2), "</worksheet>", PRINTED.format("evenFooter", "Printed for")),
    "manager in the properties": ("docProps/app.xml", "</Properties>", "<Manager>{name}</Manager>"),
    "who reserved the file": ("xl/workbook.xml", "<workbookPr", '<fileSharing userName="{name}"/>'),
}
REGISTERS = {
    "worker in the register of cases": (
        "cases.csv",
        "child_ref,team,worker_ref,plan_type,opened_on,closed_on,age_band",
        "4200001,North,{name},none,2024-03-12,,5 to 9",
    ),
    "register of the workforce": (
        "workforce.csv",
        "person_ref,team,role,started_on,left_on,notice_given_on,notice_withdrawn_on",
        "{name},North,Social worker,2018-09-30,,,",
    ),
    "register of training": (
        "training.csv",
        "event_id,course,on,team,person_ref,role,booked,attended",
        "t-1,t,2025-01-03,North,{name},Social worker,yes,yes",
    ),
    "owner in the register of actions": (
        "actions.csv",
        "action_id,audit_id,standard_id,area,team,owner_ref,raised_on,due_on,closed_on,checked_on,still_a_problem",
        "ACT-1,doors-2025-03,DOO-1,A2,North,{name},2025-01-03,2025-02-03,,,",
    ),
}
