"""From a figure of a person to the records behind it, and the pages they came from."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import duckdb

from dagster_project.workspace import Workspace
from ingestion.catalog import TABLES
from ingestion.lake.pull import page_path
from publication.pseudonym import pseudonym
from publication.releases import Releases

TOKEN_CLASSES = {
    "input_uncached_tokens": "input_uncached",
    "cache_read_tokens": "cache_read",
    "cache_write_5m_tokens": "cache_write_5m",
    "cache_write_1h_tokens": "cache_write_1h",
    "cache_write_unspecified_tokens": "cache_write_unspecified",
    "output_tokens": "output",
    "input_unspecified_tokens": "input_unspecified",
}
ITEM_KINDS = {"delivered_n": "issue", "merged_n": "merged_change"}
DELIVERED_ITEMS = "deliverables_n"
REVIEWS_GIVEN = "reviews_given"
USAGE = """
    select
        usage_date, vendor, table_name,
        principal_type || ' ' || principal_id as principal, method,
        vendor_model as model, service_tier, token_class, tokens, usd_per_token,
        usage_usd, pull_id, page_number, last_page_number,
        case when $measure = 'list_cost_usd' then usage_usd else tokens end as amount
    from core.fct_ai_usage_daily
    where person_id = $person
        and quarter_start = $quarter
        and ($measure = 'list_cost_usd' or token_class = $token_class)
    order by usage_date, principal, model, token_class
"""
CREDITS = """
    select
        item_date, item_kind, item_id, credit_basis, parties_n,
        cast(credit_millionths as decimal(18, 0)) * 0.000001 as amount
    from core.fct_delivery_credit
    where person_id = $person and quarter_start = $quarter and item_kind = $item_kind
        and credit_rule = 'equal'
    order by item_date, item_id
"""
DELIVERABLES = """
    select
        item_date, feed, item_id, item_kind, project, parties_n, returned_n,
        cast(credit_millionths as decimal(18, 0)) * 0.000001 as amount
    from core.fct_deliverable_credit
    where person_id = $person and quarter_start = $quarter
    order by item_date, feed, item_id
"""
REVIEWS = """
    select
        review_date, host, pull_request_id,
        cast(credit_millionths as decimal(18, 0)) * 0.000001 as amount
    from core.fct_review_credit
    where person_id = $person and quarter_start = $quarter
    order by review_date, host, pull_request_id
"""
Record = dict[str, Any]


def show(
    found: Workspace, person: str, quarter: str, measure: str, most_rows: int
) -> None:
    """Print the figure, its records, their pages, and whether they add up to it."""
    figure = published_figure(found, person, quarter, measure)
    click.secho(f"{measure} of {person} in {quarter}", bold=True)
    if figure["status"] == "withheld":
        click.echo(
            f"withheld: {figure['withheld_reason']}; the records are still here."
        )
    else:
        click.echo(f"published {figure['value']:f} {figure['unit']}")
    found_records = records(found, person, figure["quarter_start"], measure)
    for record in found_records[:most_rows]:
        click.echo("  " + _line(record))
    if len(found_records) > most_rows:
        click.echo(f"  … and {len(found_records) - most_rows} more (--rows)")
    _print_pages(found_records)
    total = sum(
        (record["amount"] or Decimal(0) for record in found_records), Decimal(0)
    )
    click.echo(f"sum of {len(found_records)} records  {total:f}")
    if figure["status"] == "published":
        agrees = total == figure["value"]
        click.echo("equal to the figure" if agrees else _moved_on(found))
        if not agrees:
            raise click.exceptions.Exit(1)


def published_figure(
    found: Workspace, person: str, quarter: str, measure: str
) -> Record:
    """The figure's row in the current release; plain error when there is none."""
    release = Releases(found.published).current()
    if release is None:
        raise click.ClickException("nothing is published yet. Fix: tokenworth run")
    keys = {person, pseudonym(found.secret, "review", person)}
    with release.connect("review") as connection:
        rows = connection.execute(
            "select * from fct_person_figure where list_contains(?, person_key) "
            "and quarter_label = ? and measure = ?",
            [sorted(keys), quarter, measure],
        )
        names = [column[0] for column in rows.description or ()]
        row = rows.fetchone()
        measures = connection.execute(
            "select string_agg(distinct measure, ', ' order by measure) "
            "from fct_person_figure"
        ).fetchone()
    if row is None:
        raise click.ClickException(
            f"release {release.id} holds no {measure} of {person} in {quarter}. Fix: "
            f"use a person id of the people file, a quarter such as 2026-Q3, and one "
            f"of {measures and measures[0]}."
        )
    return dict(zip(names, row, strict=True))


def records(found: Workspace, person: str, quarter: Any, measure: str) -> list[Record]:
    """The warehouse's rows behind the figure, each with the amount it adds."""
    values: Record = {"person": person, "quarter": quarter}
    if measure in ITEM_KINDS:
        sql, values = CREDITS, values | {"item_kind": ITEM_KINDS[measure]}
    elif measure == DELIVERED_ITEMS:
        sql = DELIVERABLES
    elif measure == REVIEWS_GIVEN:
        sql = REVIEWS
    elif measure == "list_cost_usd" or measure in TOKEN_CLASSES:
        sql = USAGE
        values |= {"measure": measure, "token_class": TOKEN_CLASSES.get(measure)}
    else:
        counted = [*ITEM_KINDS, DELIVERED_ITEMS, REVIEWS_GIVEN]
        known = ", ".join(["list_cost_usd", *TOKEN_CLASSES, *counted])
        raise click.ClickException(
            f"{measure} is not a sum of records. Fix: explain one of {known}."
        )
    with duckdb.connect(found.warehouse, read_only=True) as connection:
        rows = connection.execute(sql, values)
        names = [column[0] for column in rows.description or ()]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def _line(record: Record) -> str:
    hidden = {"pull_id", "page_number", "last_page_number", "amount"}
    shown = [str(v) for k, v in record.items() if k not in hidden and v is not None]
    return f"{'  '.join(shown)}  → {record['amount']}"


def _print_pages(rows: list[Record]) -> None:
    """The stored response pages, each with the number of rows that stem from it."""
    places: dict[Path, int] = {}
    for row in rows:
        for place in stored_pages(row):
            places[place] = places.get(place, 0) + 1
    for place, count in sorted(places.items()):
        click.echo(f"  page {place}  {count} records")


def stored_pages(row: Record) -> list[Path]:
    """The stored pages of a usage row, below the home folder. Sources that read files
    store none: the files themselves are the evidence."""
    if not row.get("pull_id"):
        return []
    path = f"{row['vendor']}/{row['table_name']}"
    table = next(table for table in TABLES if table.path == path)
    numbers = range(row["page_number"], row["last_page_number"] + 1)
    return [Path("lake") / page_path(table, row["pull_id"], n) for n in numbers]


def _moved_on(found: Workspace) -> str:
    return (
        "NOT equal: the warehouse was built again after this release. "
        f"Fix: tokenworth run, then explain again ({found.warehouse.name})."
    )
