"""Decisions of people, landed so that figures follow them and releases pin them."""

from ingestion.table import Table, columns

SOURCE = "decisions"

IDENTITY_DECISIONS = Table(
    SOURCE,
    "identity_decisions",
    "Decisions about whose an account is, in the ledger's order. None is ever changed.",
    "entity",
    key=("sequence",),
    columns=columns(
        ("sequence", "bigint", "Number of the event in the ledger."),
        ("decision", "string", "bind, split, merge, exclude or revert."),
        ("source", "string", "Source of the account; null if none is decided about."),
        ("account_kind", "string", "Kind of the account as identity sees it."),
        ("account_id", "string", "Account as its source names it."),
        (
            "person_id",
            "string",
            "bind: whose it is. split: whose it is not. merge: whose the other's record is.",
        ),
        (
            "other_person_id",
            "string",
            "split: whose it is instead; null if nobody's. merge: the record that goes.",
        ),
        ("valid_from", "date", "First day it holds; null for a revert."),
        ("valid_to", "date", "Last day it holds; null if open."),
        ("reason", "string", "Why, in words of who decided."),
        ("evidence", "string", "Where that is written down; null if nowhere."),
        ("decided_by", "string", "Who decided."),
        ("decided_at", "timestamp", "When, UTC."),
        ("reverts_sequence", "bigint", "Event that a revert takes back."),
        ("event_hash", "string", "Hash of the event in the ledger's chain."),
    ),
)
TABLES = (IDENTITY_DECISIONS,)
