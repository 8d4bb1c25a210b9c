"""Names that are also English words, or words of our own pages: sought within full names only.

Searching a page for "Will" or "May" alone would find one in every sentence.
"""

_WORDS = """
ace amber and angel art ash asher assessment audit august autumn bailey baker banks barber basil bay bell best
beth bill bishop black blake bliss blue board bond bow brand brook brooks brown buck bunny bush butcher butler
cannon cant card carol carter case cash chance chandler chapel charity chase cherry child church clay clear
cliff close coal coleman cook cooper coral cotton court crane cross crystal daisy dale dawn day deacon dean dear
destiny drew duke duty early east eden elder ember england ever faith family farmer fern field finch fisher
flint flora flower for ford forest fox france frank free friend frost gale gardener garland gene general gift
glen gold good grace grant gray green grey guy hall harmony harper harvest haven hazel health heath heather hill
holiday holly home honey hope horn house hunt hunter ice inadequate iris ivy jack jade jasmine jay jewel journey
joy june justice key kind king kit knight lake lane law lea leaf lee levy liberty light lily lord love lucky
major marina mark marsh marshall martin mason matt may mercy met mill miller mills milo moon moor moore moss
myrtle noble north not nova oak olive outstanding page paris park parker parks partner pat pearl penny perry
piper place plan pond pool poppy porter post potter price prince public quality quick rain ray read reed reef
reeve report review rich ring river rob robin rock rose ross rowan royal ruby rush rusty sage sandy savage
scarlet school scout service sharp shaw shepherd short silver singer skip skipper sky small smart snow social
sparrow spring standard star stone storm strange street strong sue summer sunny support swift tanner target
taylor team temple terry the thorn tiger tom town true turner vale van violet wade walker wall ward warden
warren water waters way weaver webb well wells west wheeler white will willow win winter wise with wolf wood
woods worker wren young
"""
_TRADES = """
bailey barber butcher butler carter chandler coleman cooper deacon duke farmer fisher flint gardener harper hunter jack
jade jasmine marshall martin mason matt miller milo moore parker porter potter ross shepherd singer tanner taylor terry
turner walker weaver webb wheeler
"""
_BEFORE_A_NUMBER = "case child client file id identifier key nhs no number pupil record ref reference"
_ABBREVIATED = (
    "ri uk us eu nhs cp it qa la sw am pm ps nb ie eg ab bc cd dbs ehcp mash iro bame ot hr pe re tv id gp sen"
)

ORDINARY = frozenset(_WORDS.split())
TRADES = frozenset(_TRADES.split())  # words that a page seldom says
BEFORE_A_NUMBER = frozenset(_BEFORE_A_NUMBER.split())
ABBREVIATED = frozenset(_ABBREVIATED.split())
PERSON = (
    "child|young person|boy|girl|baby|infant|sibling|brother|sister|twin|son|daughter|mother|father|mum|dad|parent"
    "|carer|grandmother|grandfather|aunt|uncle|pupil|student"
)
PEOPLE = "people|persons?|carers?|adults?|children|women|men|mothers?|fathers?|parents?|offenders?|minds"
BETWEEN = "And|Or|For|Of|The|To|In|On|At|By|With|Is|Was|Be|Not|An"
