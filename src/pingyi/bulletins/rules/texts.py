"""The text of a bulletin with its figures put in: `{annex2.total}` becomes 31 (N18)."""

from collections.abc import Mapping

from pingyi.campaigns.rules.pack import KEY


def begun(text: str, names: Mapping[str, str]) -> str:
    """A text of the pack with the names in it; its figures stay keys until it is kept."""
    return KEY.sub(lambda found: names.get(found[1], found[0]), text).strip()


def filled(text: str, figures: Mapping[str, str]) -> str:
    """The text as it is read; a key without a figure stays, for whoever writes to see."""
    return KEY.sub(lambda found: figures.get(found[1], found[0]), text)
