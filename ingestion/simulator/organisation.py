"""Teams of the company, and the people whose stories the tests and the demo tell."""

from dataclasses import dataclass
from datetime import date

from ingestion.simulator.calendars import LOCATIONS

NAME = "Example Works"
TIME_ZONE = "Europe/Berlin"
ENTITIES = tuple(found.entity for found in LOCATIONS.values())


@dataclass(frozen=True)
class Team:
    """A team: `seats` persons, the first of them its lead."""

    team: str
    seats: int
    role: str
    work_type: str
    location: str
    project: str
    repository: str | None = None


TEAMS = (
    Team("atlas", 11, "engineer", "greenfield", "hamburg", "ATL", "platform"),
    Team("beacon", 10, "engineer", "greenfield", "hamburg", "BEA", "platform"),
    Team("cobalt", 9, "engineer", "greenfield", "leeds", "COB", "platform"),
    Team("delta", 11, "engineer", "legacy", "hamburg", "DEL", "ledger"),
    Team("ember", 9, "engineer", "legacy", "leeds", "EMB", "ledger"),
    Team("fjord", 8, "engineer", "legacy", "hamburg", "FJO", "ledger"),
    Team("granite", 9, "engineer", "operations", "leeds", "GRA", "runtime"),
    Team("harbor", 9, "engineer", "operations", "toronto", "HAR", "runtime"),
    Team("isle", 5, "engineer", "greenfield", "toronto", "ISL", "runtime"),
    Team("juniper", 10, "product", "greenfield", "hamburg", "JUN"),
    Team("kestrel", 14, "consultant", "operations", "leeds", "KES"),
    Team("lumen", 9, "marketing", "operations", "hamburg", "LUM"),
    Team("meadow", 6, "manager", "operations", "hamburg", "MEA"),
)
TEAM_BY_NAME = {team.team: team for team in TEAMS}
PEOPLE = sum(team.seats for team in TEAMS)


def person_number(person_id: str) -> int:
    """Position of a person in `Company.people`, from 0."""
    return int(person_id[1:]) - 1


# Leaves atlas (greenfield) for delta (legacy) in the middle of a quarter.
MOVER, MOVED_ON = "P004", date(2026, 5, 18)
# Left and came back under the same person id, with new accounts.
REHIRED, LEFT_ON, CAME_BACK_ON = "P014", date(2025, 7, 31), date(2026, 3, 2)
# Commits as First.Last@works.example and, in 2025, from the company's old domain.
TWO_EMAILS, OLD_DOMAIN_UNTIL = "P024", date(2025, 12, 31)
# The vendor still lists an address of the old domain.
OLD_VENDOR_EMAIL = "P034"
# Took another family name: HR and the vendor show the new e-mail from that day.
RENAMED, RENAMED_ON = "P044", date(2026, 9, 1)
REDUCED_HOURS, REDUCED_ON = "P033", date(2026, 7, 1)
LONG_ABSENCE, ABSENT_FROM, ABSENT_TO = "P053", date(2026, 4, 1), date(2026, 7, 31)
# Two people of one name: a match by name would merge them.
NAMESAKES = ("P036", "P071")
# Their Jira accounts show no e-mail, and HR has no link for them.
UNLINKED_IN_JIRA = ("P040", "P098")
LEAVERS = {
    "P008": date(2025, 5, 30),
    "P028": date(2025, 11, 28),
    "P047": date(2026, 3, 31),
    "P061": date(2026, 6, 30),
    "P073": date(2026, 10, 15),
    "P101": date(2026, 8, 31),
    "P110": date(2026, 12, 31),
}
JOINERS = {
    "P010": date(2025, 2, 3),
    "P019": date(2025, 4, 1),
    "P029": date(2025, 6, 16),
    "P038": date(2025, 9, 1),
    "P049": date(2025, 11, 3),
    "P057": date(2026, 1, 5),
    "P066": date(2026, 2, 2),
    "P075": date(2026, 4, 1),
    "P080": date(2026, 5, 4),
    "P089": date(2026, 7, 1),
    "P100": date(2026, 8, 3),
    "P104": date(2026, 9, 14),
    "P112": date(2026, 11, 2),
    "P041": date(2027, 1, 11),
}
# Nobody in HR: a freelancer with a vendor seat and commits of their own.
CONTRACTOR_EMAIL = "zu.mirkwick@freelance.example"
CONTRACTOR_NAME = "Zu Mirkwick"
CI_EMAIL = "ci@works.example"
