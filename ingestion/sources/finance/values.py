"""What cells of a contract may hold, beside dates and words."""

from decimal import Decimal
from typing import Final

from ingestion.sheets.values import Reader, Unreadable, number, one_of

ANY: Final = "*"
# A discounted price is a product: twelve decimals of the list price and six of these
# are the widest that every engine multiplies exactly.
_DECIMALS: Final = 6


def share(cell: str) -> Decimal:
    """A share from 0 to 1."""
    found: Decimal = number(_DECIMALS)(cell)
    if not 0 <= found <= 1:
        raise Unreadable(
            f"{cell!r} is not from 0 to 1.", "write a share: 0.15 takes 15 % off."
        )
    return found


def price(cell: str) -> Decimal:
    """Dollars per million tokens, exact per token in twelve decimals."""
    found: Decimal = number(_DECIMALS)(cell)
    if not 0 <= found < 10**6:
        raise Unreadable(
            f"{cell!r} is no price per million tokens.",
            "write US dollars from 0 to below 1000000, e.g. 2.40.",
        )
    return found


def band(cell: str) -> str:
    """A context band of the price book, or every one."""
    if cell in (ANY, "base") or (cell[:1] == ">" and cell[1:].isdecimal()):
        return cell
    raise Unreadable(
        f"{cell!r} is no context band.", "use *, base, or e.g. >200000 for longer ones."
    )


def region(cell: str) -> str:
    """A region as the vendor reports it, or every one."""
    if cell == "any":
        raise Unreadable(
            "'any' is the price book's word for regions without a price of their own.",
            "use * for every region, or name one.",
        )
    return cell


def or_any(*options: str) -> Reader:
    """A reader of one of these words, or of the sign for every one."""
    return one_of(ANY, *options)
