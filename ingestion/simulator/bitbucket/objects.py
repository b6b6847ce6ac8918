"""Objects as Bitbucket Cloud shows them."""

from typing import Any

from ingestion.simulator.company import Company
from ingestion.simulator.hosting.places import (
    CHECKS,
    OWNER,
    atlassian_account,
    is_confirmed,
    named,
)
from ingestion.simulator.hosting.requests import Commit, Request, Review
from ingestion.simulator.timeline import instant

Json = dict[str, Any]
_STATES = {"open": "OPEN", "merged": "MERGED"}
SHORT = 12  # digits of a commit that a pull request names


def at(milliseconds: int) -> str:
    """`2026-11-20T09:00:00.000000+00:00`."""
    return f"{instant(milliseconds):%Y-%m-%dT%H:%M:%S.000000+00:00}"


def repository_uuid(name: str) -> str:
    """The id of a repository."""
    return f"{{0d3c5a1e-0000-4000-8000-{sum(name.encode()):012d}}}"


def user(id_: str, login: str, kind: str = "user") -> Json:
    """An account; its id is the one that Jira knows."""
    return {
        "display_name": login.replace("-", " ").title(),
        "links": {},
        "type": kind,
        "uuid": f"{{{id_}}}",
        "account_id": id_,
        "nickname": login,
    }


def author(company: Company, request: Request, at_ms: int) -> Json | None:
    """Who opened it; None where the account is deleted."""
    found = named(request.person, request.author)
    if found is None:
        return None
    if request.person is not None:
        return user(atlassian_account(company, request.person, at_ms), found[1])
    return user(f"557058:{found[0]}", found[1], "app_user" if found[2] else "user")


def repository(name: str) -> Json:
    """A repository."""
    return {
        "type": "repository",
        "full_name": f"{OWNER}/{name}",
        "links": {},
        "name": name,
        "slug": name,
        "description": "",
        "scm": "git",
        "uuid": repository_uuid(name),
        "is_private": True,
        "mainbranch": {"type": "branch", "name": "main"},
    }


def pull_request(company: Company, request: Request, at_ms: int) -> Json:
    """A pull request of a list: when it was merged is not told."""
    state = request.state(at_ms)
    step = request.step if state == "merged" else None
    merge = step and {"type": "commit", "hash": step.sha[:SHORT], "links": {}}
    return {
        "comment_count": len(request.said(at_ms)),
        "task_count": 0,
        "type": "pullrequest",
        "id": request.number,
        "title": request.title,
        "description": request.body,
        "rendered": {},
        "state": _STATES.get(state) or given_up(request),
        "draft": request.is_draft(at_ms),
        "merge_commit": merge,
        "close_source_branch": True,
        "closed_by": None,
        "author": author(company, request, request.created_ms),
        "reason": "",
        "created_on": at(request.created_ms),
        "updated_on": at(request.updated_ms(at_ms)),
        "destination": {"branch": {"name": "main"}},
        "source": {"branch": {"name": request.branch}},
        "links": {},
        "summary": {"type": "rendered", "raw": request.body, "markup": "markdown"},
    }


def given_up(request: Request) -> str:
    """How it ended without a merge."""
    return "SUPERSEDED" if request.number % 5 == 0 else "DECLINED"


def commit(company: Company, request: Request, found: Commit) -> Json:
    """A commit of a pull request, with the account if its address is confirmed."""
    is_own = request.author is not None and found.email == request.author.email
    who = author(company, request, request.created_ms) if is_own else None
    known = {"user": who} if who and is_confirmed(found.email) else {}
    raw = f"{found.name} <{found.email}>"
    return {
        "type": "commit",
        "hash": found.sha,
        "date": at(found.authored_ms),
        "author": {"type": "author", "raw": raw, **known},
        "message": request.title,
        "summary": {"type": "rendered", "raw": request.title},
        "links": {},
        "parents": [],
    }


def activities(company: Company, request: Request, at_ms: int) -> list[Json]:
    """What happened, the newest first. An approval that was taken back is gone, and
    only the last one of a person is there."""
    events = [
        (request.created_ms, _update(company, request, "OPEN", request.created_ms,
                                     request.opened_as_draft))
    ]  # fmt: skip
    events += [
        (ms, _update(company, request, "OPEN", ms, state == "draft"))
        for state, ms in request.marked
        if ms <= at_ms
    ]
    ended = request.state(at_ms)
    if ended != "open":
        ms = request.merged_ms or request.closed_ms
        state = _STATES.get(ended) or given_up(request)
        events.append((ms, _update(company, request, state, ms, False)))
    for review in kept(request, at_ms):
        events.append((review.at_ms, _said(company, review)))
    return [body for _, body in sorted(events, key=lambda e: e[0], reverse=True)]


def kept(request: Request, at_ms: int) -> list[Review]:
    """What was said and is still there."""
    said = request.said(at_ms)
    gone = {review.person for review in said if review.kind == "dismissed"}
    last = {(r.person, r.kind): r for r in said}
    return [
        review
        for review in said
        if review.kind != "dismissed"
        and (
            review.kind != "approved"
            or review.person not in gone
            or last[review.person, "approved"] is review
        )
    ]


def _update(
    company: Company, request: Request, state: str, ms: int, is_draft: bool
) -> Json:
    return {
        "pull_request": {"type": "pullrequest", "id": request.number},
        "update": {
            "state": state,
            "draft": is_draft,
            "title": request.title,
            "description": request.body,
            "reviewers": [],
            "changes": {},
            "reason": "",
            "author": author(company, request, ms),
            "date": at(ms),
            "destination": {"branch": {"name": "main"}},
            "source": {"branch": {"name": request.branch}},
        },
    }


def _said(company: Company, review: Review) -> Json:
    who = None
    if review.is_machine:
        who = user(f"557058:{CHECKS}", "works-checks", "app_user")
    elif review.person is not None:
        found = named(review.person, None)
        id_ = atlassian_account(company, review.person, review.at_ms)
        who = user(id_, found[1] if found else "")
    if review.kind == "commented":
        comment = {
            "id": review.number,
            "created_on": at(review.at_ms),
            "updated_on": at(review.at_ms),
            "content": {"type": "rendered", "raw": "Please look again."},
            "user": who,
            "deleted": False,
            "pending": False,
            "type": "pullrequest_comment",
        }
        return {"comment": comment}
    decision = {"date": at(review.at_ms), "user": who}
    name = "approval" if review.kind == "approved" else "changes_requested"
    return {name: decision}
