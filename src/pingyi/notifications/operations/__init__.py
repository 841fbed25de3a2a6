"""Writing messages and sending them."""

from pingyi.notifications.operations.ask import ask_to_send
from pingyi.notifications.operations.days import begin_day
from pingyi.notifications.operations.letters import write_letter
from pingyi.notifications.operations.read import forget_old
from pingyi.notifications.operations.write import write_messages

__all__ = ["ask_to_send", "begin_day", "forget_old", "write_letter", "write_messages"]
