"""Contracts, exchange rates, commitments and invoices: CSV files that finance keeps.

| table           | file                | says                                        |
|-----------------|---------------------|---------------------------------------------|
| contract_prices | contract_prices.csv | what was agreed instead of list prices      |
| exchange_rates  | exchange_rates.csv  | dollars per unit of a currency, by day      |
| commitments     | commitments.csv     | money paid or promised ahead                |
| invoice_lines   | invoice_lines.csv   | what vendors billed, line by line           |

Each file is optional. Those that are there are judged as a whole and together; a fault
raises BadInput that names file, line, column and fix, and nothing of any file is used.
"""

from ingestion.sources.finance.folder import Known, files, probe

__all__ = ["Known", "files", "probe"]
