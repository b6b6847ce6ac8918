"""Labelled accounts: whose each is in truth, for every way in which that is hard.

seed → people of record and accounts with labels → tables of the lake as sources land
them. Everybody is made up. What no rule can know is among them: recall below one is
meant, and every case says which it is.
"""

from ingestion.simulator.identities.labels import Labelled, Record, World
from ingestion.simulator.identities.lake import pages
from ingestion.simulator.identities.world import world

__all__ = ["Labelled", "Record", "World", "pages", "world"]
