"""`docs/vendors.md`: what every connector needs, reads and is configured by."""

import textwrap
from collections.abc import Iterable

from pydantic_core import PydanticUndefined

from ingestion.connector import Connector
from ingestion.table import Table

HEAD = """# Vendors

Written by `make models` from the connectors themselves. `tokenworth doctor` says for
each that is configured whether its key may read all of it, and what to change if not.

| source | vendor | plan | permission | day due after | revised for |
|---|---|---|---|---|---|
"""


def document(connectors: Iterable[Connector]) -> str:
    """The whole file."""
    found = list(connectors)
    return HEAD + "".join(map(_row, found)) + "".join(map(_section, found))


def _row(each: Connector) -> str:
    days = f"{each.revision_days} days" if each.revision_days else "not at all"
    cells = (
        f"[`{each.source}`](#{each.source})",
        each.title,
        each.plan,
        each.permission,
        f"{each.lag_days} day" + ("s" if each.lag_days != 1 else ""),
        days,
    )
    return f"| {' | '.join(cells)} |\n"


def _section(each: Connector) -> str:
    words = " ".join((each.settings.__doc__ or "").split())
    tables = "".join(map(_table, each.tables))
    return f"""
## {each.source}

{textwrap.fill(words, 88)}

```yaml
sources:
  {each.source}:
{_keys(each)}```

| table | one row per | holds |
|---|---|---|
{tables}"""


def _keys(each: Connector) -> str:
    """The keys of its configuration; those without a default come as `…`."""
    lines: list[str] = []
    for name, field in each.settings.model_fields.items():
        value = field.get_default(call_default_factory=True)
        if value is PydanticUndefined:
            shown = "2026-01-01" if name == "starts_on" else "…"
        elif value is None:
            shown = "null"
        elif isinstance(value, tuple):
            shown = "[]"
        else:
            shown = str(value)
        lines.append(f"    {name}: {shown}\n")
    return "".join(lines)


def _table(table: Table) -> str:
    grain = ", ".join(name.replace("_", " ") for name in table.key)
    return f"| `{table.name}` | {grain} | {' '.join(table.description.split())} |\n"
