"""What each seat user did on a day, as counters of the vendor's products."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.anthropic_enterprise.seats import (
    CHAT,
    COWORK,
    newest_activity,
    per_user_day,
    served,
)
from ingestion.simulator.company import Company
from ingestion.simulator.usage import Integers

TOOLS = ("edit_tool", "multi_edit_tool", "notebook_edit_tool", "write_tool")


@dataclass(frozen=True)
class Activity:
    """A row per day and user who did anything; users are positions in `seats`."""

    day: Integers
    user: Integers
    chats: Integers
    coworks: Integers
    searches: Integers

    @property
    def sessions(self) -> Integers:
        """Sessions of Claude Code, of the few who write scripts."""
        return np.where(self.user % 5 == 0, self.chats // 4, 0)


def activity(company: Company, present: datetime, first: int, last: int) -> Activity:
    """The days `first` to `last`, as far as they are ready at an instant."""
    used = served(company, present)
    last = min(last, timeline.index(newest_activity(present)))
    used = used.take((used.day >= first) & (used.day <= last))
    counted = [
        np.where(used.product == CHAT, used.requests, 0),
        np.where(used.product == COWORK, used.requests, 0),
        used.searches,
    ]
    pairs, _ = per_user_day(used, used.requests)
    chats, coworks, searches = (per_user_day(used, each)[1] for each in counted)
    return Activity(pairs[:, 0], pairs[:, 1], chats, coworks, searches)


def row(found: Activity, number: int, user: dict[str, object]) -> dict[str, object]:
    """The vendor's row; the organisation has neither Design, Office nor Science."""
    chats, coworks = int(found.chats[number]), int(found.coworks[number])
    sessions = int(found.sessions[number])
    return {
        "user": user,
        "chat_metrics": {
            "connectors_used_count": chats // 5,
            "distinct_conversation_count": (chats + 5) // 6,
            "message_count": chats,
            "thinking_message_count": chats // 3,
        },
        "cowork_metrics": {
            "action_count": coworks * 2,
            "distinct_session_count": (coworks + 3) // 4,
            "message_count": coworks,
        },
        "claude_code_metrics": {
            "core_metrics": {
                "commit_count": sessions // 2,
                "distinct_session_count": sessions,
                "lines_of_code": {
                    "added_count": sessions * 40,
                    "removed_count": sessions * 9,
                },
                "pull_request_count": sessions // 6,
            },
            "tool_actions": {
                tool: {"accepted_count": sessions * 3, "rejected_count": sessions // 2}
                for tool in TOOLS
            },
        },
        "web_search_count": int(found.searches[number]),
    }
