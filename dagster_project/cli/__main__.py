"""`python -m dagster_project.cli`: the same as the `tokenworth` command."""

from dagster_project.cli.commands import main

main(prog_name="tokenworth")
