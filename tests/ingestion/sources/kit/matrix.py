"""What came of every connector and case, printed as a table at the end."""

import pytest


class Matrix:
    """Cells by (case, connector), filled as reports of tests come in.

    `ok`, `-` (does not apply, with the reason), `skip` (with the reason) or `FAIL`.
    Reports come from every process that runs tests, so nothing is kept but in them.
    """

    def __init__(self) -> None:
        self.cells: dict[tuple[str, str], str] = {}
        self.reasons: dict[tuple[str, str], str] = {}
        self.order: dict[str, int] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told = {name: str(value) for name, value in report.user_properties}
        if report.when != "call" or "connector" not in told:
            return
        place = told["case"], told["connector"]
        self.order[told["case"]] = int(told["order"])
        if report.skipped:
            self.cells[place], reason = "skip", report.longrepr[2]
        elif report.failed:
            self.cells[place], reason = "FAIL", ""
        else:
            reason = told.get("does_not_apply", "")
            self.cells[place] = "-" if reason else "ok"
        if reason:
            self.reasons[place] = reason

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        lines = self.lines()
        if lines:
            terminalreporter.section("connector kit")
        for line in lines:
            terminalreporter.write_line(line)

    def lines(self) -> list[str]:
        """One line a case, one column a connector, then the reasons of each `-`."""
        if not self.cells:
            return []
        cases = sorted(self.order, key=self.order.__getitem__)
        names = sorted({name for _, name in self.cells})
        wide = max(len(case) for case in cases)
        head = " ".join(f"{name[:10]:>10}" for name in names)
        found = [f"{'':<{wide}} {head}"]
        for case in cases:
            row = " ".join(f"{self.cells.get((case, n), ''):>10}" for n in names)
            found.append(f"{case:<{wide}} {row}")
        by_reason: dict[str, list[str]] = {}
        for (case, name), reason in self.reasons.items():
            by_reason.setdefault(f"{case}: {reason}", []).append(name)
        found += [f"-  {text} ({', '.join(who)})" for text, who in by_reason.items()]
        return found
