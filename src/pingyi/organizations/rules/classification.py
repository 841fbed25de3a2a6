"""Reads classification.toml: sectors (annex 2) and post categories (annex 1) are data."""

import tomllib
from dataclasses import dataclass


@dataclass(frozen=True)
class SectorData:
    """One column of annex 2."""

    code: str
    name: str
    position: int


@dataclass(frozen=True)
class PostCategoryData:
    """One column of annex 1; `role` is the block it stands in."""

    code: str
    name: str
    role: str
    position: int


@dataclass(frozen=True)
class Classification:
    """Everything the file states, in its order."""

    sectors: tuple[SectorData, ...]
    post_categories: tuple[PostCategoryData, ...]


def parse_classification(text: str) -> Classification:
    """The classification in a TOML text; the place in the file is the position."""
    data = tomllib.loads(text)
    return Classification(
        sectors=tuple(
            SectorData(row["code"], row["name"], position)
            for position, row in enumerate(data["sector"], start=1)
        ),
        post_categories=tuple(
            PostCategoryData(row["code"], row["name"], row["role"], position)
            for position, row in enumerate(data["post_category"], start=1)
        ),
    )
