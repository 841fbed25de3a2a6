"""Writing messages and sending them."""

from pingyi.notifications.operations.ask import ask_to_send

__all__ = ["ask_to_send"]
