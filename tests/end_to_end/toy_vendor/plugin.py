"""Puts the toy vendor where the packages look for vendors, before they look."""

from pathlib import Path

import ingestion.simulator
import ingestion.sources

HERE = Path(__file__).parent
ingestion.sources.__path__.append(str(HERE / "sources"))
ingestion.simulator.__path__.append(str(HERE / "simulator"))
