"""Precision and recall of identity, printed whole and by case."""

import tempfile
from pathlib import Path

import click

from dagster_project.labelled import measured


def show(seed: int, people: int) -> None:
    """Print precision and recall, whole and by case."""
    with tempfile.TemporaryDirectory(prefix="identity-") as folder:
        score = measured(Path(folder), seed, people)
    click.echo(f"{'case':<20}{'days':>7}{'right':>7}{'wrong':>7}{'nobody':>8}")
    for case, counts in sorted(score.cases.items()):
        click.echo(
            f"{case:<20}{counts['days']:>7}{counts['right']:>7}{counts['wrong']:>7}"
            f"{counts['nobody']:>8}"
        )
    click.echo(f"\n{score.accounts} accounts of {people} people, seed {seed}")
    click.echo(f"precision  {score.precision:.4f}")
    click.echo(f"recall     {score.recall:.4f}")
    click.echo(
        f"ambiguous  {score.quarantined} of {score.ambiguous} accounts quarantined "
        "and never bound"
    )
    click.echo(
        f"missed     {score.missed_accounts} accounts, of {score.suggested_accounts} "
        "the right person is suggested"
    )
