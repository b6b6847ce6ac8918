"""Entries of the log, one call each."""

import msgspec

from ingestion.simulator import timeline
from ingestion.simulator.bedrock.calls import ACCOUNT, MODELS, PROMPT, REGION, Calls
from ingestion.simulator.randomness import unique_id


def entry(seed: int, made: Calls, n: int) -> bytes:
    """A call as Bedrock logs it; the cache counts stand in one of three places."""
    session = made.sessions[made.session[n]]
    model = MODELS[made.model[n]]
    uncached, read, written, output = map(int, made.tokens[n])
    cached = {"cacheReadInputTokenCount": read, "cacheWriteInputTokenCount": written}
    usage = {"input_tokens": uncached, "cache_read_input_tokens": read,
             "cache_creation_input_tokens": written}  # fmt: skip
    content = [{"type": "text", "text": PROMPT}]
    bodies: tuple[object, ...] = (
        {"content": content},
        {"content": content, "usage": {**usage, "output_tokens": output}},
        [
            {"type": "message_start", "message": {"usage": usage, "content": []}},
            {"type": "content_block_delta", "delta": {"text": PROMPT}},
            {"type": "message_stop", "amazon-bedrock-invocationMetrics": cached},
        ],
    )
    place = n % len(bodies)
    assumed = f"arn:aws:sts::{ACCOUNT}:assumed-role"
    profile = f"arn:aws:bedrock:{REGION}:{ACCOUNT}:inference-profile/{model}"
    return msgspec.json.encode(
        {
            "schemaType": "ModelInvocationLog",
            "schemaVersion": "1.0",
            "timestamp": timeline.instant(int(made.invoked[n]) * 1000),
            "accountId": ACCOUNT,
            "identity": {"arn": f"{assumed}/{session.role}/{session.name}"},
            "region": REGION,
            "inferenceRegion": "eu-west-1",
            "requestId": unique_id(seed, "bedrock", n),
            "operation": "InvokeModel"
            if place < 2
            else "InvokeModelWithResponseStream",
            "modelId": profile if n % 5 == 0 else model,
            "input": {
                "inputContentType": "application/json",
                "inputBodyJson": {"messages": [{"role": "user", "content": PROMPT}]},
                "inputTokenCount": uncached,
                **(cached if place == 0 else {}),
            },
            "output": {
                "outputContentType": "application/json",
                "outputBodyJson": bodies[place],
                "outputTokenCount": output,
            },
        }
    )
