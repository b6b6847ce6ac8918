"""The OpenRouter account: a key a person, a shared one, one nobody wrote down, and one
that was deleted, whose usage stays in the account's."""

from ingestion.simulator.openrouter.vendor import VENDOR

__all__ = ["VENDOR"]
