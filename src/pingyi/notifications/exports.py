"""The calendar of somebody's deadlines (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from pingyi.notifications.doors import Event

FETCHED_EVERY = timedelta(hours=6)


def calendar_of(name: str, events: Iterable[Event], now: datetime) -> bytes:
    """Whole days that keep nobody busy; each keeps its identity while it is the same matter."""
    calendar = Calendar()
    calendar.add("prodid", "-//pingyi//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Pingyi: %(name)s") % {"name": name})
    calendar.add("refresh-interval", FETCHED_EVERY, parameters={"VALUE": "DURATION"})
    host = settings.SITE.partition("://")[2]
    for event in events:
        entry = CalendarEvent()
        entry.add("uid", f"{sha256(event.key.encode()).hexdigest()[:32]}@{host}")
        entry.add("dtstamp", now)
        entry.add("dtstart", event.on)
        entry.add("dtend", event.on + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
        entry.add("summary", event.summary)
        if event.text:
            entry.add("description", event.text)
        if event.link:
            entry.add("url", f"{settings.SITE}{event.link}")
        calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content
