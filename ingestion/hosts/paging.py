"""Lists that say in a `Link` header where their next page is."""

from collections.abc import Iterator, Sequence

from requests.utils import parse_header_links

from ingestion.http import Answer, Api
from ingestion.pagination import token_pages

PER_PAGE = 100


def link_pages(
    api: Api, path: str, params: Sequence[tuple[str, str]] = ()
) -> Iterator[Answer]:
    """Every page of a list."""
    first = [*params, ("per_page", str(PER_PAGE))]

    def fetch(following: str | None) -> tuple[Answer, str | None]:
        answer = api.get(path, first) if following is None else api.get(following)
        link = _next(answer.headers.get("link", ""))
        return answer, None if link is None else api.path_of(link)

    return token_pages(fetch, api.source)


def _next(header: str) -> str | None:
    links = parse_header_links(header) if header else []
    return next((link["url"] for link in links if link.get("rel") == "next"), None)
