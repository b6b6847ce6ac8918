"""dlt's REST source reading the same vendor to Parquet, with its own defaults.

It runs in an environment of its own, from requirements-bench.lock, and so imports
nothing of this project.
"""

import os
import sys

# Before dlt reads them: it reports nothing home, and does not list columns of nulls.
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
os.environ["RUNTIME__LOG_LEVEL"] = "ERROR"

import dlt
from dlt.sources.rest_api import rest_api_source


def main(url: str, target: str) -> None:
    """Land every page below the folder `target`."""
    source = rest_api_source(
        {
            "client": {
                "base_url": url,
                "paginator": {
                    "type": "cursor",
                    "cursor_path": "next_page",
                    "cursor_param": "page",
                },
            },
            "resources": [
                {
                    "name": "usage",
                    "endpoint": {"path": "usage", "data_selector": "data"},
                }
            ],
        }
    )
    pipeline = dlt.pipeline(
        "usage",
        pipelines_dir=f"{target}/state",
        destination=dlt.destinations.filesystem(f"file://{target}/landed"),
        dataset_name="vendor",
    )
    pipeline.run(source, loader_file_format="parquet")


if __name__ == "__main__":
    main(*sys.argv[1:])
