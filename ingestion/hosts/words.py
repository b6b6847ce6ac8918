"""What the words of a pull request say beside their meaning: keys, and reverts."""

import re
from typing import Final

_ISSUE_KEY: Final = re.compile(
    r"(?<![A-Za-z0-9_])[A-Z][A-Z0-9_]+-\d+(?![A-Za-z0-9_])", re.ASCII
)
_REVERT: Final = re.compile(r'^\s*Revert\b.*["“”]', re.IGNORECASE)
_REVERTED: Final = re.compile(
    r"(?:^|\s)Reverts\s+(?:[\w.-]+(?:/[\w.-]+)+)?[#!](\d+)\b|"
    r"This reverts (?:merge|pull) request (?:[\w.-]+(?:/[\w.-]+)+)?[#!](\d+)\b",
    re.IGNORECASE,
)


def issue_keys(*texts: str | None, branch: str | None = None) -> str | None:
    """Issue keys anywhere in the texts, and in any case in the name of the branch;
    sorted, comma between; None if none."""
    found = {key for text in texts if text for key in _ISSUE_KEY.findall(text)}
    if branch:
        found.update(_ISSUE_KEY.findall(branch.upper()))
    return ",".join(sorted(found)) or None


def is_revert(title: str, body: str | None) -> bool:
    """Whether it says of itself that it takes back another one."""
    return bool(_REVERT.search(title)) or reverted(body) is not None


def reverted(body: str | None) -> int | None:
    """The number of the pull request that this one takes back; None if not named."""
    found = _REVERTED.search(body or "")
    return int(found[1] or found[2]) if found else None
