"""Text of Git, which promises bytes only."""


def text(raw: bytes) -> str:
    """`raw` as UTF-8; a byte that is none is written as `\\xff` and nothing is lost."""
    return raw.decode("utf-8", "backslashreplace")
