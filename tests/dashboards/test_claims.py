import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboards.claims import forbidden_words
from dashboards.definition import HERE

WRITTEN = sorted(
    path
    for folder in ("boards", "charts", "words", "templates")
    for path in (HERE / folder).iterdir()
    if path.suffix != ".css"
)
JINJA = re.compile(r"{%.*?%}|{{.*?}}|<[^>]*>", re.DOTALL)


def texts(content: Any) -> list[str]:
    """Every text in parsed YAML or JSON; keys are names of this project or of Vega."""
    if isinstance(content, dict):
        return [text for part in content.values() for text in texts(part)]
    if isinstance(content, list):
        return [text for part in content for text in texts(part)]
    return [content] if isinstance(content, str) else []


def read(path: Path) -> list[str]:
    """The texts of a board, chart, wording or template."""
    if path.suffix == ".yml":
        return texts(yaml.safe_load(path.read_text()))
    if path.suffix == ".json":
        return texts(json.loads(path.read_text()))
    return [JINJA.sub(" ", path.read_text())]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_nothing_we_wrote_explains_or_compares(path: Path) -> None:
    assert [word for text in read(path) for word in forbidden_words(text)] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Delivered more because of AI", ["because"]),
        ("Thanks to the training, time was saved", ["thanks to", "saved"]),
        ("IMPACT and ROI", ["impact", "roi"]),
        ("roi_person", ["roi"]),
        ("Ranked first on the leaderboard", ["ranked", "leaderboard"]),
        ("the best and the worst score", ["best", "worst", "score"]),
        ("this proves what caused it", ["proves", "caused"]),
    ],
)
def test_words_that_explain_or_compare_are_found(text: str, words: list[str]) -> None:
    assert forbidden_words(text) == words


@pytest.mark.parametrize(
    "text",
    ["was used and completed", "Heroic frankness, scoreless", "stopped", "bestow"],
)
def test_plain_words_and_parts_of_words_pass(text: str) -> None:
    assert forbidden_words(text) == []
