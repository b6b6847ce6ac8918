"""Random draws that depend on the seed and on what they are for, on nothing else."""

import hashlib
import uuid

import numpy as np

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _digest(parts: tuple[object, ...]) -> bytes:
    return hashlib.sha256("/".join(map(str, parts)).encode()).digest()


def stream(seed: int, *purpose: object) -> np.random.Generator:
    """A generator of its own for one purpose, so that parts never shift each other."""
    return np.random.default_rng(int.from_bytes(_digest((seed, *purpose)), "big"))


def identifier(prefix: str, *purpose: object) -> str:
    """A vendor-like id such as `user_01WCz1FkmYMm4gnmykNKUu3Q`."""
    number = int.from_bytes(_digest((prefix, *purpose)), "big")
    characters: list[str] = []
    for _ in range(22):
        number, rest = divmod(number, 62)
        characters.append(_ALPHABET[rest])
    return f"{prefix}_01{''.join(characters)}"


def unique_id(*purpose: object) -> str:
    """A UUID that is always the same for the same purpose."""
    return str(uuid.UUID(bytes=_digest(purpose)[:16], version=4))
