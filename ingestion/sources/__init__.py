"""The systems that are read, one package each; connectors are found by themselves."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ingestion.connector import Connector


@cache
def connectors() -> tuple[Connector, ...]:
    """Every connector, by name of its package."""
    packages = sorted(module.name for module in iter_modules(__path__) if module.ispkg)
    modules = [import_module(f"{__name__}.{name}") for name in packages]
    found = [getattr(module, "CONNECTOR", None) for module in modules]
    return tuple(each for each in found if isinstance(each, Connector))


def connector(source: str) -> Connector:
    """The connector of this name; raises KeyError without one."""
    return {each.source: each for each in connectors()}[source]
