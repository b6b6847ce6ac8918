"""The ledger: decisions of people, each with who, when, why and evidence.

Events are only ever added. Each holds the hash of the one before it, so that a changed,
removed or inserted event is found and named. It knows neither the lake nor what the
decisions are about, but for `ledger.identity`, which says what each must hold.

draft → `Ledger.append` (checked and numbered under one lock) → `Ledger.events`
"""

from ledger.errors import LedgerError, Refused, Tampered
from ledger.event import Draft, Event
from ledger.ledger import Ledger

__all__ = ["Draft", "Event", "Ledger", "LedgerError", "Refused", "Tampered"]
