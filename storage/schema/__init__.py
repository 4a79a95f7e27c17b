"""All tables, by what they are about. Ids are random, times UTC, scores mm.

What ties a row to a person is sealed or marked.
"""

from storage.schema.columns import Moment, metadata
from storage.schema.of_audit import audit
from storage.schema.of_cases import (
    attachments,
    case_offers,
    case_packs,
    case_tags,
    case_workers,
    cases,
    events,
    rater_subjects,
    raters,
    reviews,
    subjects,
)
from storage.schema.of_chats import groups, hand_overs, letters, places, traces, updates
from storage.schema.of_meetings import left_out_weeks, plan_raters, plans, session_raters, sessions
from storage.schema.of_people import invitations, persons, tags, teams, workers, wrong_codes
from storage.schema.of_ratings import alerts, draft_items, drafts, ratings
from storage.schema.of_service import packs, service, trajectories

__all__ = [
    "Moment",
    "alerts",
    "attachments",
    "audit",
    "case_offers",
    "case_packs",
    "case_tags",
    "case_workers",
    "cases",
    "draft_items",
    "drafts",
    "events",
    "groups",
    "hand_overs",
    "invitations",
    "left_out_weeks",
    "letters",
    "metadata",
    "packs",
    "persons",
    "places",
    "plan_raters",
    "plans",
    "rater_subjects",
    "raters",
    "ratings",
    "reviews",
    "service",
    "session_raters",
    "sessions",
    "subjects",
    "tags",
    "teams",
    "traces",
    "trajectories",
    "updates",
    "workers",
    "wrong_codes",
]
