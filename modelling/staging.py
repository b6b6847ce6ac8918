"""The staging layer, 1:1 from the lake's tables: sources, models and their tests.

Table → `stg_<source>__<table>.sql` and an entry in two property files of its source
"""

import textwrap
from collections.abc import Iterable, Mapping

from ingestion.table import PROVENANCE, REMOVED_AT, Column, Table

WIDTH = 80
# Dates and instants are typed again: Parquet of other writers may hold them as text.
_GROUPS = {
    "strings": ("string",),
    "numerics": ("bigint", "double", "decimal"),
    "booleans": ("boolean",),
    "dates": ("date",),
    "timestamps": ("timestamp",),
}
_TYPED = ("date", "timestamp")


def files(tables: Iterable[Table]) -> dict[str, str]:
    """Text by path below `dbt/models/staging/`."""
    by_source: dict[str, list[Table]] = {}
    for table in tables:
        by_source.setdefault(table.source, []).append(table)
    found: dict[str, str] = {}
    for source, held in by_source.items():
        found[f"{source}/_{source}__sources.yml"] = sources(source, held)
        found[f"{source}/_{source}__models.yml"] = models(held)
        found |= {f"{source}/{_name(table)}.sql": model(table) for table in held}
    return found


def model(table: Table) -> str:
    """The SQL of a table's staging model."""
    groups = [
        f"        ---------- {title}\n"
        + ",\n".join(f"        {line}" for line in lines)
        for title, lines in _selected(table).items()
        if lines
    ]
    selected = ",\n\n".join(groups)
    return f"""with

source as (

    select * from {{{{ source('{table.source}', '{table.name}') }}}}

),

typed as (

    select
{selected}

    from source

)

select * from typed
"""


def sources(source: str, tables: Iterable[Table]) -> str:
    """The property file of a source."""
    entries = [
        f"""      - name: {table.name}
        description: >-
{_folded(table.description, 10)}
        config: {{meta: {{dagster: {{asset_key: ["raw", "{source}", "{table.name}"]}}}}}}
"""
        for table in tables
    ]
    return f"sources:\n  - name: {source}\n    tables:\n{''.join(entries)}"


def models(tables: Iterable[Table]) -> str:
    """The property file of a source's staging models."""
    return "models:\n" + "".join(_model_entry(table) for table in tables)


def _model_entry(table: Table) -> str:
    grain = " × ".join(name.replace("_", " ") for name in table.key)
    text = f"One row per {grain}. {table.description}"
    return f"""  - name: {_name(table)}
    description: >-
{_folded(text, 6)}
    data_tests:
      - unique_grain:
          arguments:
{_listed("columns", table.key)}{_listed("nullable", table.optional)}"""


def _listed(name: str, columns: Iterable[str]) -> str:
    """A list of columns as an argument of a test, on one line if it fits."""
    names = list(columns)
    if not names:
        return ""
    line = f"            {name}: [{', '.join(names)}]\n"
    if len(line) <= WIDTH:
        return line
    items = "".join(f"              - {each}\n" for each in names)
    return f"            {name}:\n{items}"


def _selected(table: Table) -> Mapping[str, list[str]]:
    """Expressions by heading: ids first, then by type."""
    own = (REMOVED_AT,) if table.kind == "entity" else ()
    found: dict[str, list[str]] = {"ids": [], **{title: [] for title in _GROUPS}}
    for column in (*table.columns, *PROVENANCE, *own):
        found[_heading(table, column)].append(_expression(column))
    return found


def _heading(table: Table, column: Column) -> str:
    type_ = column.type.split("(")[0]
    is_id = column.name in table.key or column.name.endswith("_id")
    if is_id and type_ == "string":
        return "ids"
    return next(title for title, types in _GROUPS.items() if type_ in types)


def _expression(column: Column) -> str:
    if column.type in _TYPED:
        return f"cast({column.name} as {column.type}) as {column.name}"
    # An address is the same in any case and with spaces around it.
    if column.name == "email" or column.name.endswith("_email"):
        return f"lower(trim({column.name})) as {column.name}"
    return column.name


def _name(table: Table) -> str:
    return f"stg_{table.source}__{table.name}"


def _folded(text: str, indent: int) -> str:
    margin = " " * indent
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )
