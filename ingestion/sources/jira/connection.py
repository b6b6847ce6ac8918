"""The connection to a Jira site, and what helps when it is refused."""

import time
from collections.abc import Callable
from typing import Final

from requests.auth import AuthBase

from ingestion.http import Api, BasicAuth, BearerAuth

CLOUD_FIXES: Final = {
    400: "check the project keys and the story point field in the configuration.",
    401: "check the account's e-mail and create an API token for it at "
    "id.atlassian.com under Security, then put both into the configured variables.",
    403: "let the account browse these projects and see users (global permission "
    "Browse users and groups).",
    404: "check the base_url; it is https://<site>.atlassian.net.",
    410: "this is Jira Cloud; set deployment: cloud for this site.",
}
DATA_CENTER_FIXES: Final = {
    **CLOUD_FIXES,
    401: "create a personal access token in the profile of the account that reads, "
    "then put it into the configured variable.",
    404: "check the base_url, with its context path if there is one; for Jira Cloud "
    "set deployment: cloud.",
}


class Jira(Api):
    """The REST API of one site, and which of the two Jiras answers there."""

    def __init__(
        self,
        base_url: str,
        auth: AuthBase,
        *,
        is_cloud: bool,
        sleep: Callable[[float], None],
    ) -> None:
        fixes = CLOUD_FIXES if is_cloud else DATA_CENTER_FIXES
        super().__init__("jira", base_url.rstrip("/"), auth, fixes=fixes, sleep=sleep)
        self.is_cloud = is_cloud
        self.rest = f"/rest/api/{3 if is_cloud else 2}"


def connection(
    base_url: str,
    email: str,
    token: str,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> Jira:
    """The Cloud site at `base_url`, as the account with this API token."""
    return Jira(base_url, BasicAuth(email, token), is_cloud=True, sleep=sleep)


def data_center(
    base_url: str, token: str, *, sleep: Callable[[float], None] = time.sleep
) -> Jira:
    """The Data Center site at `base_url`, as the owner of this access token."""
    return Jira(base_url, BearerAuth(token), is_cloud=False, sleep=sleep)
