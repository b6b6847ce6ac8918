"""A vendor's refusal of a request, before it has the vendor's form."""

from collections.abc import Mapping


class Refused(Exception):
    """Status, message and headers of the refusal."""

    def __init__(
        self, status: int, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, dict(headers or {})
