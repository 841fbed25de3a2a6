"""The themes that reviews of a campaign may name: the pack's, or others for the same pack."""

from collections.abc import Iterable, Iterator

from pingyi.campaigns.rules.pack import Choice, Pack

LONGEST_THEME = 40


def themes_in(text: str) -> list[str]:
    """The themes of a text, one on each line, each once."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def with_themes(pack: Pack, labels: Iterable[str]) -> Pack:
    """The pack with these themes; those that it has keep their codes. A pack without reviews has
    none."""
    if pack.review is None:
        return pack
    known = {choice.label: choice for choice in pack.review.themes}
    free = _codes({choice.code for choice in known.values()})
    themes = [known.get(label) or Choice(code=next(free), label=label) for label in labels]
    review = pack.review.model_copy(update={"themes": themes})
    return pack.model_copy(update={"review": review})


def _codes(taken: set[str]) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if (code := f"theme_{number}") not in taken:
            yield code
