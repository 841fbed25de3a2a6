"""Writing messages and sending them."""

from pingyi.notifications.operations.ask import ask_to_send
from pingyi.notifications.operations.read import forget_old

__all__ = ["ask_to_send", "forget_old"]
