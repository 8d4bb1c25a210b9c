"""Two hundred and more sentences that name nobody, written before the search was mended: none may stop a run.

`KNOWN` are people whose names are words, places and months too: the worst case of the rule.
"""

KNOWN = (
    "Will Young",
    "April Day",
    "May Green",
    "June Price",
    "Hope Wells",
    "Grace Hope",
    "Mark Price",
    "Rose Hill",
    "Dawn Court",
    "Summer Brook",
    "Jordan Banks",
    "Chelsea Park",
    "Taylor North",
    "Harley Street",
    "Jack Case",
    "Faith Church",
    "Joy Page",
    "Ian Plan",
    "Amy Total",
    "Robin Wood",
    "Sue Service",
    "Bill Board",
    "Art Review",
    "Carter Team",
    "Mason Brown",
    "Ivy Lane",
    "Frank Field",
    "Olive Grove",
    "Reece Ipswich",
    "Ursula King",
    "Edward Wales",
    "Rita Ingham",
    "Usman Khan",
    "Connie Prior",
    "Sadie Wight",
    "Quentin Archer",
    "Paris Jackson",
    "Northmere Duty",
    "0002024",
    "0000447",
    "0000045",
    "0202425",
    "0112024",
    "0001234",
    "0010110",
    "2024-11-21",
    "21/11/2024",
    "2024-10-07",
    "07/10/2024",
    "2010-02-28",
    "28/02/2010",
    "2021-05-12",
)

# What the search costs: nobody is named here either, and the run stops.
COST = {
    "Olive Grove": "An olive grove stands by the school.",
    "Ursula King": "Mr King of the charity spoke.",
}

TEXTS = """
U.K. law asks for it within 15 days.
R.I. was the grade at the last inspection.
The grade moved from R.I. to good in four files.
Standard A1 is met in 24 of 30 files.
Rule A4, area A12 and standard CIN-07 v2 were read.
See table A, column B and row C.
Option A is a plan, option B is none.
Team A and Team B were compared.
Part A. The plan.
A. Young people said what they want.
B. Hope is not a plan.
C. Price of delay: two weeks.
I Will be there.
In May I asked for the list.
Vitamin D was not recorded.
Section A Green means on time.
Section 47 enquiries began in time in 18 of 20 files.
Section 17 was not used where section 47 was needed.
S.47 enquiries and s.17 plans were read.
Under S. 47 the police are asked.
Regulation 44 visits were late.
Form C. Case summary.
Annex A list 9 was sent late.
Grade C was given twice.
Stage B Wells House has no place.
e.g. Hope House, i.e. the short-break home.
N.B. Total counts include late returns.
The Q.A. team read ten files.
The I.T. system lost two dates.
The C.P. plan was read.
P.S. Price is not asked.
A.M. visits were recorded, P.M. visits were not.
U.S. research is not cited.
The M.A.S.H. saw all contacts.
The I.R.O. signed 14 of 20 plans.
B.A.M.E. children were not told apart.
Ofsted visited in May and in June.
Ofsted will visit in April.
April, May and June were read together.
In April 12 of 20 files were read.
May 2024 was better than June 2024.
From 1 April to 30 June 2024 the list was whole.
On Monday and Friday no visit was made.
Day 1 to day 15 counts working days.
On the day the plan was made the child was seen.
By day 45 the assessment was done.
The working day ends at five.
Young people were asked in 12 of 20 files.
Young carers have a worker of their own.
Most young people will be asked again in June.
Will young people be asked?
The price of delay is paid by children.
At what price was speed bought?
Green means met, amber nearly met, red not met.
A green path leads from the plan to the visit.
Hope was the word most often used.
We hope that wells of trust are filled.
Wells and Bath are no part of Northmere.
The wells were dry.
Grace and hope were two words on the wall.
Mark what rose and what fell.
The mark rose by ten points: see the page on change.
Joy was seen in the page of one child.
Summer is short; the brook runs dry.
The rose on the hill is no standard.
It will rise at dawn; the court sits at ten.
Dawn raids are the work of the police.
The court asked for a statement.
The family court, the county court and the high court differ.
The north team and the south team differ.
North, South, East and West were compared.
The West Park team has the fewest files.
Park Hill Children's Centre is open.
Church Lane Hub opened in May.
The Bank Street office is closed.
King Street Hub reached 40 families.
Long Lane Family Hub was visited.
Town teams: Market Place, Mill Hill and Marsh End.
Field work began in May.
Banks were not asked.
The case was closed in June.
A case, a plan, a review: three dates.
Plan, do, review.
The board read the page and asked for a plan.
The board asked the service for a review.
Service by service the share differs.
Review each case in May.
Brown, white and mixed ethnic groups are too few to be shown.
Black children are over-represented.
The church and the mosque were asked.
Frank talk helps.
Archer, the app of the leaving-care team, was launched.
Jackson's review of courts is cited.
Khan and others (2021) found the same.
King's College wrote the guide.
The King reads the Bill.
Wales and Scotland count otherwise.
Isle of Wight and Hampshire are one partnership.
Ipswich and Suffolk were asked.
Paris and Jordan are places.
Chelsea and Westminster Hospital replied.
The Harley clinic replied.
Duty & Assessment 1 has 17 files.
Duty and Assessment, team 2: 12 of 17.
Northmere's duty team has 40 files.
The Duty Team in Northmere read them.
Total 447, of which 45 late.
Total of 20 files, total of 12 met.
In total, 2024 contacts were read.
447 contacts led to 45 enquiries.
1,234 contacts led to 447 assessments.
1 234 contacts in all.
12 of 20, 45 of 447 and 1,234 of 2,024.
Between 71 and 99 of 110 children.
In 2024-25 the list held 1,234 children.
In 2024/25 and 2023/24 the share was the same.
The year 2024 to 25 was read whole.
The period 01/2024 to 11/2024 was read.
Version 1.12.024 of the tool was used.
Rates per 10,000: 44.7 and 45.0.
A p-value of 0.0447 says little.
0.10110 of the share is noise.
The ratio 4:47 is rounded.
Rows 10-110 were read.
Pages 11-20 and 24-25 hold the tables.
On 21 November 2024 the page was made.
As of 21 November 2024.
The evidence speaks for 2024-11-21.
Made on 2024-11-21 for the board.
Between 7 October 2024 and 21 November 2024 all files were read.
In the week of 7 October 2024 nobody was ill.
On 28 February 2010 the guidance was not in force.
The inspection of 12 May 2021 found the same.
Ofsted reported on 12 May 2021.
The letter of 12 May 2021 is cited.
Next reading: 7 October 2025.
12 May, 13 June and 14 July were bank holidays.
3 of 4 files were read on 5 June.
24 hours, 7 days, 365 days.
Within 24 hours in 12 of 20.
The 45 day limit was met.
Call 999 where a child is in danger.
Phone 101 for the police.
ISBN 978 1 78105 000 0 is cited.
Working Together to Safeguard Children 2023 asks for it.
The Children Act 1989 asks for it.
The Children and Social Work Act 2017.
Keeping Children Safe in Education.
The Care Planning Regulations 2010.
Article 12 of the convention.
Chapter 3, paragraph 45.
The Munro review of 2011.
Lord Laming wrote in 2003.
Sir Andrew McFarlane spoke.
Professor Eileen Munro wrote it.
Josh MacAlister led the review.
Signs of Safety is the model.
Research in Practice held four workshops.
The What Works Centre was asked.
The Department for Education wrote in May.
The National Panel wrote in June.
The Care Quality Commission replied.
Citizens Advice and Family Action were asked.
Barnardo's and Action for Children were asked.
Young Minds and Place2Be were asked.
Home Start and Sure Start were asked.
Head of Service signed it.
The Team Manager signed 14 of 20.
The Service Manager and the Head of Quality met.
An Advanced Practitioner read ten.
The Principal Social Worker wrote the foreword.
The Independent Reviewing Officer was told.
A Senior Practitioner in each team reads two a month.
The Director of Children's Services signed it.
Social workers saw the child alone.
The social worker wrote the plan in time.
The auditor and the moderator agree in 17 of 20.
Auditor 1 and auditor 2 agree.
Child 1, child 2 and child 3 in the example are invented.
The child in file 4 was seen.
Worker A and worker B are examples.
Mr and Mrs are not written on forms.
Dr is the title of a doctor.
Ms or Mx may be chosen.
Miss no visit.
The mother, the father and the child were asked.
The child's views are recorded in 18 of 20.
The child I. e. the person the plan is for.
A sibling was seen in 4 of 9.
Boys and girls were asked alike.
The baby was weighed in all.
Her son and his daughter were asked.
A. B. C. are the three steps.
Steps A.B. and C.D. come first.
Child R.I. grade is no grade.
The child's U.K. passport was seen.
The mother's N.H.S. records were asked for.
The father's D.B.S. check was seen.
Young person's E.H.C.P. was read.
The aim is 88%, the share 80%, the range 62% to 91%.
Better, worse, cannot tell.
No team is told apart.
Not met in 7, met in 13, not applicable in 4.
Met: 12. Not met: 5. Not applicable: 3.
Inadequate, requires improvement, good, outstanding.
Outstanding practice was seen in one team.
Good practice: a plan in the child's words.
Red, Amber and Green.
White paper, green paper and blue book.
Spring, summer, autumn and winter.
Lead: Head of Service. Due: June.
Owner: Service Manager. Due: 30 June 2025.
The carter and the mason are trades.
A mason's brown coat.
Robin hoods and wood pigeons.
The ivy in the lane.
Bill of rights, board of trustees.
The art of review.
Ten of the 14 closed at review.
14 Family Court hearings were held.
3 Crown Court trials were held.
6 High Court orders were made.
12 Park Hill files were read.
20 Church Lane families were reached.
2 Way meetings and 4 Way meetings.
40 Street workers were trained.
The visit was made to 14 homes.
At 9 Close of play.
They live in England.
She moved to good from requires improvement.
He was placed at home.
Placed at 12 of 20.
The plan lives at the front of the file.
Home addresses are checked in 14 of 20.
Born in care, a film, was shown.
New-born babies were visited within 14 days.
Dates of birth were missing in 3 of 20.
The date of birth is a field of the form.
Date of birth: not asked.
Babies born since 1 April 2024 were visited.
Children born before 1 September 2016 were left out.
The date of birth was checked on 3 May 2024.
Birth family contact was recorded in May 2024.
Birthday cards were sent.
The NHS number was missing in 12 of 20.
NHS England wrote in May.
The UPN is a number of the school.
UPN: missing in 4.
Reference numbers have seven digits.
Case numbers were wrong in 12.
Record 12 of 20 as met.
File 3 was read twice.
ID 7 is the example's.
Case 12 of 20 was read last.
No 45 day limit was missed.
No. 12 of the list was late.
"""
