"""`docs/vendors.md`: what every connector needs, reads and is configured by."""

import textwrap
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, RootModel
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
    """The keys of its configuration, of its first host where it lists several."""
    if not issubclass(each.settings, RootModel):
        return "".join(f"    {line}\n" for line in _lines(each.settings))
    (host, _) = get_args(each.settings.model_fields["root"].annotation)
    first, *others = _lines(host)
    return f"    - {first}\n" + "".join(f"      {line}\n" for line in others)


def _lines(part: type[BaseModel]) -> list[str]:
    """A line a key; those without a default come as `…`."""
    return [
        f"{name}: {_shown(name, field.get_default(call_default_factory=True))}"
        for name, field in part.model_fields.items()
    ]


def _shown(name: str, value: Any) -> str:
    if value is PydanticUndefined:
        required = {
            "starts_on": "2026-01-01",
            "repositories": "[{name: owner/name, repository: name in sources.git}]",
        }
        return required.get(name, "…")
    if value is None:
        return "null"
    return "[]" if isinstance(value, tuple) else str(value)


def _table(table: Table) -> str:
    grain = ", ".join(name.replace("_", " ") for name in table.key)
    return f"| `{table.name}` | {grain} | {' '.join(table.description.split())} |\n"
