"""What the account may read of a site: for `tokenworth doctor`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.errors import MissingPermission
from ingestion.http import Api
from ingestion.sources.jira import directories
from ingestion.sources.jira.changelog import changelog_items
from ingestion.sources.jira.search import PATH
from ingestion.sources.probe import Findings, Probe
