"""A logger for people at a terminal: what happens, a line each, no event noise."""

import logging
import sys
import time

import dagster as dg


class Lines(logging.Handler):
    """Prints what assets say about themselves, with the seconds since the start."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._started = time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        """One line of progress; events of the orchestrator are left to its own UI."""
        meta = getattr(record, "dagster_meta", {})
        if meta.get("dagster_event") is not None:
            return
        seconds = time.monotonic() - self._started
        message = meta.get("orig_message", record.getMessage())
        sys.stderr.write(f"{seconds:6.1f} s  {message}\n")
        sys.stderr.flush()


@dg.logger(None, description="Progress for a terminal.")
def progress(_: dg.InitLoggerContext) -> logging.Logger:
    """A logger with the one handler above."""
    logger = logging.Logger("tokenworth", logging.INFO)
    logger.addHandler(Lines())
    return logger
