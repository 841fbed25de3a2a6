"""Whom a ballot is about, where a pack says it (N7, N9, ADR 0034)."""

from typing import Annotated

from pydantic import Field

from pingyi.campaigns.rules.parts import Code, Part, Text


class JudgedUnits(Part):
    """Organizations that fit every key that is given; of each key one of its values is enough."""

    levels: list[Code] = []
    kinds: list[Code] = []
    sectors: list[Code] = []
    codes: list[Text] = []

    def fit(self, *, level: str, kind: str, sector: str, code: str) -> bool:
        """Whether an organization with these marks is among them."""
        asked = (
            (self.levels, level), (self.kinds, kind), (self.sectors, sector), (self.codes, code),
        )  # fmt: skip
        return all(mark in wanted for wanted, mark in asked if wanted)


class Named(Part):
    """A person by name, at the organization where they are a member or hold a post."""

    unit: Text
    name: Text


class JudgedPeople(Part):
    """People with a row each, members of a Party organization or not: holders of posts of these
    categories, each where their first such post is, or people named one by one.
    """

    categories: list[Code] = []
    named: Annotated[list[Named], Field(max_length=200)] = []
