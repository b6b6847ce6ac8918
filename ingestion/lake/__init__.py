"""The lake: Parquet of everything that landed, with its history and receipts."""

from ingestion.lake.lake import Lake
from ingestion.lake.receipts import Receipt

__all__ = ["Lake", "Receipt"]
