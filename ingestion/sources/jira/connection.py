"""The connection to a Jira Cloud site, and what helps when it is refused."""

import time
from collections.abc import Callable
from typing import Final

from ingestion.http import Api, BasicAuth

FIXES: Final = {
    400: "check the project keys and the story point field in the configuration.",
    401: "check the account's e-mail and create an API token for it at "
    "id.atlassian.com under Security, then put both into the configured variables.",
    403: "let the account browse these projects and see users (global permission "
    "Browse users and groups).",
    404: "check the base_url; it is https://<site>.atlassian.net.",
}


def connection(
    base_url: str,
    email: str,
    token: str,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> Api:
    """The REST API of the site at `base_url`, as the account with this API token."""
    auth = BasicAuth(email, token)
    return Api("jira", base_url.rstrip("/"), auth, fixes=FIXES, sleep=sleep)
