"""E-mails of commits."""


def email(text: str | None) -> str | None:
    """The address of `Name <address>`, or the text itself; None if it is empty."""
    if text is None:
        return None
    name, bracket, rest = text.rpartition("<")
    found = rest.partition(">")[0] if bracket else name or rest
    return found.strip() or None
