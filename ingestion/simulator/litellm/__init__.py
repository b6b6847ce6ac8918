"""The LiteLLM proxy: calls to Gemini on Vertex, which nobody else counts, and a few to
Anthropic, which its own report counts."""

from ingestion.simulator.litellm.vendor import VENDOR

__all__ = ["VENDOR"]
