"""Spellings of model names: those of the catalogue, those seen, and the operator's."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from genai_prices.data_snapshot import get_snapshot
from genai_prices.types import ClauseEquals, ClauseOr, MatchLogic, Provider

from ingestion.errors import Misconfigured

Spellings = Mapping[str, Iterable[str]]
FIELD: Final = "model_aliases"


def canonical_models(
    configured: Mapping[str, Mapping[str, str]], seen: Spellings
) -> dict[tuple[str, str], str]:
    """(vendor, spelling) → canonical model. `seen` are spellings of vendors' reports;
    the catalogue's own rules find their model, such as that of a dated name. What is
    configured goes before; raises Misconfigured for a model without a price."""
    providers = {provider.id: provider for provider in get_snapshot().providers}
    found: dict[tuple[str, str], str] = {}
    for provider in providers.values():
        found.update(_resolved(provider, _written_out(provider)))
        found.update({(provider.id, model.id): model.id for model in provider.models})
        found.update(_resolved(provider, seen.get(provider.id, ())))
    for vendor, aliases in configured.items():
        _check(vendor, list(providers), f"{FIELD}.{vendor}", "vendor")
        models = [model.id for model in providers[vendor].models]
        for alias, model in aliases.items():
            _check(model, models, f"{FIELD}.{vendor}.{alias}", "model")
            found[vendor, alias] = model
    return found


def _resolved(
    provider: Provider, spellings: Iterable[str]
) -> Iterator[tuple[tuple[str, str], str]]:
    for spelling in spellings:
        model = provider.find_model(spelling)
        if model is not None:
            yield (provider.id, spelling), model.id


def _written_out(provider: Provider) -> Iterator[str]:
    """Every other full name that the catalogue writes out."""
    for model in provider.models:
        yield from _names(model.match)


def _names(clause: MatchLogic) -> Iterator[str]:
    if isinstance(clause, ClauseEquals):
        yield clause.equals
    elif isinstance(clause, ClauseOr):
        for part in clause.or_:
            yield from _names(part)


def _check(name: str, known: list[str], field: str, what: str) -> None:
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.5)
        raise Misconfigured(
            "configuration",
            f"the price book has no {what} {name!r}.",
            field=field,
            fix=f"did you mean {near[0]!r}?" if near else f"name a {what} it has.",
        )
