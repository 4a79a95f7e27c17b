"""What is kept, and the questions and verbs of each noun: `import storage`, then `storage.ratings.put(db, rating)`.

Domain objects go in and come out; rows never leave this package. `db` is always an open transaction.
"""

from storage import (
    alerts,
    audit,
    backlog,
    caseload,
    cases,
    dead_letters,
    drafts,
    events,
    figures,
    invitations,
    leave,
    offers,
    outbox,
    people,
    places,
    preferences,
    ratings,
    reviews,
    service,
    sessions,
    trajectories,
    updates,
    workers,
)
from storage.database import Database, Transaction, UnreachableError, new_id
from storage.vault import Vault

__all__ = [
    "Database",
    "Transaction",
    "UnreachableError",
    "Vault",
    "alerts",
    "audit",
    "backlog",
    "caseload",
    "cases",
    "dead_letters",
    "drafts",
    "events",
    "figures",
    "invitations",
    "leave",
    "new_id",
    "offers",
    "outbox",
    "people",
    "places",
    "preferences",
    "ratings",
    "reviews",
    "service",
    "sessions",
    "trajectories",
    "updates",
    "workers",
]
