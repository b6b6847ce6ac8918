"""The four files together: what they say about each other, and what lands of them.

files that are there → each judged as a whole → names and currencies → one page a table
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingestion.errors import BadInput
from ingestion.page import Page
from ingestion.probe import Findings, Probe
from ingestion.sheets.faults import refuse
from ingestion.sheets.rules import reference_faults
from ingestion.sheets.sheet import Sheet
from ingestion.sources.finance import forms, tables
from ingestion.sources.finance.values import ANY
from ingestion.table import Table

READ = {
    tables.CONTRACT_PRICES: forms.contract_prices,
    tables.EXCHANGE_RATES: forms.exchange_rates,
    tables.COMMITMENTS: forms.commitments,
    tables.INVOICE_LINES: forms.invoice_lines,
}
DOLLARS = "USD"


@dataclass(frozen=True)
class Known:
    """What the files may name: models by provider of the price book, and sources."""

    models: Mapping[str, Collection[str]]
    sources: Collection[str]


def files(
    paths: Mapping[Table, Path], known: Known
) -> Iterator[tuple[Table, Iterator[Page]]]:
    """Each table whose file is there with its page, once all are right; raises
    BadInput before the first one if any is not, or if none of the files is there."""
    present = {table: path for table, path in paths.items() if path.exists()}
    if not present:
        names = ", ".join(path.name for path in paths.values())
        raise BadInput(
            "finance",
            f"{next(iter(paths.values())).parent} has none of {names}.",
            fix="correct the folder in the configuration, or put a file there.",
        )
    sheets = {table: READ[table](path) for table, path in present.items()}
    _check_names(sheets, known)
    _check_currencies(sheets, paths[tables.EXCHANGE_RATES])
    for table, read in sheets.items():
        yield table, iter([Page(read.columns)])


def _check_names(sheets: Mapping[Table, Sheet], known: Known) -> None:
    """Raises BadInput for a provider, model or source that nothing else knows."""
    if prices := sheets.get(tables.CONTRACT_PRICES):
        book = "the price book"
        refuse(prices.path, reference_faults(prices, "vendor", known.models, book))
        for vendor in sorted(set(prices.columns["vendor"])):
            models = {*known.models[vendor], ANY}
            of_vendor = _rows_of(prices, vendor)
            where = f"the price book of {vendor}"
            refuse(prices.path, reference_faults(of_vendor, "model", models, where))
    for table in (tables.COMMITMENTS, tables.INVOICE_LINES):
        if read := sheets.get(table):
            where = "the sources of AI usage"
            refuse(read.path, reference_faults(read, "vendor", known.sources, where))


def _check_currencies(sheets: Mapping[Table, Sheet], rates_file: Path) -> None:
    """Raises BadInput for a currency without any rate."""
    rates = sheets.get(tables.EXCHANGE_RATES)
    with_rate = {DOLLARS, *(rates.columns["currency"] if rates else ())}
    for table in (tables.COMMITMENTS, tables.INVOICE_LINES):
        if read := sheets.get(table):
            faults = reference_faults(read, "currency", with_rate, rates_file.name)
            refuse(read.path, faults)


def _rows_of(read: Sheet, vendor: str) -> Sheet:
    """The rows of one vendor, with their lines."""
    kept = [n for n, name in enumerate(read.columns["vendor"]) if name == vendor]
    columns = {name: [values[n] for n in kept] for name, values in read.columns.items()}
    return Sheet(read.path, [read.lines[n] for n in kept], columns)


def probe(paths: Mapping[Table, Path], known: Known) -> Probe:
    """Whether the files that are there can be used together, else what is wrong."""
    findings = Findings()
    read = findings.attempt(
        "contract, rate, commitment and invoice files",
        lambda: [table.name for table, _ in files(paths, known)],
    )
    return Probe(
        "finance",
        account=str(next(iter(paths.values())).parent),
        permissions=tuple(read or ()),
        problems=tuple(findings.problems),
    )
