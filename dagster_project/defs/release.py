"""The release: write the candidate, audit exactly that, and only then swap."""

import json
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import dagster as dg

from dagster_project.landing import plain_errors, workspace_of
from dagster_project.lock import sole_writer
from dagster_project.manifest import lineage_edges, published_marts
from dagster_project.workspace import Workspace, code_hash
from ingestion.lake.tables import GATE_RESULTS
from ingestion.page import Page
from publication.candidate import Candidate
from publication.releases import Releases

OWNERS = ["team:data-engineering"]
RELEASE = ["published", "release"]
PAGES = ["published", "pages"]
GATE = "release_gate"


@dg.asset(
    key=RELEASE,
    deps=published_marts(),
    group_name="published",
    kinds={"duckdb", "parquet", "great_expectations"},
    owners=OWNERS,
    description="Audited marts, one file per audience, and the link `current` to them.",
    check_specs=[
        dg.AssetCheckSpec(
            GATE,
            asset=RELEASE,
            description="Every gate on the exact candidate. One refusal fails this "
            "step: nothing is published and the last release stays.",
        )
    ],
    output_required=False,
    pool="warehouse",
    required_resource_keys={"workspace"},
    freshness_policy=dg.FreshnessPolicy.cron(
        deadline_cron="0 12 * * *", lower_bound_delta=timedelta(hours=24)
    ),
)
def release(context: dg.AssetExecutionContext) -> Iterator[Any]:
    """Publish what passes; a refused candidate fails the run and changes nothing."""
    found = workspace_of(context)
    releases = Releases(found.published)
    with plain_errors():
        with sole_writer(found.warehouse):
            context.log.info("writing the release candidate")
            candidate = _candidate(found, releases)
        context.log.info(f"auditing candidate {candidate.id}")
        audit = _audit(found, releases, candidate)
        _land(found, audit.rows)
        for row in audit.findings:
            context.log.info(f"{row['decision']}: {row['gate_id']} {row['detail']}")
        yield dg.AssetCheckResult(
            check_name=GATE,
            passed=audit.passed,
            metadata={
                "candidate": candidate.id,
                "candidate_content_hash": candidate.content_hash,
                "gates": len(audit.rows),
                "findings": dg.MetadataValue.md(_told(audit.findings)),
            },
        )
        if audit.passed and not releases.is_news(candidate):
            releases.discard(candidate)
            context.log.info("nothing changed; the current release stays")
        else:
            releases.promote(candidate, audit)  # refuses what does not pass
        current = releases.current()
    if current is None:
        raise dg.Failure("no release is in force after promoting.", allow_retries=False)
    context.log.info(f"published/current is {current.id}")
    yield dg.MaterializeResult(
        metadata={
            "release": current.id,
            "content_hash": current.manifest.content_hash,
            "dagster/row_count": sum(mart.rows for mart in current.manifest.marts),
            "folder": dg.MetadataValue.path(str(current.path)),
        }
    )


def _candidate(found: Workspace, releases: Releases) -> Candidate:
    return releases.write_candidate(
        found.warehouse,
        found.dbt_target / "manifest.json",
        inputs=json.loads(found.inputs.read_text()),
        code_hash=code_hash(),
        configuration_hash=found.configuration.hash,
        present=found.clock.now(),
        pseudonym_key=found.secret,
    )


def _audit(found: Workspace, releases: Releases, candidate: Candidate) -> Any:
    """The audit of the candidate, beside the current release if there is one."""
    from expectations.gate import audit  # Great Expectations takes seconds to import

    current = releases.current()
    with (
        candidate.reading() as query,
        current.reading() if current else nullcontext() as previous,
    ):
        return audit(
            query,
            candidate_id=candidate.id,
            content_hash=candidate.content_hash,
            thresholds=found.configuration.thresholds.model_dump(),
            edges=lineage_edges(),
            present=found.clock.now(),
            previous=previous,
        )


def _land(found: Workspace, rows: Any) -> None:
    """Keep every decision in the lake, those on refused candidates too."""
    names = [column.name for column in GATE_RESULTS.columns]
    page = Page({name: [row[name] for row in rows] for name in names})
    found.lake.merge(GATE_RESULTS, [page])


def _told(rows: Any) -> str:
    """Findings as a table for the check's page."""
    if not rows:
        return "Every gate passed."
    head = "| gate | decision | found |\n|---|---|---|\n"
    return head + "\n".join(
        f"| {row['gate_id']} {row['gate_title']} "
        f"| {row['decision']} | {row['detail']} |"
        for row in rows
    )


@dg.asset(
    key=PAGES,
    deps=[RELEASE],
    group_name="published",
    kinds={"html"},
    owners=OWNERS,
    description="Static pages of the current release: data trust, and one per person.",
    required_resource_keys={"workspace"},
)
def pages(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
    """Build the pages of what is published now."""
    from dagster_project.names import display_names
    from dashboards.site import build

    found = workspace_of(context)
    current = Releases(found.published).current()
    if current is None:
        raise dg.Failure("nothing is published yet.", allow_retries=False)
    organisation = found.configuration.organisation
    site = build(
        current.path,
        found.pages,
        present=found.clock.now(),
        secret=found.secret,
        organisation=organisation.name,
        contact=organisation.contact,
        names=display_names(found),
    )
    context.log.info(f"{site.pages} pages in {site.path}")
    return dg.MaterializeResult(
        metadata={
            "pages": site.pages,
            "people": site.people,
            "folder": dg.MetadataValue.path(str(site.path)),
        }
    )
