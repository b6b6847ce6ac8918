r"""Who is no human: AI assistants and bots, by exact address.

By address and never by domain, since people of these vendors commit too. No mark means
nothing: people switch the trailer off, and squash merges drop it.
"""

import re
from fnmatch import fnmatchcase
from functools import lru_cache

# As seen in public histories. Logins are those of the hosted accounts.
AI_ASSISTANT_EMAILS = frozenset(
    {
        "noreply@anthropic.com",
        "noreply@openai.com",
        "cursoragent@cursor.com",
        "copilot@github.com",
        "noreply@aider.dev",
        "noreply@aider.chat",
        "aider@aider.chat",
    }
)
AI_ASSISTANT_LOGINS = frozenset(
    {
        "claude[bot]",
        "copilot",
        "copilot-swe-agent[bot]",
        "cursor[bot]",
        "devin-ai-integration[bot]",
        "google-labs-jules[bot]",
        "chatgpt-codex-connector[bot]",
    }
)
BOT_EMAILS = frozenset(
    {
        "noreply@github.com",
        "action@github.com",
        "actions@github.com",
        "github-actions@github.com",
        "support@dependabot.com",
        "bot@renovateapp.com",
        "renovate@whitesourcesoftware.com",
        "snyk-bot@snyk.io",
        "github-bot@pyup.io",
        "semantic-release-bot@martynus.net",
        "hosted@weblate.org",
    }
)
BOT_LOGINS = frozenset({"dependabot", "renovate", "github-actions", "web-flow"})
_HOSTED = re.compile(r"(?:\d+\+)?(.+)@users\.noreply\.github\.com")


@lru_cache(maxsize=100_000)
def author_kind(name: str, email: str, bots: tuple[str, ...] = ()) -> str:
    """`human`, `bot` or `ai_assistant`; `email` and `bots` in lower case.

    `bots` are further addresses, in which `*` stands for any characters.
    """
    hosted = _HOSTED.fullmatch(email)
    login = hosted[1] if hosted else ""
    if email in AI_ASSISTANT_EMAILS or login in AI_ASSISTANT_LOGINS:
        return "ai_assistant"
    local_part = email.partition("@")[0]
    if email in BOT_EMAILS or login in BOT_LOGINS:
        return "bot"
    if any(fnmatchcase(email, pattern) for pattern in bots):
        return "bot"
    is_marked = local_part.endswith("[bot]") or name.rstrip().endswith("[bot]")
    return "bot" if is_marked else "human"
