"""Days and hours in the words of the reader's language, as template tags too."""

from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language

from pingyi.core.clock import day_of

_ENGLISH_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CHINESE_WEEKDAYS = "一二三四五六日"
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def date_text(day: date | None, *, weekday: bool = True) -> str:
    """2011年6月28日（周二） in Chinese, Tue 28 June 2011 in English; nothing for no date.

    `weekday=False` for days nobody plans by, such as a birthday.
    """
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = day_of(day)
    if (get_language() or "").startswith("zh"):
        text = f"{day.year}年{day.month}月{day.day}日"
        return f"{text}（周{_CHINESE_WEEKDAYS[day.weekday()]}）" if weekday else text
    text = f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{_ENGLISH_WEEKDAYS[day.weekday()]} {text}" if weekday else text


def day_and_time(at: datetime) -> str:
    """2011年6月28日 9:05 in Chinese, 28 June 2011 9:05 in English."""
    here = localtime(at)
    return f"{date_text(here, weekday=False)} {here.hour}:{here.minute:02}"
