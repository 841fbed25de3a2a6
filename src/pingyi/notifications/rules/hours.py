"""Quiet hours, in which nobody is sent an e-mail."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True)
class QuietHours:
    """From one time of day to another, over midnight where the second is the earlier one; where
    they are the same there are none. The end does not belong to them.
    """

    begin: time
    end: time

    def cover(self, at: time) -> bool:
        """Whether a time of day lies within them."""
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end

    def over(self, here: datetime) -> datetime:
        """The moment itself, or where it is quiet the end of the quiet hours; `here` is in the
        program's time zone.
        """
        if not self.cover(here.time()):
            return here
        ends = here.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
        return ends if ends > here else ends + timedelta(days=1)
