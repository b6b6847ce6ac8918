"""Words a page may not use: figures here describe, they neither explain nor compare."""

import re

# Claim level 0 of every figure published so far: what was used, what was completed.
CAUSAL = (
    "because",
    "thanks to",
    "due to",
    "as a result of",
    "led to",
    "impacts?",
    "impacted",
    "ROI",
    "return on investment",
    "saves?",
    "saved",
    "savings?",
    "causes?",
    "caused",
    "causing",
    "proves?",
    "proven",
    "boost(s|ed)?",
    "drives?",
    "drove",
    "driven",
)
COMPARING = (
    "scores?",
    "scored",
    "rank(s|ed|ing|ings)?",
    "leader ?boards?",
    "league tables?",
    "top",
    "best",
    "worst",
    "winners?",
    "losers?",
    "outperform(s|ed)?",
    "underperform(s|ed)?",
    "low performers?",
    "high performers?",
)
FORBIDDEN = re.compile(rf"\b({'|'.join(CAUSAL + COMPARING)})\b", re.IGNORECASE)


def forbidden_words(text: str) -> list[str]:
    """Every forbidden word in the text, in its order, in lower case.

    Joined names count word by word, so `roi_person` holds `roi`.
    """
    words = text.replace("_", " ")
    return [found.group(0).lower() for found in FORBIDDEN.finditer(words)]
