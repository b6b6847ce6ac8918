"""Objects as GitLab's REST API shows them."""

from typing import Any

from ingestion.simulator.hosting.places import CHECKS, OWNER, named
from ingestion.simulator.hosting.requests import Commit, Request, Review
from ingestion.simulator.timeline import instant

Json = dict[str, Any]
PROJECT, GROUP, GHOST = 3_001, 77, 1
FIRST_REQUEST, FIRST_NOTE = 500_000, 60_000_000
_NOTED = {
    "approved": "approved this merge request",
    "dismissed": "unapproved this merge request",
    "changes_requested": "requested changes",
}


def at(milliseconds: int) -> str:
    """`2026-11-20T09:00:00.000Z`."""
    return f"{instant(milliseconds):%Y-%m-%dT%H:%M:%S.000Z}"


def account(found: tuple[int, str, bool] | None) -> Json:
    """An account; what deleted ones did belongs to the ghost."""
    id_, login, _ = found or (GHOST, "ghost", False)
    return {
        "id": id_,
        "username": login,
        "public_email": "",
        "name": login.replace("-", " ").title(),
        "state": "active",
        "locked": False,
        "avatar_url": None,
        "web_url": f"https://gitlab.works.example/{login}",
    }


def project(name: str) -> Json:
    """A project."""
    return {
        "id": PROJECT,
        "description": None,
        "name": name,
        "path": name,
        "path_with_namespace": f"{OWNER}/{name}",
        "created_at": "2020-01-01T00:00:00.000Z",
        "default_branch": "main",
        "tag_list": [],
        "web_url": f"https://gitlab.works.example/{OWNER}/{name}",
        "star_count": 0,
        "namespace": {"id": GROUP, "name": OWNER, "path": OWNER, "kind": "group"},
    }


def merge_request(request: Request, at_ms: int) -> Json:
    """A merge request of a list; there are no counts of lines."""
    state = request.state(at_ms)
    step = request.step if state == "merged" else None
    author = account(named(request.person, request.author))
    return {
        "id": FIRST_REQUEST + request.number,
        "iid": request.number,
        "project_id": PROJECT,
        "title": request.title,
        "description": request.body.replace(f"{request.repository}#", "runtime!"),
        "state": {"open": "opened"}.get(state, state),
        "created_at": at(request.created_ms),
        "updated_at": at(request.updated_ms(at_ms)),
        "merged_by": author if step else None,
        "merge_user": author if step else None,
        "merged_at": at(request.merged_ms) if step else None,
        "closed_by": None,
        "closed_at": at(request.closed_ms) if state == "closed" else None,
        "target_branch": "main",
        "source_branch": request.branch,
        "author": author,
        "assignees": [],
        "assignee": None,
        "reviewers": [],
        "source_project_id": PROJECT,
        "target_project_id": PROJECT,
        "labels": [],
        "draft": request.is_draft(at_ms),
        "milestone": None,
        "detailed_merge_status": "mergeable",
        "sha": request.commits[-1].sha,
        "merge_commit_sha": None,
        "squash_commit_sha": step.sha if step else None,
        "squash": True,
        "prepared_at": at(request.created_ms),
        "web_url": f"https://gitlab.works.example/{OWNER}/-/{request.number}",
    }


def commit(found: Commit, title: str) -> Json:
    """A commit of a merge request."""
    when = at(found.authored_ms)
    return {
        "id": found.sha,
        "short_id": found.sha[:8],
        "created_at": when,
        "parent_ids": [],
        "title": title,
        "message": title,
        "author_name": found.name,
        "author_email": found.email,
        "authored_date": when,
        "committer_name": found.name,
        "committer_email": found.email,
        "committed_date": when,
        "trailers": {},
        "web_url": f"https://gitlab.works.example/{OWNER}/-/commit/{found.sha}",
    }


def notes(request: Request, at_ms: int) -> list[Json]:
    """Comments and what the host notes, oldest first; it notes more than we read."""
    author = account(named(request.person, request.author))
    found = [_note(request, 0, request.created_ms, author, "assigned to nobody", True)]
    found += [
        _note(
            request,
            50 + place,
            ms,
            author,
            f"marked this merge request as **{state}**",
            True,
        )
        for place, (state, ms) in enumerate(request.marked)
        if ms <= at_ms
    ]
    for review in request.said(at_ms):
        who = _reviewer(review)
        is_system = review.kind in _NOTED
        words = _NOTED.get(review.kind, "Please look again.")
        found.append(_note(request, review.number, review.at_ms, who, words, is_system))
    return sorted(found, key=lambda note: (note["created_at"], note["id"]))


def _reviewer(review: Review) -> Json:
    if review.is_machine:
        return account((CHECKS, "project_3001_bot_5f2c", True))
    return account(named(review.person, None))


def _note(
    request: Request, number: int, ms: int, author: Json, body: str, is_system: bool
) -> Json:
    return {
        "id": FIRST_NOTE + 100 * request.number + number,
        "type": None,
        "body": body,
        "author": author,
        "created_at": at(ms),
        "updated_at": at(ms),
        "system": is_system,
        "noteable_id": FIRST_REQUEST + request.number,
        "noteable_type": "MergeRequest",
        "project_id": PROJECT,
        "resolvable": False,
        "confidential": False,
        "internal": False,
        "imported": False,
        "noteable_iid": request.number,
    }
