"""The gate: every check on a release candidate, and the verdict."""

from expectations.gate.audit import Audit, audit

__all__ = ["Audit", "audit"]
