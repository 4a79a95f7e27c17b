"""As whom somebody answers: a mother who is a client too, a client who is a mother too, a guess for the teacher."""

from bot.domain.errors import Reason
from bot.messages import refusals
from tests.stage import Family, Given, Play, button, buttons, data


async def also_a_client(play: Play) -> Family:
    family = await play.family("mother", "father")
    play.wait(seconds=1)
    await play.forges(play.nora, f"rater/{family.raters['mother']}")
    await play.taps(play.nora, "➕ Also a client", "19 or older")
    return family


async def test_a_mother_who_is_a_client_too_rates_both_and_the_meeting_once(play: Play) -> None:
    family = await also_a_client(play)
    assert "ORS – the young person, ORS – themself" in play.nora.screen.text
    await play.starts_meeting(play.nora, family)
    assert "About: the young person (1/2)" in play.mother.screen.text
    await play.rates(play.mother, 5, 5, 5, 5)
    await play.taps(play.mother, "Next: yourself →")
    assert "About: yourself (2/2)" in play.mother.screen.text
    assert "How have you" in play.mother.screen.text
    await play.rates(play.mother, 8, 8, 8, 8)
    assert "About:" not in play.father.screen.text or "adult" not in play.father.screen.text
    await play.rates(play.father, 6, 6, 6, 6)
    assert "Next:" not in " ".join(buttons(play.father))
    await play.says(play.nora, "/start")
    await play.forges(play.nora, f"pictures/{family.case}")
    assert "Mother: themself" in " ".join(buttons(play.nora)) + play.nora.screen.text.replace(", about", ":")
    await play.forges(play.nora, data(play.nora, "close/"))
    await play.rates(play.mother, 9, 9, 9, 9)
    assert "Next:" not in " ".join(buttons(play.mother))
    assert await play.given() == [
        Given("father", "ors", "adolescent", (60, 60, 60, 60), 1, "KOIVU-27"),
        Given("mother", "ors", "adolescent", (50, 50, 50, 50), 1, "KOIVU-27"),
        Given("mother", "ors", "adult", (80, 80, 80, 80), 1, "KOIVU-27"),
        Given("mother", "srs", "", (90, 90, 90, 90), 1, "KOIVU-27"),
    ]


async def test_a_second_tap_makes_no_second_client_of_her(play: Play) -> None:
    family = await also_a_client(play)
    before = await play.kept()
    note = await play.forges(play.nora, f"isclient/{family.raters['mother']}/adult")
    assert note == refusals.words(play.say(play.nora), Reason.NO_LONGER)
    assert await play.kept() == before


async def test_somebody_who_comes_later_is_not_asked_about_her(play: Play) -> None:
    family = await also_a_client(play)
    await play.forges(play.nora, f"adult/{family.case}/school")
    school = (await play.sql("SELECT id FROM raters WHERE kind = 'school'"))[0].id
    await play.forges(play.nora, f"rater/{school}")
    assert "themself" not in play.nora.screen.text
    assert "adult" not in play.nora.screen.text


async def test_a_client_who_turns_out_to_be_a_father_goes_on_rating_himself(play: Play) -> None:
    """An adult, who has come for himself, and Bo, who is his."""
    await play.becomes_worker(play.nora)
    await play.says(play.father, "koivu 27")
    await play.taps(play.father, "Adult, for myself" if "Adult, for myself" in buttons(play.father) else "")
    await play.taps(play.father, "Yes, I'll join", "Before the meeting")
    await play.rates(play.father, 4, 4, 4, 4)
    await play.taps(play.nora, "Yes: a new case")
    case = (await play.sql("SELECT id FROM cases"))[0].id
    father = (await play.sql("SELECT id FROM raters"))[0].id
    play.wait(seconds=1)
    await play.forges(play.nora, f"another/{case}/child")
    await play.forges(play.nora, f"rater/{father}")
    await play.taps(play.nora, "➕ Also a carer", "Father")
    assert "👨 Father" in play.nora.screen.text
    assert "ORS – themself, CORS – the child" in play.nora.screen.text
    play.wait(minutes=5)
    await play.forges(play.nora, f"attend/{case}")
    await play.taps(play.nora, button(play.nora, "start/"))
    await play.says(play.father, "/start")
    await play.taps(play.father, "Before the meeting")
    await play.rates(play.father, 7, 7, 7, 7)
    assert await play.given() == [
        Given("father", "cors", "child", (70, 70, 70, 70), 1, "KOIVU-27"),
        Given("father", "ors", "adult", (40, 40, 40, 40), 1, "KOIVU-27"),
    ]


# A guess


async def guessing(play: Play) -> Family:
    """Aino is to guess what her teacher would say."""
    family = await play.family("mother")
    await play.forges(play.nora, f"rater/{family.raters['aino']}")
    await play.taps(play.nora, "💭 Let them guess", "School")
    return family


async def begins(play: Play, family: Family, *, guess: bool) -> None:
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting")
    if guess:
        await play.taps(play.nora, "⬜️ School, as guessed by: Young person")
    await play.taps(play.nora, button(play.nora, "start/"))


async def test_a_guess_is_asked_only_when_it_was_ticked(play: Play) -> None:
    family = await guessing(play)
    await begins(play, family, guess=False)
    await play.rates(play.aino, 7, 7, 7, 7)
    assert "Next:" not in " ".join(buttons(play.aino))
    assert not any("School" in line for line in play.nora.screen.text.splitlines())


async def test_what_would_your_teacher_say_about_you(play: Play) -> None:
    """After her own answers; low numbers raise nothing, and the card says whose guess it is."""
    family = await guessing(play)
    await begins(play, family, guess=True)
    await play.rates(play.aino, 7, 7, 7, 7)
    await play.taps(play.aino, "Next: 💭 the teacher →")
    assert "What would your teacher say about you?" in play.aino.screen.text
    assert "Answer as you think that they would." in play.aino.screen.text
    await play.rates(play.aino, 1, 1, 1, 1)
    assert await play.sql("SELECT number FROM alerts") == []
    card = next(each for each in reversed(play.nora.sees) if "The meeting is going on" in each.text)
    assert "💭 School, as guessed by: Young person" in card.text
    rows = await play.sql("SELECT kind FROM ratings JOIN raters ON raters.id = ratings.rater_id ORDER BY kind")
    assert [row.kind for row in rows] == ["client", "school"]


async def test_nobody_misses_a_guess(play: Play) -> None:
    family = await guessing(play)
    await begins(play, family, guess=True)
    await play.rates(play.aino, 7, 7, 7, 7)
    await play.rates(play.mother, 7, 7, 7, 7)
    await play.taps(play.nora, button(play.nora, "close/"))
    await play.rates(play.aino, 8, 8, 8, 8)
    assert "Next: 💭" not in " ".join(buttons(play.aino))
    await play.rates(play.mother, 8, 8, 8, 8)
    await play.taps(play.nora, button(play.nora, "end/"))
    assert not any("Still missing" in each.text for each in play.nora.sees)
    play.wait(hours=12)
    await play.settle()
    assert not any("answered" in each.text for each in play.mother.sees[-1:])


async def test_the_mother_does_not_see_the_guess(play: Play) -> None:
    family = await guessing(play)
    await begins(play, family, guess=True)
    draft = (
        await play.sql("SELECT drafts.id FROM drafts JOIN raters ON raters.id = rater_id WHERE guessed_by IS NOT NULL")
    )[0].id
    note = await play.forges(play.mother, f"show/{draft}")
    assert note == refusals.words(play.say(play.mother), Reason.NOT_HERE)


# A mistake


async def test_not_a_client_after_all_leaves_nothing_behind(play: Play) -> None:
    family = await play.family("mother", "father")
    play.wait(seconds=1)
    await play.forges(play.nora, f"rater/{family.raters['mother']}")
    before = await play.sql("SELECT id FROM subjects")
    await play.taps(play.nora, "➕ Also a client", "19 or older")
    await play.taps(play.nora, "➖ Not a client after all")
    await play.taps_again(play.nora)
    assert await play.sql("SELECT id FROM subjects") == before
    assert "ORS – the young person" in play.nora.screen.text
    assert "themself" not in play.nora.screen.text
    assert "➕ Also a client" in buttons(play.nora)


async def test_not_a_carer_after_all_is_a_client_as_before(play: Play) -> None:
    family = await play.family("bo", "father")
    await play.forges(play.nora, f"rater/{family.raters['aino']}")
    subjects = "SELECT rater_id, subject_id FROM rater_subjects ORDER BY rater_id, subject_id"
    before = await play.sql(subjects)
    await play.taps(play.nora, "➕ Also a carer", "Mother")
    await play.taps(play.nora, "➖ Not a carer after all")
    assert await play.sql(subjects) == before
    assert [each.kind for each in await play.sql("SELECT kind FROM raters WHERE kind = 'mother'")] == []
    assert "➕ Also a carer" in buttons(play.nora)


async def test_once_somebody_was_asked_it_is_no_mistake_any_more(play: Play) -> None:
    family = await also_a_client(play)
    await play.starts_meeting(play.nora, family)
    mother = family.raters["mother"]
    await play.forges(play.nora, f"rater/{mother}")
    assert "➖ Not a client after all" not in buttons(play.nora)
    note = await play.forges(play.nora, f"undorole/{mother}/client")
    assert note == refusals.words(play.say(play.nora), Reason.NO_LONGER)
    assert await play.forges(play.nora, f"undorole/{mother}/carer") == note
