"""A new vendor is a connector, a table of facts and a simulated vendor; nothing else.

The toy vendor beside this file is put where the project looks for vendors. No file of
the project changes; staging models are written as `make models` writes them.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
TOY = Path(__file__).parent / "toy_vendor"


def run(*command: str, **more: str) -> str:
    """What a command with the toy vendor in place prints; it must not fail."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(TOY), str(ROOT))),
            **more,
        },
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def python(code: str) -> str:
    """What a program prints that begins with the toy vendor in place."""
    return run(sys.executable, "-c", f"import plugin\n{code}")


def test_every_case_of_the_kit_runs_for_it_and_passes() -> None:
    told = run(
        sys.executable, "-m", "pytest", "-p", "plugin", "-q",
        "tests/ingestion/sources/kit", "-k", "toy",
    )  # fmt: skip
    assert " passed" in told
    assert "FAIL" not in told
    assert "expected_records" in told


def test_it_is_configured_shown_as_an_asset_and_examined_by_the_doctor(
    tmp_path: Path,
) -> None:
    config = tmp_path / "tokenworth.yaml"
    config.write_text(
        "sources: {toy: {base_url: https://toy.example, starts_on: 2026-11-02}}"
    )
    told = python(
        "from pathlib import Path\n"
        "from ingestion.configuration import configuration\n"
        f"named = configuration(Path({str(config)!r})).vendors\n"
        "print([(each.source, str(s.starts_on)) for each, s in named.items()])\n"
        "from dagster_project.definitions import defs\n"
        "keys = defs().resolve_asset_graph().get_all_asset_keys()\n"
        "print(sorted(k.to_user_string() for k in keys if 'toy' in k.path))\n"
        "from dagster_project.cli.doctor import needs\n"
        "print(needs()['toy'])\n"
    )
    assert told.splitlines() == [
        "[('toy', '2026-11-02')]",
        "['raw/toy/usage']",
        "('any plan', 'a key')",
    ]


def test_its_facts_are_found_and_its_tokens_are_everybodys(tmp_path: Path) -> None:
    project, lake = tmp_path / "dbt", tmp_path / "lake"
    shutil.copytree(ROOT / "dbt", project, ignore=shutil.ignore_patterns("target"))
    shutil.copy(TOY / "macros" / "toy.sql", project / "macros" / "vendors")
    python(
        "from pathlib import Path\n"
        "from datetime import date, datetime, UTC\n"
        "from ingestion.catalog import TABLES\n"
        "from ingestion.clock import FixedClock\n"
        "from ingestion.lake import Lake\n"
        "from ingestion.page import Page\n"
        "from ingestion.sources.toy import USAGE\n"
        "from ingestion.window import Window\n"
        "from modelling.staging import files\n"
        f"staging = Path({str(project / 'models' / 'staging')!r})\n"
        "for path, text in files(TABLES).items():\n"
        "    (staging / path).parent.mkdir(exist_ok=True)\n"
        "    (staging / path).write_text(text)\n"
        "clock = FixedClock(datetime(2027, 1, 5, tzinfo=UTC))\n"
        f"lake = Lake(Path({str(lake)!r}), clock)\n"
        "lake.initialise(TABLES)\n"
        "day = date(2027, 1, 4)\n"
        "page = Page({'usage_date': [day], 'user_email': ['a@b.example'],\n"
        "    'input_tokens': [10], 'cached_tokens': [7], 'output_tokens': [1]})\n"
        "lake.replace_days(USAGE, Window(day, day), [page])\n"
    )
    where = ["--project-dir", str(project), "--profiles-dir", str(project)]
    run(
        sys.executable, "-m", "dbt.cli.main", "run", "--select",
        "+int_usage_unpivoted", *where,
        TOKENWORTH_LAKE=str(lake),
        TOKENWORTH_WAREHOUSE=str(tmp_path / "warehouse.duckdb"),
        DBT_TARGET_PATH=str(tmp_path / "target"),
        DBT_LOG_PATH=str(tmp_path / "logs"),
    )  # fmt: skip
    told = python(
        "import duckdb\n"
        f"file = duckdb.connect({str(tmp_path / 'warehouse.duckdb')!r})\n"
        'print(file.sql("select token_class, tokens from "\n'
        "    \"intermediate.int_usage_unpivoted where vendor = 'toy' \"\n"
        '    "and is_counted order by 1").fetchall())\n'
    )
    assert told.strip() == (
        "[('cache_read', 7), ('input_uncached', 3), ('none', None), ('output', 1)]"
    )
