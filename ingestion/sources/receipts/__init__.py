"""Receipts of external tools that were refunded, in CSV files that somebody keeps.

| column                      |                                                        |
|-----------------------------|--------------------------------------------------------|
| person_email or person_id   | who was refunded; either column may be left out        |
| tool                        | what was paid for                                      |
| day or period               | YYYY-MM-DD of a purchase, or YYYY-MM of a subscription |
| amount, currency            | 20.00, EUR                                             |
| receipt                     | reference; the same line twice is refused              |
| approved_on                 | day of approval; empty while it waits                  |
| provider, model,            | optional                                               |
| input_tokens, output_tokens | optional, empty where unknown                          |
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.receipts import tables
from ingestion.sources.receipts.folder import Receipts, connect, probe, receipts

__all__ = ["CONNECTOR", "Receipts", "probe", "receipts"]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="Receipts",
    plan="none: any tool that somebody pays for and is refunded",
    permission="a folder of CSV files that this user may read",
    settings=Receipts,
    connect=connect,
    probe=probe,
    feeds=(Feed(tables.RECEIPTS, receipts),),
    range_days=366,
)
