"""Names that no real person carries: syllables put together, and example domains."""

import numpy as np

DOMAIN = "works.example"
OLD_DOMAIN = "oldworks.example"
_STARTS = ("ba", "ce", "do", "fi", "gu", "ha", "je", "ko", "li", "mu", "ne", "po")
_ENDS = ("ra", "sel", "tin", "vo", "wen", "xa", "zu", "lio", "mar", "nek")
_FAMILIES = ("bran", "dol", "fen", "gral", "hest", "kor", "lund", "mirk", "quor")
_FAMILY_ENDS = ("ada", "berg", "elio", "ford", "ing", "oski", "ulan", "wick")


def full_names(count: int, random: np.random.Generator) -> list[str]:
    """`count` different names of two words."""
    firsts = [a + b for a in _STARTS for b in _ENDS]
    families = [a + b for a in _FAMILIES for b in _FAMILY_ENDS]
    chosen = random.choice(len(firsts) * len(families), count, replace=False)
    pairs = (divmod(int(number), len(families)) for number in chosen)
    return [f"{firsts[a].title()} {families[b].title()}" for a, b in pairs]


def email(full_name: str, domain: str = DOMAIN) -> str:
    """`first.last@domain`, lower case."""
    return f"{full_name.lower().replace(' ', '.')}@{domain}"
