"""The refusal of texts that look empty, thin or copied."""

from collections.abc import Mapping, Sequence

from pingyi.core.refusals import Refusal, Sentence
from pingyi.reviews.rules.texts import FoundSign


class SignsFound(Refusal):
    """Texts look empty, thin or copied; nothing was saved, and saving anyway is allowed (N5).

    `signs` are those of each text by its place in what was handed in. A copied one names the
    review it is like, or `("new", place)` for another text of the same sitting.
    """

    def __init__(
        self,
        sentence: Sentence,
        *,
        signs: Mapping[int, Sequence[FoundSign]],
        details: Sequence[Sentence],
    ) -> None:
        super().__init__(sentence, code="signs", details=details)
        self.signs = signs
