"""The floor: `requests` reads every page as it comes, and nothing is made of it."""

import sys

import requests


def main(url: str, pages: str) -> None:
    """Read so many pages."""
    session = requests.Session()
    for number in range(int(pages)):
        parameters = {"page": str(number)}
        with session.get(
            f"{url}/usage", params=parameters, timeout=60, stream=True
        ) as answer:
            assert answer.raw.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
