"""What appraisals ask of the rooms above."""

from typing import Any, Protocol

from pingyi.core.doors import Door


class PutRightOf(Protocol):
    """What became of what was said in an appraisal, in lines (N8)."""

    def __call__(self, appraisal: Any, /) -> list[str]: ...


PUT_RIGHT: Door[PutRightOf] = Door("what was put right", PutRightOf)
