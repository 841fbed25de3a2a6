"""The life of a box: one table, for the deeds, the buttons and the picture in the docs."""

from dataclasses import dataclass

from pingyi.ballots.enums import BoxDeed, BoxState


@dataclass(frozen=True)
class Step:
    """A deed leads from any of some states to another."""

    begins: tuple[BoxState, ...]
    ends: BoxState


STEPS: dict[BoxDeed, Step] = {
    BoxDeed.OPEN: Step((BoxState.PREPARED, BoxState.PAUSED), BoxState.OPEN),
    BoxDeed.PAUSE: Step((BoxState.OPEN,), BoxState.PAUSED),
    BoxDeed.CLOSE: Step((BoxState.OPEN, BoxState.PAUSED), BoxState.CLOSED),
    BoxDeed.COUNT: Step((BoxState.CLOSED,), BoxState.COUNTED),
    BoxDeed.PUBLISH: Step((BoxState.COUNTED,), BoxState.PUBLISHED),
    BoxDeed.VOID: Step(
        (
            BoxState.PREPARED,
            BoxState.OPEN,
            BoxState.PAUSED,
            BoxState.CLOSED,
            BoxState.COUNTED,
        ),
        BoxState.VOID,
    ),
}


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {BoxState.PREPARED.value}: prepare"]
    for deed, step in STEPS.items():
        lines += [f"    {begin.value} --> {step.ends.value}: {deed.value}" for begin in step.begins]
    return "\n".join(lines) + "\n"
