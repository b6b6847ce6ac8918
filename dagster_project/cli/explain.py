"""From a figure of a person to the vendor records and stored pages behind it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import click
import duckdb

from dagster_project.workspace import Workspace
from publication.published import Published
from publication.pseudonym import pseudonym
from publication.releases import Releases

USAGE_MEASURES = {
    "list_cost_usd": None,
    "input_uncached_tokens": "input_uncached",
    "cache_read_tokens": "cache_read",
    "cache_write_5m_tokens": "cache_write_5m",
    "cache_write_1h_tokens": "cache_write_1h",
    "output_tokens": "output",
}
CREDIT_MEASURES = {"delivered_n": "issue", "merged_n": "merged_change"}
