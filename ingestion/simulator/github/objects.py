"""Objects as GitHub's REST API shows them, whole."""

from functools import lru_cache
from typing import Any

from ingestion.simulator.hosting.places import OWNER, REPOSITORIES
from ingestion.simulator.hosting.requests import Commit, Request
from ingestion.simulator.timeline import instant

Json = dict[str, Any]
OWNER_ID, FIRST_REPOSITORY = 9_000_001, 134_018_330
FIRST_REQUEST, FIRST_REVIEW, FIRST_ISSUE = 2_000_000_000, 3_000_000_000, 4_000_000_000
A_REPOSITORY = 1_000_000  # ids of one repository's pull requests
_USER_URLS = {
    "url": "", "html_url": "", "followers_url": "/followers",
    "following_url": "/following{/other_user}", "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}", "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs", "repos_url": "/repos",
    "events_url": "/events{/privacy}", "received_events_url": "/received_events",
}  # fmt: skip
_REPOSITORY_URLS = (
    "archive", "assignees", "blobs", "branches", "clone", "collaborators", "comments",
    "commits", "compare", "contents", "contributors", "deployments", "downloads",
    "events", "forks", "git_commits", "git_refs", "git_tags", "git", "hooks",
    "issue_comment", "issue_events", "issues", "keys", "labels", "languages", "merges",
    "milestones", "notifications", "pulls", "releases", "ssh", "stargazers", "statuses",
    "subscribers", "subscription", "svn", "tags", "teams", "trees",
)  # fmt: skip


def repository_id(name: str) -> int:
    """The id of a repository."""
    return FIRST_REPOSITORY + REPOSITORIES["github"].index(name)


def request_id(request: Request) -> int:
    """The id of a pull request over all repositories."""
    place = REPOSITORIES["github"].index(request.repository)
    return FIRST_REQUEST + A_REPOSITORY * place + request.number


def at(milliseconds: int) -> str:
    """`2026-11-20T09:00:00Z`."""
    return f"{instant(milliseconds):%Y-%m-%dT%H:%M:%SZ}"


@lru_cache(maxsize=1000)
def user(base: str, id_: int, login: str, kind: str = "User") -> Json:
    """An account."""
    own = f"{base}/users/{login}"
    return {
        "login": login,
        "id": id_,
        "node_id": f"U_{id_}",
        "avatar_url": f"{base}/u/{id_}",
        "gravatar_id": "",
        **{name: own + end for name, end in _USER_URLS.items()},
        "type": kind,
        "user_view_type": "public",
        "site_admin": False,
    }


def account(base: str, named: tuple[int, str, bool] | None) -> Json | None:
    """An account from (id, login, is a machine)."""
    if named is None:
        return None
    return user(base, named[0], named[1], "Bot" if named[2] else "User")


@lru_cache(maxsize=16)
def repository(base: str, name: str) -> Json:
    """A repository."""
    own = f"{base}/repos/{OWNER}/{name}"
    id_ = repository_id(name)
    counts = ("forks", "open_issues", "stargazers", "watchers")
    return {
        "id": id_,
        "node_id": f"R_{id_}",
        "name": name,
        "full_name": f"{OWNER}/{name}",
        "owner": user(base, OWNER_ID, OWNER, "Organization"),
        "private": True,
        "description": None,
        "fork": False,
        "url": own,
        "html_url": own,
        **{f"{each}_url": f"{own}/{each}" for each in _REPOSITORY_URLS},
        "mirror_url": None,
        "homepage": None,
        "language": None,
        **{f"{each}_count": 0 for each in counts},
        "forks": 0,
        "open_issues": 0,
        "watchers": 0,
        "size": 1,
        "default_branch": "main",
        **{
            f"has_{each}": each == "issues"
            for each in (
                "issues",
                "projects",
                "wiki",
                "pages",
                "downloads",
                "discussions",
            )
        },
        "archived": False,
        "disabled": False,
        "license": None,
        "topics": [],
        "visibility": "private",
        "pushed_at": "2026-01-01T00:00:00Z",
        "created_at": "2020-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z",
    }


def full_repository(base: str, name: str) -> Json:
    """A repository that is asked for alone."""
    return {**repository(base, name), "network_count": 0, "subscribers_count": 0}


def pull_request(base: str, request: Request, at_ms: int, author: Json | None) -> Json:
    """A pull request of a list: no sizes, and no word whether it is merged."""
    own = f"{base}/repos/{OWNER}/{request.repository}"
    pull, issue = f"{own}/pulls/{request.number}", f"{own}/issues/{request.number}"
    state = request.state(at_ms)
    is_merged = state == "merged" and request.step is not None
    links = {
        "self": pull, "html": pull, "issue": issue, "comments": f"{issue}/comments",
        "review_comments": f"{pull}/comments",
        "review_comment": f"{own}/pulls/comments{{/number}}",
        "commits": f"{pull}/commits", "statuses": f"{own}/statuses/{_head(request)}",
    }  # fmt: skip
    return {
        "url": pull,
        "id": request_id(request),
        "node_id": f"PR_{request_id(request)}",
        "html_url": pull,
        "diff_url": f"{pull}.diff",
        "patch_url": f"{pull}.patch",
        "issue_url": issue,
        "number": request.number,
        "state": "open" if state == "open" else "closed",
        "locked": False,
        "title": request.title,
        "user": author,
        "body": request.body,
        "created_at": at(request.created_ms),
        "updated_at": at(request.updated_ms(at_ms)),
        "closed_at": None if state == "open" else at(request.closed_ms),
        "merged_at": at(request.merged_ms) if is_merged else None,
        # Of an open one: the merge as it would be, thrown away again.
        "merge_commit_sha": request.step.sha
        if is_merged and request.step
        else _head(request)[::-1],
        "assignee": None,
        "assignees": [],
        "requested_reviewers": [],
        "requested_teams": [],
        "labels": [],
        "milestone": None,
        "draft": request.is_draft(at_ms),
        "commits_url": f"{pull}/commits",
        "review_comments_url": f"{pull}/comments",
        "review_comment_url": links["review_comment"],
        "comments_url": f"{issue}/comments",
        "statuses_url": links["statuses"],
        "head": _side(base, request, request.branch, _head(request), author),
        "base": _side(base, request, "main", _head(request), author),
        "_links": {name: {"href": link} for name, link in links.items()},
        "author_association": "MEMBER",
        "auto_merge": None,
        "active_lock_reason": None,
    }


def _head(request: Request) -> str:
    return request.commits[-1].sha


def _side(base: str, request: Request, ref: str, sha: str, who: Json | None) -> Json:
    return {
        "label": f"{OWNER}:{ref}",
        "ref": ref,
        "sha": sha,
        "user": who,
        "repo": repository(base, request.repository),
    }


def commit(base: str, request: Request, found: Commit, author: Json | None) -> Json:
    """A commit of a pull request."""
    own = f"{base}/repos/{OWNER}/{request.repository}/commits/{found.sha}"
    written = {
        "name": found.name,
        "email": found.email,
        "date": at(found.authored_ms),
    }
    tree = {"sha": found.sha[::-1], "url": own}
    return {
        "sha": found.sha,
        "node_id": f"C_{found.sha}",
        "commit": {
            "author": written,
            "committer": written,
            "message": request.title,
            "tree": tree,
            "url": own,
            "comment_count": 0,
            "verification": {
                "verified": False,
                "reason": "unsigned",
                "signature": None,
                "payload": None,
                "verified_at": None,
            },
        },
        "url": own,
        "html_url": own,
        "comments_url": f"{own}/comments",
        "author": author,
        "committer": author,
        "parents": [],
    }


def review(
    base: str, request: Request, number: int, state: str, said: str, who: Json | None,
    submitted_ms: int | None,
) -> Json:  # fmt: skip
    """A review; a pending one has no time."""
    pull = f"{base}/repos/{OWNER}/{request.repository}/pulls/{request.number}"
    id_ = FIRST_REVIEW + 100 * (request_id(request) - FIRST_REQUEST) + number
    time = {} if submitted_ms is None else {"submitted_at": at(submitted_ms)}
    return {
        "id": id_,
        "node_id": f"PRR_{id_}",
        "user": who,
        "body": said,
        "state": state,
        "html_url": f"{pull}#pullrequestreview-{id_}",
        "pull_request_url": pull,
        "author_association": "MEMBER",
        "_links": {"html": {"href": pull}, "pull_request": {"href": pull}},
        **time,
        "commit_id": _head(request),
    }


def issue(base: str, request: Request, at_ms: int, author: Json | None) -> Json:
    """A pull request as an issue: the id is another, and a key tells them apart."""
    pull = f"{base}/repos/{OWNER}/{request.repository}/pulls/{request.number}"
    urls = {name: pull for name in ("url", "html_url", "diff_url", "patch_url")}
    state = request.state(at_ms)
    return {
        **_issue(base, request.repository, request.number, author),
        "id": request_id(request) + FIRST_ISSUE - FIRST_REQUEST,
        "title": request.title,
        "body": request.body,
        "state": "open" if state == "open" else "closed",
        "created_at": at(request.created_ms),
        "updated_at": at(request.updated_ms(at_ms)),
        "closed_at": None if state == "open" else at(request.closed_ms),
        "pull_request": {**urls, "merged_at": None},
    }


def plain_issue(
    base: str, repository_: str, number: int, opened_ms: int, closed_ms: int | None
) -> Json:
    """An issue that is one."""
    return {
        **_issue(base, repository_, number, user(base, OWNER_ID, OWNER)),
        "id": FIRST_ISSUE + A_REPOSITORY * repository_id(repository_) + number,
        "title": "Keep the list of checks current",
        "body": "As every month.",
        "state": "open" if closed_ms is None else "closed",
        "state_reason": None if closed_ms is None else "completed",
        "created_at": at(opened_ms),
        "updated_at": at(closed_ms or opened_ms),
        "closed_at": None if closed_ms is None else at(closed_ms),
    }


def _issue(base: str, repository_: str, number: int, author: Json | None) -> Json:
    repo = f"{base}/repos/{OWNER}/{repository_}"
    own = f"{repo}/issues/{number}"
    return {
        "url": own,
        "repository_url": repo,
        "labels_url": f"{own}/labels{{/name}}",
        "comments_url": f"{own}/comments",
        "events_url": f"{own}/events",
        "html_url": own,
        "node_id": f"I_{number}",
        "number": number,
        "user": author,
        "labels": [],
        "locked": False,
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "comments": 0,
        "author_association": "MEMBER",
        "active_lock_reason": None,
    }
