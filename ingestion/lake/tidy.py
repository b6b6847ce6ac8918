"""Small files that pile up, joined: nothing is lost and nothing reads differently."""

from datetime import datetime

from ingestion.lake.content import schema
from ingestion.lake.partition import SUPERSEDED_AT, parquet, rows_of
from ingestion.lake.receipts import receipts_folder
from ingestion.lake.storage import Storage
from ingestion.lake.tables import RECEIPTS
from ingestion.lake.transaction import Transaction
from ingestion.table import Table

MOST_HISTORY_FILES = 100


def history_joined(storage: Storage, table: Table, change: Transaction) -> None:
    """Have the history of a table in one file again when it has too many."""
    files = storage.files(f"{table.path}/history")
    if len(files) > MOST_HISTORY_FILES:
        rows = rows_of(storage, files, schema(table).append(SUPERSEDED_AT))
        change.join(files, parquet(rows))


def receipts_joined(storage: Storage, now: datetime, change: Transaction) -> None:
    """Have the receipts of each day before today in one file."""
    today = receipts_folder(now)
    top = f"{RECEIPTS.path}/current"
    for folder in (f"{top}/{name}" for name in storage.folders(top)):
        files = storage.files(folder)
        if folder < today and len(files) > 1:
            change.join(files, parquet(rows_of(storage, files, schema(RECEIPTS))))
