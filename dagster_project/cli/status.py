"""What is published, how old it is, and how far its sources reach."""

import json
from datetime import timedelta
from typing import Any

import click

from dagster_project.workspace import Workspace
from publication.published import Published
from publication.releases import Releases


def show(found: Workspace, *, as_json: bool) -> int:
    """Print the status; returns 0, or 1 when nothing is published."""
    content = state(found)
    if as_json:
        click.echo(json.dumps(content, indent=2, default=str))
    elif content["release"] is None:
        click.echo("Nothing is published yet. Run: tokenworth run")
    else:
        _print(content)
    return 0 if content["release"] else 1


def state(found: Workspace) -> dict[str, Any]:
    """Release, age, marts with rows, gates and coverage per source, as plain values."""
    release = Releases(found.published).current()
    if release is None:
        return {"release": None, "configuration": str(found.config)}
    published = Published(release)
    coverage = published.select(
        "steward",
        "select * exclude (release_id) from mart_source_coverage "
        "order by source, table_name",
    )
    return {
        "release": release.id,
        "made_at": release.manifest.present,
        "age_hours": round(release.age(found.clock.now()) / timedelta(hours=1), 1),
        "content_hash": release.manifest.content_hash,
        "folder": str(release.path),
        "pages": str(found.pages / "site" / "index.html"),
        "configuration": str(found.config),
        "marts": [
            {"audience": mart.audience, "mart": mart.name, "rows": mart.rows}
            for mart in published.marts()
        ],
        "gates": published.gates(),
        "coverage": coverage,
    }


def _print(content: dict[str, Any]) -> None:
    click.secho(f"release {content['release']}", bold=True, nl=False)
    click.echo(
        f"   {content['age_hours']} h old   content {content['content_hash'][:12]}"
    )
    click.echo("\nmarts")
    for mart in content["marts"]:
        click.echo(
            f"  {mart['audience']:<8} {mart['mart']:<36} {mart['rows']:>9,} rows"
        )
    gates = content["gates"]
    counts = {
        decision: sum(gate["decision"] == decision for gate in gates)
        for decision in ("pass", "warn", "withhold", "block")
    }
    told = ", ".join(f"{n} {decision}" for decision, n in counts.items() if n)
    click.echo(f"\ngates    {told}")
    for gate in gates:
        if gate["decision"] != "pass":
            click.echo(f"  {gate['decision']:<8} {gate['gate_id']} {gate['detail']}")
    click.echo("\nsources")
    for row in content["coverage"]:
        click.echo(f"  {_coverage(row)}")
    click.echo(f"\nfiles    {content['folder']}\npages    {content['pages']}")


def _coverage(row: dict[str, Any]) -> str:
    name = f"{row['source']}/{row['table_name']}"
    if not row["is_connected"]:
        return f"{name:<28} not connected"
    days = row["delivered_days_n"]
    reach = "" if days is None else f"{days} of {row['expected_days_n']} days, "
    return f"{name:<28} {reach}last {row['newest_business_date'] or 'never'}"
