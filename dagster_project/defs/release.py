"""The release: write the candidate, audit exactly that, and only then swap."""

import json
from collections.abc import Iterator

import dagster as dg

from dagster_project.gate import landed_results, purpose_edges
from dagster_project.landing import plain_errors, workspace_of
from dagster_project.lock import sole_writer
from dagster_project.models import published_marts
from dagster_project.workspace import code_hash

OWNERS = ["team:data-engineering"]
RELEASE = ["published", "release"]


@dg.asset(
    key=RELEASE,
    deps=published_marts(),
    group_name="published",
    kinds={"duckdb", "parquet"},
    owners=OWNERS,
    description="The audited marts, one file per audience, and the link `current`.",
    check_specs=[dg.AssetCheckSpec("release_gate", asset=RELEASE)],
    output_required=False,
    pool="warehouse",
    required_resource_keys={"workspace"},
    freshness_policy=dg.FreshnessPolicy.cron(
        deadline_cron="0 12 * * *", lower_bound_delta=dg.timedelta(hours=12)
    ),
)
def release(context: dg.AssetExecutionContext) -> Iterator:
    """Publish what passes; a refused candidate fails the run and changes nothing."""
    from expectations.gate import audit
    from publication.releases import Releases

    found = workspace_of(context)
    releases = Releases(found.published)
    current = releases.current()
    with plain_errors(), sole_writer(found.warehouse):
        context.log.info("writing the release candidate")
        candidate = releases.write_candidate(
            found.warehouse,
            found.dbt_target / "manifest.json",
            inputs=json.loads(found.inputs.read_text()),
            code_hash=code_hash(),
            configuration_hash=found.configuration.hash,
            present=found.clock.now(),
            pseudonym_key=found.secret,
        )
