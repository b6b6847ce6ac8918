"""The baseline: `requests`, `json`, a dictionary a record, and Parquet from those."""

import sys

import pyarrow as pa
import pyarrow.parquet as pq
import requests

GROUP = ("model", "service_tier", "context_window", "inference_geo")


def main(url: str, target: str) -> None:
    """Read every page and write one Parquet file."""
    session = requests.Session()
    records: list[dict[str, object]] = []
    page: str | None = "0"
    while page is not None:
        answer = session.get(f"{url}/usage", params={"page": page}, timeout=60).json()
        records += [flat(item) for item in answer["data"]]
        page = answer["next_page"]
    pq.write_table(pa.Table.from_pylist(records), target, compression="zstd")


def flat(item: dict[str, dict[str, object]]) -> dict[str, object]:
    """One row."""
    group, usage = item["group"], item["usage"]
    actor, created = group["actor"], usage["cache_creation"]
    tools = usage["server_tool_use"]
    assert isinstance(actor, dict)
    assert isinstance(created, dict)
    assert isinstance(tools, dict)
    return {
        "usage_date": item["starting_at"],
        "principal_type": actor["type"],
        "principal_id": actor.get("user_id")
        or actor.get("service_account_id")
        or actor.get("api_key_id")
        or actor.get("subject"),
        "principal_email": actor.get("email_address"),
        "is_deleted_user": actor.get("deleted"),
        **{name: group[name] for name in GROUP},
        "uncached_input_tokens": usage["uncached_input_tokens"],
        "cache_read_input_tokens": usage["cache_read_input_tokens"],
        "cache_creation_5m_input_tokens": created["ephemeral_5m_input_tokens"],
        "cache_creation_1h_input_tokens": created["ephemeral_1h_input_tokens"],
        "output_tokens": usage["output_tokens"],
        "web_search_requests": tools["web_search_requests"],
        "total_tokens": usage["total_tokens"],
        "requests": usage["requests"],
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
