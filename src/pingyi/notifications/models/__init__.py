from pingyi.notifications.models.letter import Letter
from pingyi.notifications.models.message import Delivery, Message
from pingyi.notifications.models.wishes import Address, Feed
from pingyi.notifications.models.work import ReminderDay, Urge

__all__ = ["Address", "Delivery", "Feed", "Letter", "Message", "ReminderDay", "Urge"]
