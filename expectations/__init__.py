"""Judges a release candidate: is it fit for people to see?

    query over the candidate's files → gates (SQL) and suites (per mart) → decisions

Knows neither the orchestrator nor the sources nor the engine: the caller hands it a
function from SQL to a frame. Great Expectations is imported where it is used, since the
import takes seconds.
"""
