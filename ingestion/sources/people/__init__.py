"""The people file and the working-time calendar: CSV files with validity dates.

Every file is judged as a whole, and then all of them together; a fault raises BadInput
that names file, line, column and fix, and nothing of any file is used.
"""

from ingestion.sources.people.folder import files, probe

__all__ = ["files", "probe"]
