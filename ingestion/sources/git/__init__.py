"""Git: the default branch of any repository that can be read or cloned.

| table          | read with                    | needs                                |
|----------------|------------------------------|--------------------------------------|
| commits        | git log                      | a whole clone, or a URL and the      |
| commit_authors | git log                      | credentials of the machine's own Git |
| file_changes   | git log --numstat, renames on|                                      |
| line_removals  | git log -p -U0, first parents|                                      |
| mainline_lines | the same pass                |                                      |
| refs           | git rev-parse                |                                      |
"""

from ingestion.sources.git.history import History, read
from ingestion.sources.git.location import Repository
from ingestion.sources.git.permissions import probe

__all__ = ["History", "Repository", "probe", "read"]
