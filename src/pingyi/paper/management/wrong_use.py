"""Wrong use of a command: a sentence, and the exit code that says so."""

from django.core.management.base import CommandError

WRONG_USE = 2


def wrong_use(sentence: str) -> CommandError:
    """To be raised where an argument cannot be meant."""
    return CommandError(sentence, returncode=WRONG_USE)
