"""Time that consultants log on their issues, changed and removed now and then."""

from dataclasses import dataclass

from msgspec import Struct

from ingestion.simulator.accounts import jira_account_on
from ingestion.simulator.company import Company
from ingestion.simulator.jira.answers import API, HOST, Refused, shown
from ingestion.simulator.jira.fields import account
from ingestion.simulator.randomness import stream
from ingestion.simulator.timeline import instant
from ingestion.simulator.world import World

LOGGING_PROJECT = "KES"
MOST_MENTIONS, MOST_IDS = 1000, 1000
_FIRST_ID = 30_000
_HOUR_MS, _MINUTE_MS = 3_600_000, 60_000


class ListRequest(Struct):
    """Body of `/worklog/list`."""

    ids: list[int]


@dataclass(frozen=True, slots=True)
class Worklog:
    """One entry; times are epoch milliseconds, `removed_ms` 0 for never."""

    worklog_id: int
    issue_id: int
    account_id: str
    person_id: str
    started_ms: int
    seconds: int
    created_ms: int
    updated_ms: int
    removed_ms: int
    is_restricted: bool

    def changed_ms(self, at_ms: int) -> int:
        """When it was last changed, as known at an instant."""
        return self.updated_ms if self.updated_ms <= at_ms else self.created_ms

    def is_there(self, at_ms: int) -> bool:
        """Whether it exists at an instant."""
        return self.created_ms <= at_ms and not 0 < self.removed_ms <= at_ms


def worklogs(company: Company) -> tuple[Worklog, ...]:
    """Every entry, in order of creation."""
    accounts = {
        person.person_id: [
            a for a in company.jira_accounts if a.person_id == person.person_id
        ]
        for person in company.people
    }
    random = stream(company.seed, "worklogs")
    drafts: list[tuple[int, Worklog]] = []
    for issue in company.issues:
        draws = random.random(6)
        is_logged = issue.project == LOGGING_PROJECT and issue.started_ms
        if not is_logged or issue.worker is None:
            continue
        span = (issue.done_ms or issue.started_ms + 72 * _HOUR_MS) - issue.started_ms
        for part in range(1 + int(draws[0] > 0.6)):
            created = issue.started_ms + int(span * (0.3 + 0.4 * part))
            day = instant(created).date()
            author = jira_account_on(accounts[issue.worker], day)
            changed = created + int(draws[2] * 48) * _HOUR_MS if draws[1] < 0.1 else 0
            gone = created + int(200 * draws[4] + 1) * _HOUR_MS
            drafts.append(
                (
                    created,
                    Worklog(
                        worklog_id=0,
                        issue_id=issue.issue_id,
                        account_id=author.account_id,
                        person_id=issue.worker,
                        # Typed later, for work of the day or of last month.
                        started_ms=created - int(1 + 800 * draws[5] ** 8) * _HOUR_MS,
                        seconds=900 * int(1 + draws[3] * 30),
                        created_ms=created,
                        updated_ms=changed or created,
                        removed_ms=gone if draws[4] < 0.03 else 0,
                        is_restricted=draws[1] > 0.985,
                    ),
                )
            )
    drafts.sort(key=lambda draft: (draft[0], draft[1].issue_id))
    return tuple(
        Worklog(
            _FIRST_ID + place, w.issue_id, w.account_id, w.person_id, w.started_ms,
            w.seconds, w.created_ms, w.updated_ms, w.removed_ms, w.is_restricted,
        )
        for place, (_, w) in enumerate(drafts)
    )  # fmt: skip


def updated(world: World, since: int) -> dict[str, object]:
    """Body of `/worklog/updated`: oldest change first, without the last minute."""
    now = world.now_ms
    found = [(w.changed_ms(now), w) for w in _all(world) if w.is_there(now)]
    return _mentions("updated", found, since, now)


def deleted(world: World, since: int) -> dict[str, object]:
    """Body of `/worklog/deleted`."""
    now = world.now_ms
    found = [(w.removed_ms, w) for w in _all(world) if 0 < w.removed_ms <= now]
    return _mentions("deleted", found, since, now)


def listed(world: World, asked: ListRequest) -> list[dict[str, object]]:
    """Body of `/worklog/list`; what the account may not see is left out silently."""
    if len(asked.ids) > MOST_IDS:
        raise Refused(400, f"ids: at most {MOST_IDS} are allowed.")
    wanted, now = set(asked.ids), world.now_ms
    accounts = {a.account_id: account(a) for a in world.company.jira_accounts}
    return [
        _body(w, accounts[w.account_id], now)
        for w in _all(world)
        if w.worklog_id in wanted and w.is_there(now) and not w.is_restricted
    ]


def _all(world: World) -> tuple[Worklog, ...]:
    return world.once_ever("worklogs", lambda: worklogs(world.company))


def _mentions(
    what: str, found: list[tuple[int, Worklog]], since: int, now_ms: int
) -> dict[str, object]:
    known = sorted(
        (at_ms, w.worklog_id)
        for at_ms, w in found
        if since <= at_ms <= now_ms - _MINUTE_MS
    )
    page = known[:MOST_MENTIONS]
    until = page[-1][0] if page else since
    body: dict[str, object] = {
        "values": [
            {"worklogId": one, "updatedTime": at_ms, "properties": []}
            for at_ms, one in page
        ],
        "since": since,
        "until": until,
        "self": f"{HOST}{API}/worklog/{what}?since={since}",
        "lastPage": len(page) == len(known),
    }
    if len(page) < len(known):
        body["nextPage"] = f"{HOST}{API}/worklog/{what}?since={until}"
    return body


def _body(found: Worklog, author: dict[str, object], now_ms: int) -> dict[str, object]:
    note = {"type": "text", "text": "Generated note"}
    return {
        "self": f"{HOST}{API}/issue/{found.issue_id}/worklog/{found.worklog_id}",
        "author": author,
        "updateAuthor": author,
        "comment": {"type": "doc", "version": 1, "content": [note]},
        "created": shown(found.created_ms),
        "updated": shown(found.changed_ms(now_ms)),
        "started": shown(found.started_ms),
        "timeSpent": f"{found.seconds // 60}m",
        "timeSpentSeconds": found.seconds,
        "id": str(found.worklog_id),
        "issueId": str(found.issue_id),
    }
