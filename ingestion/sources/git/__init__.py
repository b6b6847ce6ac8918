"""Git: the default branch of any repository that can be read or cloned."""

from ingestion.sources.git.history import History, read
from ingestion.sources.git.location import Repository

__all__ = ["History", "Repository", "read"]
