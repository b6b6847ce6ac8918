"""Keys of the simulated team; they open nothing but this simulator."""

from typing import Final

ENTERPRISE_KEY: Final = "key_demo_enterprise"
# The key of a team whose plan has no AI code tracking.
TEAMS_KEY: Final = "key_demo_teams"
