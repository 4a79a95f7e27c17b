"""A case is closed with what is still open, looked at, and opened again; its old buttons do nothing meanwhile."""

import asyncio

import pytest

from bot.charts.series import Summary
from bot.domain.errors import Reason
from bot.i18n import language
from bot.messages import refusals
from tests.journeys.test_own_measures import asks_for_energy
from tests.journeys.test_sharing import LOW, case_card, colleagues, goes_away, lehti, offers
from tests.stage import Family, Play, Sketches, button, buttons, data

EN = language("en")
NOT_HERE = refusals.words(EN, Reason.NOT_HERE)
NO_LONGER = refusals.words(EN, Reason.NO_LONGER)
FI = "🌿 Kiitos yhteisestä ajasta"


async def to_close(play: Play, family: Family) -> str:
    await play.to_the_case(play.nora, family)
    return await play.taps(play.nora, "⋯ More", "⏹ Close the case")


async def meets(play: Play, family: Family, *scores: int) -> None:
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, *scores)
    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.aino, 9, 9, 9, 9)
    await play.taps(play.nora, button(play.nora, "end/"))
    play.wait(days=7)
    await play.settle()


async def test_a_case_is_closed_with_a_summary_and_everybody_is_told_kindly(play: Play) -> None:
    family = await colleagues(play, "mother")
    await play.says(play.mother, "/start")
    await play.taps(play.mother, "🌐 English", "Suomi")
    for scores in ((3, 3, 3, 3), (6, 6, 6, 6)):
        await meets(play, family, *scores)
    assert "• not answered yet: 4" in await to_close(play, family)
    said = await play.taps(play.nora, "Agreed together")
    assert "Agreed together" in said
    assert "2 meetings" in said
    assert "🧑 Young person: 12 → 24. Clearly higher than at first, below the line" in said
    assert "🧑 Young person: answered 4 of 4, skipped 0" in said
    assert play.aino.screen.text.splitlines()[0] == "🌿 Thank you for the time together"
    assert play.mother.screen.text.splitlines()[0] == FI
    await play.taps(play.aino, "Menu")
    assert buttons(play.aino) == ["I have a code", "🌐 English"]
    await play.says(play.nora, "/start")
    await play.taps(play.nora, "Cases")
    assert family.label not in " ".join(buttons(play.nora))
    await play.taps(play.nora, "Closed cases")
    await play.taps(play.nora, button(play.nora, "closed/"))
    assert "Agreed together" in play.nora.screen.text
    assert await play.forges(play.otto, f"closed/{family.case}") == NOT_HERE
    assert [row.act for row in await play.sql("SELECT act FROM audit")] == ["close_case"]


@pytest.mark.parametrize("closed_by", ["Agreed together", "➡️ Hand over"])
async def test_at_night_a_colleague_hears_of_it_and_no_family_is_woken(play: Play, closed_by: str) -> None:
    """It is 23:00 in Helsinki; phones of families rest from 20:00 to 8:00."""
    family = await colleagues(play, "mother")
    await offers(play, family, "🤝 Share")
    await play.taps(lehti(play), "Yes, take it")
    play.wait(hours=12)
    told = [len(each.sees) for each in (play.aino, play.mother)]
    if closed_by == "Agreed together":
        await to_close(play, family)
        await play.taps(play.nora, closed_by)
        assert lehti(play).screen.text.startswith("🔔")
    else:
        await offers(play, family, closed_by)
        await play.taps(lehti(play), "Yes, take it")
    assert [len(each.sees) for each in (play.aino, play.mother)] == told
    play.wait(hours=9)
    await play.settle()
    assert [len(each.sees) - before for each, before in zip((play.aino, play.mother), told, strict=True)] == [1, 1]


async def test_what_is_still_open_is_seen_before_and_ends_with_it(play: Play) -> None:
    family = await colleagues(play, "mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, *LOW)
    await offers(play, family, "🤝 Share")
    seen = await to_close(play, family)
    for line in ("• a meeting is going on", "• not answered yet: 1", "nobody has talked about: 1", "colleagues: 1"):
        assert line in seen
    answer, send = data(play.mother, "answer/"), data(lehti(play), "takeon/")
    await play.taps(play.nora, "The family stopped")
    before = await play.kept()
    assert await play.forges(play.mother, answer) == NOT_HERE
    assert await play.forges(lehti(play), send) == NOT_HERE
    assert await play.kept() == before
    assert await play.sql("SELECT id FROM sessions WHERE ended_at IS NULL") == []
    play.wait(hours=40)
    await play.settle()
    assert await play.sql("SELECT id FROM letters WHERE state IN ('dead', 'waiting')") == []


async def test_old_buttons_of_a_closed_case_change_nothing(play: Play) -> None:
    family = await colleagues(play)
    await meets(play, family, 5, 5, 5, 5)
    await play.to_the_case(play.nora, family)
    old = [f"{verb}/{family.case}" for verb in ("attend", "more", "people", "add", "shared", "closecase", "draw")]
    old += [f"start/{family.case}/1", data(play.nora, "topics/")]
    own = [f"begin/{family.raters['aino']}/outcome", f"mine/{family.raters['aino']}/x"]
    await to_close(play, family)
    twice = data(play.nora, "closeas/")
    await play.taps(play.nora, "They moved on elsewhere")
    before = await play.kept()
    for each in old:
        assert await play.forges(play.nora, each) == NOT_HERE, each
    for each in own:
        assert await play.forges(play.aino, each) == NOT_HERE, each
    assert await play.forges(play.nora, twice) == NOT_HERE
    assert "This case is closed." in await case_card(play, play.nora, family)
    assert await play.kept() == before


async def test_the_pictures_of_a_closed_case_can_be_looked_at_and_say_that_it_is_closed(play: Play) -> None:
    family = await colleagues(play, "mother")
    await meets(play, family, 5, 5, 5, 5)
    await to_close(play, family)
    await play.taps(play.nora, "Agreed together")
    before = await play.kept()
    said = await play.taps(play.nora, "📈 Pictures")
    assert said.splitlines()[0] == f"📈 {family.label} · closed on 9 Mar 2026"
    assert play.drawn[-1].heading == f"{family.label} · Young person · closed"
    verbs = [data(play.nora, verb) for verb in ("areas/", "tocase/")]
    await play.taps(play.nora, "🔎 By area")
    assert play.drawn[-1].heading.endswith("· closed")
    await play.taps(play.nora, "📈 Young person", "← The case")
    assert "↩ Open it again" in buttons(play.nora)
    assert {**(await play.kept()), "places": None} == {**before, "places": None}
    for each in (f"pictures/{family.case}", *verbs):
        assert await play.forges(play.otto, each) == NOT_HERE, each
    await play.change("UPDATE workers SET ended_at = began_at WHERE code = 'KOIVU-27'")
    assert await play.forges(play.nora, f"pictures/{family.case}") == NOT_HERE


async def test_a_closed_case_is_opened_again_with_the_same_people(play: Play) -> None:
    family = await colleagues(play, "mother")
    await meets(play, family, 5, 5, 5, 5)
    await to_close(play, family)
    await play.taps(play.nora, "Agreed together")
    await play.says(play.mother, "/forget")
    await play.taps(play.mother, button(play.mother, "forgetme"))
    again = data(play.nora, "openagain/")
    assert "A phone has left" in play.nora.screen.text
    await play.taps(play.nora, "↩ Open it again")
    assert any("Not on a phone here: Mother" in each.text for each in play.nora.sees)
    assert play.aino.screen.text.splitlines()[0] == "🌿 It goes on here"
    assert await play.forges(play.nora, again) == NOT_HERE
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting", "✅ Mother", "▶️ Start, ask 1")
    await play.rates(play.aino, 6, 6, 6, 6)
    assert [each.scores[0] for each in await play.given() if each.instrument == "ors"] == [50, 60]


async def test_one_closes_while_the_other_starts_a_meeting(play: Play) -> None:
    """Whoever is first: nobody is left in a meeting of a closed case."""
    family = await colleagues(play)
    await offers(play, family, "🤝 Share")
    await play.taps(lehti(play), "Yes, take it", "To the case", "▶️ Start a meeting")
    await to_close(play, family)
    close = data(play.nora, "closeas/")
    await play.taps(lehti(play), button(lehti(play), "start/"))
    assert await play.forges(play.nora, close) == NO_LONGER
    assert "• a meeting is going on" in play.nora.screen.text
    await play.taps(play.nora, "Agreed together")
    assert await play.forges(lehti(play), data(lehti(play), "close/")) == NOT_HERE
    assert lehti(play).screen.text.splitlines()[0] == "🔔 A case was closed"
    await play.taps(lehti(play), "To the case")
    assert "Agreed together" in lehti(play).screen.text


async def test_both_at_the_same_moment(play: Play) -> None:
    family = await colleagues(play)
    await offers(play, family, "🤝 Share")
    await play.taps(lehti(play), "Yes, take it", "To the case", "▶️ Start a meeting")
    await to_close(play, family)
    lehti(play).taps(button(lehti(play), "start/"))
    play.nora.taps("Agreed together")
    await play.settle()
    (case,) = await play.sql("SELECT state FROM cases")
    open_meetings = await play.sql("SELECT id FROM sessions WHERE ended_at IS NULL")
    assert (case.state, len(open_meetings)) in {("open", 1), ("closed", 0)}
    await asyncio.sleep(0)


async def test_a_deputy_may_close_and_look(play: Play) -> None:
    family = await colleagues(play)
    await goes_away(play)
    assert family.label in await case_card(play, lehti(play), family)
    await play.taps(lehti(play), "⋯ More", "⏹ Close the case", "Agreed together")
    assert play.nora.screen.text.splitlines()[0] == "🔔 A case was closed"
    await play.change("UPDATE workers SET away_since = NULL")
    assert await play.forges(lehti(play), f"closed/{family.case}") == NOT_HERE


async def test_the_text_for_the_client_record_names_nobody(play: Play) -> None:
    family = await colleagues(play, "mother")
    await meets(play, family, 3, 3, 3, 3)
    await meets(play, family, 6, 6, 6, 6)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "📄 Summary")
    said = await play.taps(play.nora, "📋 For the client record")
    assert "first 12 (2 Mar 2026), last 24 (9 Mar 2026); +12. Clearly higher than at first" in said
    assert "Young person (SRS, 2 answers): first 36" in said
    assert family.label not in said
    assert await play.forges(play.otto, f"record/{family.case}") == NOT_HERE


async def test_what_is_only_for_the_worker_is_left_out_and_that_is_said(play: Play) -> None:
    family = await colleagues(play)
    await meets(play, family, 3, 3, 3, 3)
    await play.change("UPDATE ratings SET only_worker = TRUE WHERE instrument = 'ors'")
    await play.to_the_case(play.nora, family)
    said = await play.taps(play.nora, "⋯ More", "📄 Summary")
    assert "Not all answers are shown" in said
    assert "12" not in said.replace(family.label, "")
    (page,) = play.drawn[-1:]
    assert isinstance(page, Summary)
    assert (page.wellbeing.voices, len(page.alliance.voices)) == ((), 1)
    assert "Not all answers are shown" in await play.taps(play.nora, "📋 For the client record")


async def test_the_summary_is_one_picture_and_one_page_to_print_in_each_language(play: Play) -> None:
    family = await colleagues(play, "mother")
    await meets(play, family, 3, 3, 3, 3)
    await meets(play, family, 6, 6, 6, 6)
    headings = []
    for code, summary, to_print in (
        ("fi", "📄 Yhteenveto", "🖨 Tulostettavaksi"),
        ("sv", "📄 Sammanfattning", "🖨 För utskrift"),
        ("en", "📄 Summary", "🖨 To print"),
    ):
        await play.forges(play.nora, f"language/{code}")
        await play.forges(play.nora, f"case/{family.case}")
        await play.taps(play.nora, button(play.nora, "more/"), summary)
        page = play.drawn[-1]
        assert isinstance(page, Summary)
        assert [len(each.spots) for each in page.wellbeing.voices] == [2]
        assert family.label not in repr(page)
        await play.taps(play.nora, to_print)
        assert isinstance(play.studio, Sketches)
        assert play.studio.printed[-1] == page
        headings.append(page.heading)
    assert headings == ["Yhteinen aikamme", "Vår tid tillsammans", "Our time together"]
    assert await play.forges(play.otto, f"print/{family.case}") == NOT_HERE


async def test_the_summary_says_what_was_written_down_from_paper(play: Play) -> None:
    family = await colleagues(play)
    await meets(play, family, 3, 3, 3, 3)
    await play.change("UPDATE ratings SET mode = 'paper' WHERE instrument = 'ors'")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "📄 Summary")
    page = play.drawn[-1]
    assert isinstance(page, Summary)
    assert [each.words for each in page.key] == ["said aloud, on paper or on the worker's phone"]


async def test_the_summary_of_who_has_deleted_their_answers_is_taken_out_of_the_chat(play: Play) -> None:
    family = await colleagues(play)
    await meets(play, family, 3, 3, 3, 3)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "📄 Summary")
    await play.says(play.aino, "/forget")
    await play.taps(play.aino, button(play.aino, "forgetme"))
    assert not any("Our time together" in each.text for each in play.nora.sees)


async def test_a_family_of_more_than_the_page_can_tell_apart(play: Play) -> None:
    """Two children, both parents about each: those who fit are drawn, the others are named below."""
    family = await play.family("bo", "mother", "father")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 3, 3, 3, 3)
    await play.rates(play.bo, 4, 4, 4, 4)
    for who in (play.mother, play.father):
        await play.rates(who, 5, 5, 5, 5)
        await play.taps(who, button(who, "show/"))
        await play.rates(who, 6, 6, 6, 6)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "📄 Summary")
    page = play.drawn[-1]
    assert isinstance(page, Summary)
    names = [each.name for each in page.lines]
    assert names[:2] == ["Young person", "Mother about the young person"]
    assert len(names) == len({each.nth for each in page.lines}) == 6


async def test_a_measure_of_the_services_own_is_in_the_text_and_not_on_the_page(play: Play) -> None:
    family = await asks_for_energy(play)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.taps(play.aino, "Next: Energy →", "4", "2", "✓ Send")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "📄 Summary")
    page = play.drawn[-1]
    assert isinstance(page, Summary)
    assert ([len(each.voices) for each in (page.wellbeing, page.alliance)], len(page.notes)) == ([1, 0], 1)
    said = await play.taps(play.nora, "📋 For the client record")
    assert "Young person (Energy): 6 (2 Mar 2026)" in said
    await to_close(play, family)
    await play.taps(play.nora, "Agreed together")
    assert "Young person (Energy): 6" in play.nora.screen.text
