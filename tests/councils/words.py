"""The words of invented councils: what their standards say, and what their teams and people are called."""

THEMES = (
    (
        "visits_to_children",
        "Visits to children",
        "VTC",
        "Do we see children often enough, and alone?",
        (
            "The child was seen within the agreed timescale",
            "The child was seen alone on at least one of the last two visits",
            "The child's bedroom was seen",
            "What the child said is written down in the child's own words",
            "The visit was written up within five working days",
            "Each visit had a purpose that links to the plan",
            "The next visit is booked",
            "Anything the child was worried about was acted on",
            "Brothers and sisters were seen too",
            "Direct work was done, and a copy is on the file",
            "A missed visit was rearranged within a week",
            "An interpreter was used where one was needed",
        ),
    ),
    (
        "early_help",
        "Early help",
        "EH",
        "Does early help arrive early, and help?",
        (
            "Was the family contacted within three working days?",
            "Is there a lead professional, and does the family know who it is?",
            "Has consent been recorded for every agency involved?",
            "Does the plan say what will be different, and by when?",
            "Was the whole family considered, including fathers?",
            "Was the plan reviewed every six to eight weeks?",
            "Did the school contribute?",
            "Is there a clear reason for closing or stepping up?",
            "Were the family's strengths named?",
            "Was the risk of harm thought about at each review?",
        ),
    ),
    (
        "care_leavers",
        "Care leavers and pathway plans",
        "PWP-",
        "Are young people ready to leave care, and are we still there when they have?",
        (
            "Pathway plan in date",
            "Young person took part in writing it",
            "Somewhere suitable to live",
            "In education, training or work, or a plan for it",
            "Health passport given and explained",
            "Personal adviser in touch every eight weeks",
            "Money: setting up home allowance explained",
            "Contingency plan if the tenancy fails",
            "Important relationships are recorded",
            "Birth certificate, passport and NI number held",
            "Management oversight in the last 3 months",
        ),
    ),
    (
        "neglect",
        "Neglect",
        "Neg.",
        "Do we name neglect, and do something about it?",
        (
            "A neglect tool (Graded Care Profile or similar) was completed",
            "The chronology is up to date & used in the analysis",
            "The daily life of the child can be pictured from the file",
            "Dental & health appointments were followed up",
            "Drift: no more than nine months on a child protection plan without a legal view",
            "Core groups were held at least every six weeks",
            "Professional disagreement was escalated where needed",
            "The home conditions were described, not just called 'poor'",
            "Parents were told in plain words what has to change",
        ),
    ),
    (
        "front_door",
        "MASH decisions",
        "M",
        "Are decisions at the front door right, quick and explained?",
        (
            "Decision made in 1 working day",
            "Threshold applied correctly",
            "History was looked up before deciding",
            "Parents were spoken to, or it says why not",
            "The referrer was told the outcome",
            "A manager signed off the decision with a reason",
            "Checks with partners were proportionate",
            "The voice of the child is in the referral",
        ),
    ),
)

TEAMS = (
    "Total Place",
    "Null",
    "North & West",
    "Assessment 1",
    "Assessment 2",
    "Children's Disability Team (0-25)",
    "Team 7",
    "St. Mary’s Hub",
    "CIN/CP – East",
    "Sum of Parts",
    "Ynys Môn",
    "16+ Leaving Care",
    "None Such Lane",
    "MASH",
    "No. 1 High Street",
    "Court, Care & Permanence",
)

FIRST = (
    "Ava", "Zoë", "Mohammed", "Oisín", "Chidi", "Grace", "Will", "Faith", "Mark", "Ayesha", "Jean-Luc", "Rose",
    "Summer", "Tomasz", "Nia", "Kieran", "Olamide", "Bethan", "Dylan", "Imogen", "Jaspreet", "Lachlan",
)  # fmt: skip  # a table, a line a row
LAST = (
    "Mossgrove", "O’Dwyerson", "Khanbury", "Penhallick", "Adeyemison", "Smithwaite", "Kowalskaite", "Featherby",
    "Van der Bergson", "Llewelwyn", "Totalby", "Nullman", "Ashdownley", "Birtwhistler", "Crowthers", "D’Souzala",
)  # fmt: skip  # a table, a line a row
WORKER_FIRST = ("Priya", "Helen", "Gareth", "Siobhán", "Femi", "Dominic", "Ruth", "Yusuf", "Angharad", "Colin")
WORKER_LAST = ("Nandrawal", "Oakeshottly", "McTavishon", "Brådsworth", "Ekwuemeka", "Thistlewood", "Pembrokely")

COMMENTS = (
    "Good recording, easy to follow.",
    "Chronology needs bringing up to date.",
    "Discussed with the practitioner; actions agreed.",
    "The plan could be clearer about who does what; see case note 12/3.",
    "No concerns.",
    "N/A",
    "Visit fell on 24/12, office closed.",
    "",
    "",
)
HARMLESS = (
    "The form was changed in the middle of the month, and two teams used the old one.",
    "Auditors met once to agree how to read the questions.",
    "Returns from one team came late.",
    "The list was taken from the case system on the first working day.",
)
UNKNOWN_ANSWERS = ("see notes", "mostly OK", "TBC", "?", "ask Helen", "pending")
FOOTERS = (
    ("Total", "count"),
    ("Audited by the QA team. Please return by the 30th.",),
    ("Grand total", "count"),
    ("Prepared for the Head of Service - do not circulate",),
)
