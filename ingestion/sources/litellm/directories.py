"""Users and virtual keys of the proxy, each in full, with their budgets."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from ingestion.amount import amounts
from ingestion.page import Page
from ingestion.pagination import offset_pages
from ingestion.redaction import redact
from ingestion.sources.litellm.connection import Connection
from ingestion.sources.litellm.paging import check_number
from ingestion.sources.litellm.shapes import KEYS, USERS, Key, User
from ingestion.sources.litellm.tables import SOURCE

PAGE_SIZE: Final = 100
_UNREAD: Final = frozenset(
    {"total", "page_size", "total_count"}
    | {
        f"users[].{name}"
        for name in ("user_alias", "teams", "models", "sso_user_id", "created_at")
    }
    | {
        f"keys[].{name}"
        for name in ("key_name", "models", "expires", "created_at", "metadata")
    }
)


def users(at: Connection) -> Iterator[Page]:
    """Pages of `litellm/users`."""

    def fetch(number: int) -> tuple[Page, int | None]:
        params = [("page", str(number + 1)), ("page_size", str(PAGE_SIZE))]
        body = at.api.get("/user/list", params).body
        answer = USERS.read(body)
        check_number("/user/list", answer.page, number + 1)
        columns = {
            "user_id": [user.user_id for user in answer.users],
            "email": [user.user_email or None for user in answer.users],
            "role": [user.user_role or None for user in answer.users],
            **_budgets(answer.users, USERS, "users[].spend"),
        }
        page = Page(
            columns,
            body=redact(body),
            unknown_fields=USERS.unknown_fields(body) - _UNREAD,
        )
        return page, number + 1 if number + 1 < answer.total_pages else None

    return offset_pages(fetch, SOURCE)


def keys(at: Connection) -> Iterator[Page]:
    """Pages of `litellm/keys`."""

    def fetch(number: int) -> tuple[Page, int | None]:
        params = [
            ("page", str(number + 1)),
            ("size", str(PAGE_SIZE)),
            ("return_full_object", "true"),
        ]
        body = at.api.get("/key/list", params).body
        answer = KEYS.read(body)
        check_number("/key/list", answer.current_page, number + 1)
        columns = {
            "api_key": [key.token for key in answer.keys],
            "key_alias": [key.key_alias or None for key in answer.keys],
            "user_id": [key.user_id or None for key in answer.keys],
            "team_id": [key.team_id or None for key in answer.keys],
            **_budgets(answer.keys, KEYS, "keys[].spend"),
        }
        page = Page(
            columns,
            body=redact(body),
            unknown_fields=KEYS.unknown_fields(body) - _UNREAD,
        )
        return page, number + 1 if number + 1 < answer.total_pages else None

    return offset_pages(fetch, SOURCE)


def _budgets(
    rows: list[User] | list[Key], shape: Any, where: str
) -> dict[str, list[Any]]:
    return {
        "spend_usd": amounts([row.spend for row in rows], shape, where),
        "max_budget_usd": amounts([row.max_budget for row in rows], shape, where),
        "budget_duration": [row.budget_duration or None for row in rows],
        "budget_reset_at": [_utc(row.budget_reset_at) for row in rows],
    }


def _utc(at: datetime | None) -> datetime | None:
    if at is None:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
