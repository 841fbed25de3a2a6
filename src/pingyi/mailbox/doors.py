"""Who takes in what is attached to e-mails."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from pingyi.core.doors import Door

if TYPE_CHECKING:
    from pingyi.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a form, in the words of the answer.

    `code` is `submitted` or what is wrong with it; `page` shows it in the program. `enclosed` is
    the key of what goes back with the answer (notifications.doors.ENCLOSURES, under the same name).
    """

    code: str
    text: str
    receipt: str = ""
    page: str = ""
    enclosed: str = ""


class TakesIn(Protocol):
    """Takes in a form that an organization has e-mailed: as it stands, or not at all.

    What is wrong with it is said in `then`, which is called once, in the transaction that keeps the
    form: what it writes is kept with the form or not at all. Refusal where nothing is kept.
    """

    def __call__(
        self,
        content: bytes,
        filename: str,
        sender: str,
        organization: "Organization",
        now: datetime,
        then: Callable[[Taken], None],
        /,
    ) -> Any: ...


FORMS = "forms"
# By name; e-mails are read where one is offered as FORMS.
TAKERS: Door[TakesIn] = Door("who takes in what is e-mailed", TakesIn)
