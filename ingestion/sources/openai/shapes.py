"""Rows of the usage endpoints, typed; other fields pass unread.

What is grouped by has to be there, if only as null: a dimension that goes missing would
make nobody's usage of somebody's.
"""

from typing import Final

from msgspec import Struct


class ByKey(Struct, gc=False):
    """Who used it, and with which key."""

    project_id: str | None
    user_id: str | None
    api_key_id: str | None


class ByModel(ByKey, gc=False):
    """Who used which model, how often."""

    model: str | None
    num_model_requests: int


class Completions(ByModel, gc=False, kw_only=True):
    """Tokens of a model. The input includes what is cached; the output includes
    reasoning. Parts of the input are missing in answers of older days."""

    batch: bool | None
    service_tier: str | None = None
    input_tokens: int
    output_tokens: int
    input_cached_tokens: int | None = None
    input_cache_write_tokens: int | None = None
    input_uncached_tokens: int | None = None


class Inputs(ByModel, gc=False):
    """Tokens of a model without output: embeddings and moderations."""

    input_tokens: int


class Images(ByModel, gc=False):
    """Images of a model."""

    images: int
    size: str | None
    source: str | None


class Speeches(ByModel, gc=False):
    """Text that was spoken."""

    characters: int


class Transcriptions(ByModel, gc=False):
    """Audio that was written down."""

    seconds: int


class VectorStores(Struct, gc=False):
    """Storage of a project."""

    project_id: str | None
    usage_bytes: int


class Sessions(Struct, gc=False):
    """Sessions of the code interpreter of a project."""

    project_id: str | None
    num_sessions: int


class FileSearches(ByKey, gc=False):
    """Searches in files."""

    num_requests: int
    vector_store_id: str | None


class WebSearches(ByModel, gc=False):
    """Searches in the web; the calls of the model are also those of completions."""

    num_requests: int
    context_level: str | None


# Parts of the tokens by medium: known and deliberately not read.
UNREAD_PARTS: Final = frozenset(
    f"data[].results[].{name}"
    for name in (
        "input_text_tokens",
        "output_text_tokens",
        "input_cached_text_tokens",
        "input_audio_tokens",
        "input_cached_audio_tokens",
        "output_audio_tokens",
        "input_image_tokens",
        "input_cached_image_tokens",
        "output_image_tokens",
    )
)
