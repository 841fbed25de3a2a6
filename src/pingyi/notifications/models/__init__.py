from pingyi.notifications.models.message import Delivery, Message
from pingyi.notifications.models.wishes import Address, Feed
from pingyi.notifications.models.work import ReminderDay, Urge

__all__ = ["Address", "Delivery", "Feed", "Message", "ReminderDay", "Urge"]
