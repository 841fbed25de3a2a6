"""Reading the mailbox, binding addresses."""

from pingyi.mailbox.operations.ask import ask_to_look

__all__ = ["ask_to_look"]
