"""A refusal: a sentence for the person at the screen, raised by operations, shown on buttons."""

from collections.abc import Sequence

from django.utils.functional import Promise

Sentence = str | Promise


class Refusal(Exception):
    """Why something cannot be done, in the user's language, with how to mend it.

    `permissions.why_not_x` returns one (or None); an operation raises the same one, so that the
    disabled button and the refused deed say the same sentence. `code` is stable, for tests and
    callers; `details` lists the single causes (every error of an import, every gap of a round).
    """

    def __init__(self, sentence: Sentence, *, code: str, details: Sequence[Sentence] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.details = tuple(details)

    def __str__(self) -> str:
        return str(self.sentence)


def refuse(reason: Refusal | None) -> None:
    """Raise the refusal where there is one: `refuse(why_not_close(actor, round_, now))`."""
    if reason is not None:
        raise reason
