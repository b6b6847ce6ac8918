"""The part of a log entry that is read; prompts and answers are skipped unread.

Cache counts stand in the entry, or else in the usage that the model's answer ends with.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct

from ingestion.decoding import Shape

# Known, and left alone: they hold content, or tell nothing that is needed.
UNREAD: Final = frozenset(
    {
        "schemaType", "schemaVersion", "requestMetadata",
        "input.inputContentType", "input.inputBodyJson", "input.inputBodyS3Path",
        "output.outputContentType", "output.outputBodyS3Path",
    }
)  # fmt: skip


class Identity(Struct, gc=False):
    """Who called."""

    arn: str | None = None


class Input(Struct, rename="camel", gc=False):
    """What was sent."""

    input_token_count: int | None = None
    cache_read_input_token_count: int | None = None
    cache_write_input_token_count: int | None = None


class Output(Struct, rename="camel"):
    """What came back."""

    output_token_count: int | None = None
    output_body_json: Raw = Raw(b"")


class Invocation(Struct, rename="camel"):
    """One entry of the log."""

    timestamp: datetime
    request_id: str
    model_id: str
    account_id: str | None = None
    identity: Identity | None = None
    region: str | None = None
    inference_region: str | None = None
    operation: str | None = None
    error_code: str | None = None
    request_metadata: dict[str, Any] | None = None
    input: Input | None = None
    output: Output | None = None


class Usage(Struct, gc=False):
    """Cache counts as Anthropic, Amazon's models and Converse spell them."""

    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None
    cacheReadInputTokens: int | None = None
    cacheWriteInputTokens: int | None = None
    cacheReadInputTokenCount: int | None = None
    cacheWriteInputTokenCount: int | None = None

    @property
    def read(self) -> int | None:
        """Tokens read from a cache; None if not counted."""
        return _first(
            self.cache_read_input_tokens,
            self.cacheReadInputTokens,
            self.cacheReadInputTokenCount,
        )

    @property
    def written(self) -> int | None:
        """Tokens written to a cache; None if not counted."""
        return _first(
            self.cache_creation_input_tokens,
            self.cacheWriteInputTokens,
            self.cacheWriteInputTokenCount,
        )


class Message(Struct):
    """The message, or the metadata, around a usage."""

    usage: Usage | None = None


class Part(Struct):
    """A whole answer, or one event of a streamed one."""

    usage: Usage | None = None
    message: Message | None = None
    metadata: Message | None = None
    metrics: Usage | None = msgspec.field(
        default=None, name="amazon-bedrock-invocationMetrics"
    )

    def usages(self) -> Iterator[Usage]:
        """Every usage that it holds."""
        around = (self.message, self.metadata)
        nested = (each.usage for each in around if each is not None)
        yield from filter(None, (self.usage, *nested, self.metrics))


INVOCATION: Final = Shape(Invocation, "bedrock/invocations")
_BODY: Final = msgspec.json.Decoder(Part | list[Part])


def cache_counts(entry: Invocation) -> tuple[int | None, int | None]:
    """(tokens read from a cache, tokens written to one); None where nothing says."""
    sent = entry.input or Input()
    read = sent.cache_read_input_token_count
    written = sent.cache_write_input_token_count
    if entry.output is not None and (read is None or written is None):
        for usage in _usages(entry.output.output_body_json):
            read = usage.read if read is None else read
            written = usage.written if written is None else written
    return read, written


def _usages(body: Raw) -> list[Usage]:
    """The usages of an answer, the last one first, since streams count up; none for an
    answer of another kind, such as an image."""
    try:
        parts = _BODY.decode(body) if memoryview(body).nbytes else []
    except msgspec.MsgspecError:
        return []
    told = parts if isinstance(parts, list) else [parts]
    return [usage for part in reversed(told) for usage in part.usages()]


def _first(*counts: int | None) -> int | None:
    return next((count for count in counts if count is not None), None)
