"""That the reminders of a day were begun."""

from datetime import date

from pingyi.notifications.models import ReminderDay


def begin_day(*, day: date) -> bool:
    """Whether nobody has begun with this day; of two who ask at once one has."""
    return ReminderDay.objects.get_or_create(day=day)[1]
