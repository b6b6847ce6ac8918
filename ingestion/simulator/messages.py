"""Commit messages as people, squash merges and bots write them."""

from ingestion.simulator.change import BOT_EMAIL, MERGING, Change

_VERBS = ("Add", "Fix", "Rework", "Speed up", "Simplify", "Guard", "Test", "Log")
_THINGS = (
    "retries of the queue",
    "UTF-8 names in reports",
    "rounding of totals",
    "session expiry",
    "SHA-256 checks",
    "paging of results",
    "the nightly export",
    "error texts",
)


def subject(change: Change) -> str:
    """First line of the message: mostly with the issue key in one of three places."""
    if change.author.email == BOT_EMAIL:
        return f"Bump library{change.number % 7} from 1.{change.number % 9} to 2.0"
    if change.author.person_id is None and change.kind == "generated":
        return f"Release {change.number}"
    what = f"{_VERBS[change.number % 8]} {_THINGS[change.number // 8 % 8]}"
    if change.issue_key is None:
        return what
    style = change.number % 10
    if style < 6:
        return f"{change.issue_key} {what}"
    if style < 8:
        return f"fix: {what.lower()} ({change.issue_key})"
    if style < 9:
        return f"{change.issue_key}: {what}"
    return what


def message(change: Change, undone: tuple[str, str] | None = None) -> str:
    """The whole message; `undone` is (sha, subject) of what a revert takes back."""
    if undone is not None:
        sha, taken_back = undone
        return f'Revert "{taken_back}"\n\nThis reverts commit {sha}.\n'
    first = subject(change)
    is_squash = change.repository != MERGING and change.author.email != BOT_EMAIL
    if is_squash:
        first += f" (#{change.number})"
    paragraphs = [first]
    if is_squash and change.number % 3 == 0:
        paragraphs.append("* first cut\n* names after review")
    if change.issue_key and change.number % 10 == 9:
        paragraphs.append(f"Closes {change.issue_key}.")
    trailers = _trailers(change)
    if trailers:
        paragraphs.append("\n".join(trailers))
    # Squashing leaves trailers in the middle, where only a whole scan finds them.
    if trailers and change.number % 2:
        paragraphs.append("* address review\n* typo")
    return "\n\n".join(paragraphs) + "\n"


def merge_message(change: Change, title: str) -> str:
    """What the code host writes when it merges a branch."""
    topic = (change.issue_key or "topic").lower()
    return f"Merge pull request #{change.number} from works/{topic}\n\n{title}\n"


def _trailers(change: Change) -> list[str]:
    found: list[str] = []
    if change.partner is not None and change.partner_share == 0.0:
        named = f"{change.partner.name} <{change.partner.email}>"
        found.append(f"Co-authored-by: {named}")
        if change.number % 5 == 0:
            found.append(f"Co-authored-by: {named}")
    if change.assistant is not None:
        found.append(f"Co-Authored-By: {change.assistant}")
    return found
