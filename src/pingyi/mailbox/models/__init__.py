from pingyi.mailbox.models.address import BoundAddress
from pingyi.mailbox.models.mail import Mail, MailboxLook

__all__ = ["BoundAddress", "Mail", "MailboxLook"]
