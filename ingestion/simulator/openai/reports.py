"""The usage and cost reports: buckets of a day, each with a row per group."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

import numpy as np

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.openai.charges import (
    COST_DIMENSIONS,
    charges,
    cost_rows,
)
from ingestion.simulator.openai.members import PROJECTS, actors, project_id
from ingestion.simulator.openai.parameters import Parameters, Refused
from ingestion.simulator.openai.rows import (
    ENDPOINTS,
    MODELS,
    Rows,
    served,
)
from ingestion.simulator.usage import Integers
from ingestion.simulator.world import World

# Answers about days before this one lack the newer part of the input.
UNCACHED_FROM = timeline.index(date(2026, 3, 1))
BY_KEY_FROM = date(2025, 12, 6)
_KEY = ("project_id", "user_id", "api_key_id")
_MODEL = (*_KEY, "model")
DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "completions": (*_MODEL, "batch", "service_tier"),
    "embeddings": _MODEL,
    "moderations": _MODEL,
    "images": (*_MODEL, "size", "source"),
    "audio_speeches": _MODEL,
    "audio_transcriptions": _MODEL,
    "vector_stores": ("project_id",),
    "code_interpreter_sessions": ("project_id",),
    "file_search_calls": (*_KEY, "vector_store_id"),
    "web_search_calls": (*_MODEL, "context_level"),
}
_OBJECTS = {"web_search_calls": "web_searches", "file_search_calls": "file_searches"}
_ALWAYS = {
    "service_tier": "default",
    "size": "1024x1024",
    "source": "image.generation",
    "context_level": "medium",
}
_FILTERS = {
    "project_ids": "project_id",
    "user_ids": "user_id",
    "api_key_ids": "api_key_id",
    "models": "model",
}


class Labels:
    """What each code of a dimension is called."""

    def __init__(self, company: Company) -> None:
        known = actors(company)
        self.of: dict[str, list[object]] = {
            "project_id": [project_id(company, n) for n in range(len(PROJECTS))],
            "user_id": [actor.user_id for actor in known],
            "api_key_id": [actor.key_id for actor in known],
            "model": list(MODELS),
            "batch": [False, True],
        }
        self._project = np.array([actor.project for actor in known])
        self._key = np.array([self._first(a.key_id, known) for a in known])

    def codes(self, name: str, rows: Rows) -> Integers:
        """The position in `of[name]` of each row; 0 for what is always the same."""
        if name == "project_id":
            return self._project[rows.actor]
        columns = {
            "user_id": rows.actor,
            "api_key_id": rows.actor,
            "model": rows.model,
            "batch": rows.batch,
        }
        return columns.get(name, np.zeros(len(rows), np.int64))

    def label(self, name: str, code: int) -> object:
        """The vendor's word for a code."""
        return self.of[name][code] if name in self.of else _ALWAYS.get(name)

    def _first(self, key_id: str | None, known: Sequence[object]) -> int:
        return self.of["api_key_id"].index(key_id)


def usage(world: World, endpoint: str, parameters: Parameters) -> dict[str, object]:
    """Body of `/usage/<endpoint>`."""
    names = parameters.groups(DIMENSIONS[endpoint])
    limit = parameters.limit(7, 31, "for 1d bucket width")
    first, after, at, body = _page(world, parameters, endpoint, limit)
    rows = rows_at(world, at)
    kept = (rows.day >= first) & (rows.day < after)
    code = ENDPOINTS.index(endpoint) if endpoint in ENDPOINTS else -1
    rows = rows.take(kept & (rows.endpoint == code))
    labels = world.once_ever("openai labels", lambda: Labels(world.company))
    rows = _filtered(rows, labels, parameters)
    results: dict[int, list[object]] = {day: [] for day in range(first, after)}
    for day, codes, tokens, requests, units in _grouped(rows, labels, names):
        told = {
            name: labels.label(name, c) for name, c in zip(names, codes, strict=True)
        }
        row = {
            "object": f"organization.usage.{_OBJECTS.get(endpoint, endpoint)}.result",
            **_numbers(endpoint, day, tokens, requests, units),
            **dict[str, object].fromkeys(DIMENSIONS[endpoint]),
            **told,
        }
        results[day].append(row)
    return {**body, "data": _buckets(results)}


def costs(world: World, parameters: Parameters) -> dict[str, object]:
    """Body of `/costs`: no user; refused by key for days that are too old."""
    names = parameters.groups(COST_DIMENSIONS)
    limit = parameters.limit(7, 180, "for 1d bucket width")
    first, after, at, body = _page(world, parameters, "costs", limit)
    if "api_key_id" in names and timeline.day_at(first) < BY_KEY_FROM:
        message = "group_by=api_key_id is not supported for start_time < 1764979200."
        raise Refused(400, message, "group_by")
    found = world.once(
        ("openai charges", at), lambda: charges(world.company, rows_at(world, at))
    )
    results: dict[int, list[object]] = {day: [] for day in range(first, after)}
    for day, row in cost_rows(world.company, found, names, first, after):
        results[day].append(row)
    return {**body, "data": _buckets(results)}


def rows_at(world: World, at: datetime) -> Rows:
    """The usage as reported at an instant."""
    return world.once(("openai rows", at), lambda: served(world.company, at))


def _page(
    world: World, parameters: Parameters, endpoint: str, limit: int
) -> tuple[int, int, datetime, dict[str, object]]:
    """(first day, day after the last, present of the data, the body without data)."""
    start, end = parameters.days(world.present)
    offset, at = parameters.cursor(endpoint, world.present)
    first = timeline.index(start) + offset
    after = min(first + limit, timeline.index(end))
    has_more = after < timeline.index(end)
    token = parameters.token(endpoint, offset + limit, at) if has_more else None
    body: dict[str, object] = {
        "object": "page",
        "has_more": has_more,
        "next_page": token,
    }
    return first, after, at, body


def _buckets(results: Mapping[int, list[object]]) -> list[dict[str, object]]:
    """A bucket per day, empty ones included."""
    return [
        {
            "object": "bucket",
            "start_time": _seconds(day),
            "end_time": _seconds(day + 1),
            "results": rows,
        }
        for day, rows in results.items()
    ]


def _seconds(day: int) -> int:
    return int(datetime.combine(timeline.day_at(day), time.min, UTC).timestamp())


def _filtered(rows: Rows, labels: Labels, parameters: Parameters) -> Rows:
    for parameter, name in _FILTERS.items():
        if wanted := set(parameters.every(parameter)):
            passes = np.array([label in wanted for label in labels.of[name]])
            rows = rows.take(passes[labels.codes(name, rows)])
    if (batch := parameters.one("batch")) is not None:
        rows = rows.take(rows.batch == (batch == "true"))
    return rows


def _grouped(
    rows: Rows, labels: Labels, names: Sequence[str]
) -> list[tuple[int, list[int], list[int], int, int]]:
    """(day, codes, tokens, requests, units) of each group, in the order of days."""
    codes = [labels.codes(name, rows) for name in names]
    keys = np.stack([rows.day, *codes], axis=1)
    groups, places = np.unique(keys, axis=0, return_inverse=True)
    tokens = np.zeros((len(groups), rows.tokens.shape[1]), np.int64)
    requests, units = (np.zeros(len(groups), np.int64) for _ in range(2))
    np.add.at(tokens, places.reshape(-1), rows.tokens)
    np.add.at(requests, places.reshape(-1), rows.requests)
    np.add.at(units, places.reshape(-1), rows.units)
    columns = (groups.tolist(), tokens.tolist(), requests.tolist(), units.tolist())
    return [
        (key[0], key[1:], each, calls, count)
        for key, each, calls, count in zip(*columns, strict=True)
    ]


def _numbers(
    endpoint: str, day: int, tokens: list[int], requests: int, units: int
) -> dict[str, object]:
    """What an endpoint counts: the input includes what was read from the cache."""
    calls: dict[str, object] = {"num_model_requests": requests}
    if endpoint == "completions":
        uncached, read, written, output = tokens
        newer = {"input_uncached_tokens": uncached} if day >= UNCACHED_FROM else {}
        return {
            "input_tokens": uncached + read + written,
            "input_cached_tokens": read,
            "input_cache_write_tokens": written,
            **newer,
            "output_tokens": output,
            "input_text_tokens": uncached + written,
            "output_text_tokens": output,
            "input_cached_text_tokens": read,
            **calls,
        }
    if endpoint == "images":
        return {"images": units, **calls}
    if endpoint == "web_search_calls":
        return {"num_requests": units, **calls}
    return {"input_tokens": tokens[0], **calls}
