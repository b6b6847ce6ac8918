"""Boards as code: one YAML file asks one question for one audience."""

from functools import cache

from dashboards import definition
from dashboards.definition import Part, read
from dashboards.errors import BoardRefused


class SmallGroups(Part, frozen=True):
    """A count of people; rows of one `within` value split the same people."""

    count: str
    within: str


class Query(Part, frozen=True):
    """SQL over the audiences that the board reads, named `<audience>.<mart>`.

    With `per_person` every row carries `person_key`, and a page gets its own rows only.
    `small_groups` names a count of people to hide where it is small.
    """

    sql: str
    per_person: bool = False
    small_groups: SmallGroups | None = None


class Column(Part, frozen=True):
    """One column of a table; `format` is a function of `dashboards.wording`."""

    field: str
    label: str
    format: str = "text"
    absent: str = "not given"


class Text(Part, frozen=True, tag="text", tag_field="kind"):
    """Paragraphs, or a list; Jinja in them sees the page's rows and parameters."""

    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


class Table(Part, frozen=True, tag="table", tag_field="kind"):
    """A real table. `folded` hides it behind its words until it is opened."""

    query: str
    caption: str
    columns: tuple[Column, ...]
    empty: str
    note: str = ""
    folded: str = ""


class Facts(Part, frozen=True, tag="facts", tag_field="kind"):
    """Label and value pairs from the only row of a query."""

    heading: str
    query: str
    columns: tuple[Column, ...]
    empty: str


class Chart(Part, frozen=True, tag="chart", tag_field="kind"):
    """A Vega-Lite chart of one field over quarters; a table beside says the same."""

    query: str
    spec: str
    field: str
    unit: str
    caption: str
    words: str
    empty: str


class Figures(Part, frozen=True, tag="figures", tag_field="kind"):
    """A person's figures by quarter: the newest complete one open, others folded."""

    query: str


class Reasons(Part, frozen=True, tag="reasons", tag_field="kind"):
    """What is withheld, why in plain words, and what the person can do."""

    query: str


class Meanings(Part, frozen=True, tag="meanings", tag_field="kind"):
    """What each measure on the page means and where it comes from."""

    query: str


class Command(Part, frozen=True, tag="command", tag_field="kind"):
    """The command that leads from a figure to its records, and what it shows."""

    query: str


Block = Text | Table | Facts | Chart | Figures | Reasons | Meanings | Command


class Section(Part, frozen=True):
    """A heading and what stands below it; `beside` sets its table beside its charts."""

    heading: str
    blocks: tuple[Block, ...]
    beside: bool = False


class Board(Part, frozen=True):
    """One page, or one page per person."""

    title: str
    question: str
    audience: str
    reads: tuple[str, ...]
    queries: dict[str, Query]
    sections: tuple[Section, ...]
    answer: str = ""


@cache
def board(name: str) -> Board:
    """`boards/<name>.yml`; raises BoardRefused on unknown keys, queries or words."""
    found = read(definition.HERE / "boards" / f"{name}.yml", Board)
    for block in (block for section in found.sections for block in section.blocks):
        query = getattr(block, "query", None)
        if query is not None and query not in found.queries:
            raise BoardRefused(
                name,
                f"a block shows the query {query!r}, which does not exist.",
                fix=f"name one of {', '.join(sorted(found.queries))}.",
            )
    return found
