"""The truth about rework: who wrote each line, and who removed it how soon.

Every simulated line is written once and never again, so lines are told apart by their
text, and what a change removed is what its files had and have no more. No diff is made.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportMissingTypeStubs=false
# pyarrow ships no types.

from collections import Counter
from collections.abc import Iterator

import pyarrow as pa

from ingestion.simulator import timeline
from ingestion.simulator.change import BOT_EMAIL, REPOSITORIES, Change
from ingestion.simulator.company import Company
from ingestion.simulator.edits import Edits
from ingestion.simulator.totals import INSTANT, TEXT, WHOLE_NUMBER, table
from ingestion.simulator.worktree import Edit, joined

DAYS = 21  # as the figures have it by default
SOURCE = "src/"  # where people write; the rest is generated, vendored or text


def rework(company: Company, at_ms: int) -> pa.Table:
    """One row per change that wrote source lines, with those removed again in time.

    Own lines are those that a change with an author in common removed; bots and CI are
    nobody's.
    """
    rows: list[tuple[object, ...]] = []
    for name in REPOSITORIES:
        changes = [
            change
            for change in company.changes
            if change.repository == name and change.merged_ms <= at_ms
        ]
        written: Counter[int] = Counter()
        own: Counter[int] = Counter()
        others: Counter[int] = Counter()
        for writer, remover, lines in _removed(company.seed, name, changes, written):
            age = remover.merged_ms // 1000 - writer.merged_ms // 1000
            if age <= DAYS * timeline.DAY_MS // 1000:
                is_own = not authors(writer).isdisjoint(authors(remover))
                (own if is_own else others)[writer.number] += lines
        rows += [
            (
                name,
                change.number,
                timeline.instant(change.merged_ms),
                written[change.number],
                own[change.number],
                others[change.number],
            )
            for change in changes
            if written[change.number]
        ]
    return table(
        rows,
        ("repository", TEXT),
        ("change_number", WHOLE_NUMBER),
        ("merged_at", INSTANT),
        ("written_lines", WHOLE_NUMBER),
        ("rewritten_own_lines", WHOLE_NUMBER),
        ("rewritten_others_lines", WHOLE_NUMBER),
    )


def authors(change: Change) -> frozenset[str]:
    """Whoever wrote the change: persons, or the e-mail of one HR does not know."""
    both = [author for author in (change.author, change.partner) if author is not None]
    return frozenset(
        author.person_id or author.email.lower()
        for author in both
        if author.email != BOT_EMAIL
    )


def _removed(
    seed: int, name: str, changes: list[Change], written: "Counter[int]"
) -> Iterator[tuple[Change, Change, int]]:
    """(writer, remover, lines) of source; `written` counts what each change wrote."""
    edits = Edits(seed, name, changes)
    files: dict[str, frozenset[bytes]] = {}
    writers: dict[bytes, Change] = {}
    for change in changes:
        edit = joined([edit for _, edit in edits.of(change)])
        before, after = _changed(files, edit)
        for line in after - before:
            writers[line] = change
        written[change.number] += len(after - before)
        removed = Counter(writers[line].number for line in before - after)
        by_number = {writers[line].number: writers[line] for line in before - after}
        for number, lines in removed.items():
            yield by_number[number], change, lines


def _changed(
    files: dict[str, frozenset[bytes]], edit: Edit
) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Source lines of the edit's files before and after it; `files` is moved on."""
    before: set[bytes] = set()
    after: set[bytes] = set()
    for old, _ in edit.renames:
        before |= files.pop(old, frozenset())
    for path, content in edit.contents.items():
        if path.startswith(SOURCE):
            before |= files.get(path, frozenset())
            files[path] = frozenset(content.splitlines())
            after |= files[path]
    return frozenset(before), frozenset(after)
