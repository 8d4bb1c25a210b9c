"""Two editions, one after the other: what the second tells otherwise than the first stands on its front page."""

import json
import re

import yaml

from ilacs_audit.publishing.run.rebuild import rebuild
from tests.publishing import rounds

REPORTS = """\
reaudit: {each: {audit: re_audit}}
thematic: {each: {theme: all}}
improvement_plan: {title: The plan}
overview: {title: Good enough?}
"""
ASKED = """\
visits-2024-09:
  decisions:
    - {what: Write to every manager., by: 2024-10-31}
    - {what: Name a lead for visits., by: 2025-01-31}
    - {what: Buy a second van., by: 2024-10-15}
"""
DECIDED = """\
- {code: %s, decided: Every manager has had a letter., decided_on: 2024-11-05, by: Improvement board}
- {code: XXXXXX, decided: Nothing yet., decided_on: 2024-11-05, by: Improvement board}
"""
FIRST = "First report: no comparison"


def front(place, audience="board", period=rounds.NOW):
    text = (place / "outputs" / audience / period / "index.html").read_text(encoding="utf-8")
    words = re.sub(r"<[^>]+>", " ", re.sub(r"<(style|svg).*?</\1>", " ", text, flags=re.S))
    return " ".join(words.split())


def test_late_returns_a_verdict_a_status_and_a_day_that_passed_are_told_then_and_now_to_those_who_had_the_first_edition(
    tmp_path,
):
    place = rounds.make(tmp_path / "a work of two", themes=("visits",))
    (place / "reports.yml").write_text(REPORTS, encoding="utf-8")
    rounds.send(place, "visits", rounds.BEFORE, {"North": (15, 5), "South": (15, 5)})
    rounds.send(place, "visits", rounds.NOW, {"North": (9, 21), "South": (8, 22)})
    words = place / "data" / "evidence" / "commentary" / f"{rounds.BEFORE}.yml"
    words.parent.mkdir(exist_ok=True)
    words.write_text(ASKED, encoding="utf-8")
    assert not rounds.publish(place, period=rounds.BEFORE).failed
    assert FIRST in front(place, period=rounds.BEFORE)
    rounds.send(place, "visits", rounds.BEFORE, {"North": (15, 5), "South": (22, 5)})
    plan = yaml.safe_load((place / "data" / "plan.yml").read_text(encoding="utf-8"))
    plan["areas"][0]["activity"] = "stopped"
    summaries = json.loads((place / "outputs/private/board" / rounds.BEFORE / "summaries.json").read_text())
    (code,) = {each[-1] for one in summaries.values() for each in one["asked"] if each[0].startswith("Write to every")}
    (place / "data" / "evidence" / "decisions.yml").write_text(DECIDED % code, encoding="utf-8")
    (place / "data" / "plan.yml").write_text(yaml.safe_dump(plan), encoding="utf-8")
    ended = rounds.publish(place, audiences=("board", "public"))
    assert (ended.failed, ended.pending) == ((), ())

    told = front(place)
    assert "Since the edition of September 2024: one verdict turned, one status changed, one figure restated" in told
    assert "one decision was recorded and the day of one decision has passed" in told
    assert "Name a lead for visits." not in told
    assert "Write to every manager. Decide by 31 October 2024. Every manager has had a letter. Improvement" in told
    assert "Buy a second van. Decide by 15 October 2024. what was decided is not recorded" in told
    owed = (place / "outputs" / "private" / "status" / "what-to-do.txt").read_text(encoding="utf-8")
    assert "decisions.yml: no earlier board edition asked a decision XXXXXX." in owed
    assert "Cannot tell , now Not met visits asked 1 30 of 40, now 17 of 60" in told
    assert "A1 Partnership Arrangements Done: Not stated , now Stopped ;" in told
    assert "visits asked 1 30 of 40, now 37 of 47 September 2024; 7 more files are counted" in told
    assert FIRST in front(place, "public")
    assert "improvement-plan.html#" not in (place / "outputs" / "public" / rounds.NOW / "index.html").read_text()

    made = rebuild(rounds.NOW, outputs=place / "outputs")
    assert made.different == () and "index.html" in made.identical
