"""Exact fractions as people read them: one decimal, never stored."""

from fractions import Fraction

from django import template

from pingyi.appraisals.queries.scores import point_text
from pingyi.appraisals.rules.counting import RateResult
from pingyi.core.fractions import percent_text

register = template.Library()


@register.filter
def percent(value: Fraction) -> str:
    """A percentage with one decimal."""
    return percent_text(value)


@register.filter
def points(value: Fraction | None) -> str:
    """A score with two decimals; a dash where nothing was counted."""
    return point_text(value)


@register.filter
def rate_percent(rate: RateResult) -> str:
    """A rate in percent with one decimal; a dash where nothing was counted."""
    return "-" if rate.value is None else f"{percent_text(rate.value * 100)}%"
