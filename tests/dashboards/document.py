"""HTML as a strict reader sees it: every element closed, in order, with its text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "br", "hr", "img", "link", "input"})


@dataclass
class Element:
    """An element with its attributes, children and own text in order."""

    tag: str
    attributes: dict[str, str | None]
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text below, with single spaces."""
        return " ".join(" ".join(self._texts()).split())

    def find(self, *tags: str) -> list["Element"]:
        """Every element below with one of the tags, in document order."""
        found = [self] if self.tag in tags else []
        for child in self.children:
            found += child.find(*tags)
        return found

    def _texts(self) -> list[str]:
        if self.tag in ("style", "script"):
            return []
        return [
            text
            for piece, child in zip(self.pieces, [*self.children, None], strict=False)
            for text in (piece, *(child._texts() if child else ()))
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("document", {}, [], [""])
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> repeats an attribute"
        element = Element(tag, dict(attrs), [], [""])
        self.open[-1].children.append(element)
        self.open[-1].pieces.append("")
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].pieces[-1] += data


def document(html: str) -> Element:
    """The root of the parsed page; raises AssertionError when tags do not match."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], f"<{reader.open[-1].tag}> is never closed"
    return reader.root
