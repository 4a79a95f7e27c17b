"""Rows for tests that look below the nouns of storage: a case with everything that hangs on it, by readable ids."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, insert

from storage.database import Transaction
from storage.schema import (
    alerts,
    attachments,
    audit,
    case_offers,
    case_packs,
    case_tags,
    case_workers,
    cases,
    draft_items,
    drafts,
    events,
    groups,
    hand_overs,
    invitations,
    left_out_weeks,
    letters,
    packs,
    persons,
    places,
    plan_raters,
    plans,
    rater_subjects,
    raters,
    ratings,
    reviews,
    service,
    session_raters,
    sessions,
    subjects,
    tags,
    teams,
    traces,
    trajectories,
    updates,
    workers,
    wrong_codes,
)

NOW = datetime(2024, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)
TEAM = {"id": "pihlaja", "name": "pihlaja"}
WORKER = {"id": "nora", "team_id": "pihlaja", "code": "KOIVU-27", "role": "worker", "began_at": NOW}
CASE = {"id": "case", "state": "open", "label_sealed": b"sealed", "opened_at": NOW}
PERSON = {
    "id": "aino",
    "telegram_mark": "mark",
    "chat_sealed": b"sealed",
    "language": "fi",
    "language_chosen": False,
    "met_at": NOW,
}
RATER = {"id": "rater", "case_id": "case", "kind": "young", "band": "adolescent", "person_id": "aino", "added_at": NOW}
SUBJECT = {"id": "subject", "case_id": "case", "band": "adolescent", "added_at": NOW}
SESSION = {"id": "session", "case_id": "case", "worker_id": "nora", "state": "open", "started_at": NOW}
DRAFT = {
    "id": "draft",
    "case_id": "case",
    "session_id": "session",
    "rater_id": "rater",
    "subject_id": "subject",
    "instrument": "ors",
    "state": "open",
    "present": 1,
    "began_at": NOW,
}
RATING = {
    "id": "rating",
    "draft_id": "draft",
    "case_id": "case",
    "worker_id": "nora",
    "session_id": "session",
    "rater_id": "rater",
    "subject_id": "subject",
    "instrument": "ors",
    "mode": "meeting",
    "item1": 10,
    "item2": 20,
    "item3": 30,
    "item4": 40,
    "total": 100,
    "rated_at": NOW,
}
LETTER = {
    "key": "a key",
    "person_id": "aino",
    "kind": "meeting",
    "about": {"case": "case"},
    "state": "waiting",
    "made_at": NOW,
    "not_before": NOW,
    "tries": 0,
}
INVITATION = {"id": "first", "rater_id": "rater", "link_mark": "l", "code_mark": "c", "made_at": NOW, "expires_at": NOW}

ATTACHMENT = {
    "id": "attachment",
    "case_id": "case",
    "rater_id": "rater",
    "worker_id": "nora",
    "band": "adolescent",
    "new_place": False,
    "at": NOW,
}
EVENT = {
    "id": "event",
    "case_id": "case",
    "subject_id": "subject",
    "worker_id": "nora",
    "kind": "school",
    "turn": "up",
    "day": NOW.date(),
    "noted_at": NOW,
}
PLAN = {"id": "plan", "case_id": "case", "worker_id": "nora", "at": NOW, "weekly": True, "made_at": NOW}
OFFER = {"id": "offer", "case_id": "case", "from_id": "nora", "to_id": "nora", "kind": "share", "made_at": NOW}

EVERYTHING: tuple[tuple[Table, dict[str, Any]], ...] = (
    (teams, TEAM),
    (persons, PERSON),
    (workers, WORKER),
    (cases, CASE),
    (case_workers, {"case_id": "case", "worker_id": "nora", "began_at": NOW}),
    (subjects, SUBJECT),
    (raters, RATER),
    (rater_subjects, {"rater_id": "rater", "subject_id": "subject"}),
    (invitations, INVITATION),
    (sessions, SESSION),
    (session_raters, {"session_id": "session", "rater_id": "rater"}),
    (drafts, DRAFT),
    (draft_items, {"draft_id": "draft", "item": 1, "score": 10}),
    (ratings, RATING),
    (alerts, {"case_id": "case", "draft_id": "draft", "rule": "very_low", "raised_at": NOW}),
    (trajectories, {"id": "table", "name": "our own", "text": "name = 'our own'", "loaded_at": NOW}),
    (letters, LETTER),
    (places, {"person_id": "aino", "kind": "draft", "about_id": "draft", "message_id": 2**40}),
    (wrong_codes, {"id": "wrong", "telegram_mark": "aino", "at": NOW}),
    (service, {"name": "alive", "at": NOW}),
    (groups, {"telegram_mark": "mark of a group", "told_at": NOW}),
    (updates, {"id": 2**40, "seen_at": NOW, "parked": False}),
    (tags, {"id": "tag", "team_id": "pihlaja", "name": "school"}),
    (case_tags, {"case_id": "case", "tag_id": "tag"}),
    (packs, {"code": "ours", "text": "title = 'ours'", "loaded_at": NOW}),
    (case_packs, {"case_id": "case", "code": "ours"}),
    (case_offers, OFFER),
    (attachments, ATTACHMENT),
    (events, EVENT),
    (reviews, {"id": "review", "case_id": "case", "worker_id": "nora", "decided": "go_on", "at": NOW}),
    (plans, PLAN),
    (left_out_weeks, {"plan_id": "plan", "week": NOW.date()}),
    (plan_raters, {"plan_id": "plan", "rater_id": "rater"}),
    (hand_overs, {"person_id": "aino", "rater_id": "rater", "session_id": "session", "at": NOW}),
    (traces, {"person_id": "aino", "message_id": 2**40, "pictured": False, "at": NOW}),
    (audit, {"at": NOW, "worker_id": "nora", "act": "delete", "case_id": "case", "chain": "first"}),
)


async def add_everything(db: Transaction) -> None:
    for table, row in EVERYTHING:
        await db.change(insert(table).values(**row))
