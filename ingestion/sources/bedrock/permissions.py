"""What of the invocation logs may be read: for `tokenworth doctor`."""

from datetime import timedelta
from typing import Final

from ingestion.clock import today
from ingestion.probe import Findings, Probe, Problem
from ingestion.sources.bedrock.connection import Connection
from ingestion.sources.bedrock.invocations import invocations
from ingestion.window import Window

LOOKBACK_DAYS: Final = 14


def probe(at: Connection) -> Probe:
    """The accounts with logs, and the newest day that has any."""
    findings = Findings()
    last = today(at.clock)
    window = Window(last - timedelta(days=1), last - timedelta(days=1))
    accounts = findings.attempt("folder of the logs", at.logs.accounts)
    newest = None
    if accounts is not None:
        findings.attempt("invocations", lambda: list(invocations(at, window)))
        newest = at.logs.newest_day(last, LOOKBACK_DAYS)
    if not findings.problems and newest is None:
        findings.problems.append(_silent(bool(accounts)))
    return findings.probe(
        "bedrock",
        account=", ".join(accounts or []) or at.logs.name,
        newest_day=newest,
    )


def _silent(has_accounts: bool) -> Problem:
    """Nothing was logged lately: turned off, or turned off in this region."""
    if has_accounts:
        problem = f"no invocation log is younger than {LOOKBACK_DAYS} days."
    else:
        problem = "the folder holds no AWSLogs/<account>/BedrockModelInvocationLogs/."
    return Problem(
        f"bedrock: {problem}",
        "turn model invocation logging to S3 on in Bedrock's settings, for every "
        "region in use, or name the bucket it writes to.",
    )
