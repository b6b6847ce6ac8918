"""Who uses which tool beside the main assistant, from when, and for how many dollars.

Every vendor's module draws its usage from here, so that one person's days, absence and
usage class are the same at every vendor.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.consumption import Floats, dollars_a_day
from ingestion.simulator.people import Person
from ingestion.simulator.randomness import stream


@dataclass(frozen=True)
class Habit:
    """A tool's spread: the share of each role that uses it, from when, and its
    dollars a day in relation to those of the main assistant."""

    tool: str
    roles: dict[str, float]
    starts_on: date
    scale: float


HABITS = {
    habit.tool: habit
    for habit in (
        Habit("openai", {"engineer": 0.2, "product": 0.5, "consultant": 0.4,
                         "marketing": 0.5}, date(2026, 1, 5), 0.35),
        Habit("codex", {"engineer": 0.15}, date(2026, 9, 1), 0.4),
        Habit("cursor", {"engineer": 0.45}, date(2026, 1, 12), 0.6),
        Habit("copilot", {"engineer": 0.5, "manager": 0.1}, date(2026, 6, 1), 0.25),
        Habit("litellm", {"consultant": 0.9, "product": 0.7}, date(2026, 10, 5), 0.3),
        Habit("claude_code_telemetry", {"engineer": 0.3}, date(2026, 11, 2), 0.5),
        Habit("gemini_cli", {"engineer": 0.1, "product": 0.1}, date(2026, 11, 2), 0.2),
        Habit("bedrock", {"engineer": 0.15}, date(2026, 10, 1), 0.4),
        Habit("openrouter", {"engineer": 0.08, "product": 0.1}, date(2026, 11, 2), 0.2),
        Habit("windsurf", {"engineer": 0.08}, date(2026, 11, 2), 0.2),
        Habit("qoder", {"engineer": 0.08}, date(2026, 11, 2), 0.2),
        Habit("lingma", {"engineer": 0.06}, date(2026, 11, 2), 0.2),
        Habit("enterprise", {"marketing": 0.9, "consultant": 0.7},
              date(2026, 10, 1), 0.3),
        Habit("receipts", {"marketing": 0.7, "product": 0.6}, date(2026, 3, 2), 0.3),
        Habit("files", {"consultant": 0.8, "marketing": 0.8}, date(2026, 10, 1), 0.3),
    )
}  # fmt: skip


@dataclass(frozen=True)
class User:
    """A person who uses a tool, and the dollars of every day of the timeline."""

    person: Person
    starts_on: date
    dollars: Floats


def users(company: Company, tool: str) -> tuple[User, ...]:
    """The persons who use a tool, in the order of their ids. Somebody with no usage
    class of the main assistant uses no other tool either."""
    habit = HABITS[tool]
    found: list[User] = []
    for person in company.people:
        random = stream(company.seed, "habit", tool, person.person_id)
        share = habit.roles.get(person.positions[0].role, 0.0)
        adopted_on = person.traits.adopted_on
        if adopted_on is None or random.random() >= share:
            continue
        later = timedelta(days=int(random.integers(0, 30)))
        starts_on = max(adopted_on, habit.starts_on + later)
        if starts_on > timeline.LAST_DAY:
            continue
        dollars = dollars_a_day(
            person,
            company.available[person.number],
            timeline.index(starts_on),
            random,
        )
        if np.any(dollars):
            found.append(User(person, starts_on, dollars * habit.scale))
    return tuple(found)
