"""What came of every connector and case, as a table."""

from typing import ClassVar


class Matrix:
    """Cells by (case, connector), filled as tests end."""

    cells: ClassVar[dict[tuple[str, str], str]] = {}
    reasons: ClassVar[dict[tuple[str, str], str]] = {}

    @classmethod
    def put(cls, case: str, connector: str, cell: str, reason: str = "") -> None:
        """Notes a cell: `ok`, `-` (does not apply, with the reason) or `FAIL`."""
        cls.cells[case, connector] = cell
        if reason:
            cls.reasons[case, connector] = reason

    @classmethod
    def lines(cls) -> list[str]:
        """One line a case, one column a connector, then the reasons of each `-`."""
        if not cls.cells:
            return []
        cases = list(dict.fromkeys(case for case, _ in cls.cells))
        names = sorted({name for _, name in cls.cells})
        wide = max(len(case) for case in cases)
        head = " ".join(f"{name[:10]:>10}" for name in names)
        found = [f"{'':<{wide}} {head}"]
        for case in cases:
            row = " ".join(f"{cls.cells.get((case, n), ''):>10}" for n in names)
            found.append(f"{case:<{wide}} {row}")
        by_reason: dict[str, list[str]] = {}
        for (case, name), reason in cls.reasons.items():
            by_reason.setdefault(f"{case}: {reason}", []).append(name)
        found += [f"-  {text} ({', '.join(who)})" for text, who in by_reason.items()]
        return found
