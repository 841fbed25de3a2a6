"""What rooms above offer as files: lists of any length."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pingyi.core.doors import Door
from pingyi.documents.bundles import Bundle
from pingyi.documents.entry_workbooks import EntryBook
from pingyi.documents.layouts import LedgerTable
from pingyi.documents.marked_copies import MarkedCopy

if TYPE_CHECKING:
    from pingyi.accounts.models import User


@dataclass(frozen=True)
class Asked:
    """What an address says: where (`campaign_code`), and what is chosen there (`?q=`, `?on=`)."""

    place: Mapping[str, str]
    query: Mapping[str, str]


@dataclass(frozen=True)
class Document:
    """A list that can be made: nothing of it is read before it is counted or drawn.

    `name` is that of the file and ends with its kind; `page` is the list on the screen.
    """

    title: str
    name: str
    page: str
    count: Callable[[], int]
    table: Callable[[], LedgerTable | EntryBook | MarkedCopy | Bundle]

    @property
    def kind(self) -> str:
        """xlsx, pdf or zip."""
        return self.name.rpartition(".")[2]


class DocumentOf(Protocol):
    """The document as this person may have it; Refusal or Http404 where they may not."""

    def __call__(self, actor: "User", asked: Asked, now: datetime, /) -> Document: ...


# By room and list, as in `register.people`.
DOCUMENTS: Door[DocumentOf] = Door("documents", DocumentOf)
