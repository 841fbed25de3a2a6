"""What is decided about each subject of a ballot, beside what was voted (ADR 0036)."""

from typing import Annotated

from pydantic import Field

from pingyi.campaigns.rules.parts import Code, Exact, Part, Text


class Grade(Part):
    """A grade that can be decided; with the code of an option the vote proposes it."""

    code: Code
    label: Text


class GradeQuota(Part):
    """The share of the people on a ballot who may get a grade."""

    grade: Code
    at_most: Exact


class Decision(Part):
    """The final grade of each subject, by a named person or meeting: never by the vote alone."""

    label: Text
    grades: Annotated[list[Grade], Field(min_length=2)]
    quotas: list[GradeQuota] = []
