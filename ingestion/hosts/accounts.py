"""Who is a machine at a code host."""

import re
from collections.abc import Collection
from typing import Final

_MARKED: Final = re.compile(r"\[bot\]$|^(project|group)_\d+_bot(_[0-9a-f]+)?$")


def account_kind(
    login: str | None, is_bot: bool | None, bots: Collection[str] = ()
) -> str:
    """human, bot or unknown. `is_bot` is what the host says, None where it has no such
    account; `bots` are logins that the configuration names."""
    if is_bot is None or not login:
        return "unknown"
    return "bot" if is_bot or _MARKED.search(login) or login in bots else "human"
