"""Reading the ledger: what is its root, how long is it, what was done to a thing."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext

from pingyi.ledger import rules
from pingyi.ledger.enums import LedgerKind
from pingyi.ledger.models import Entry, Head

# As many characters of a root as stand on paper: 80 bits, which nobody meets by trying.
SHORT_ROOT = 20


@dataclass(frozen=True, slots=True)
class Root:
    """The state of the ledger in one hash: note it down, and nobody can rewrite what is before."""

    size: int
    root_hash: str

    @property
    def code(self) -> str:
        """The whole of it for a QR, in capitals, which take less room there."""
        return f"{self.size}:{self.root_hash.upper()}"

    @property
    def short(self) -> str:
        """As it is read from paper and typed: '28098:d5764 b1553 a2c8f 63310'."""
        start = self.root_hash[:SHORT_ROOT]
        return f"{self.size}:" + " ".join(start[at : at + 5] for at in range(0, SHORT_ROOT, 5))

    @property
    def line(self) -> str:
        """What stands at the foot of a document."""
        return gettext("Ledger %(root)s") % {"root": self.short}


def root() -> Root:
    """Size and root as the head knows them; an empty ledger has the root of RFC 9162."""
    head = head_now()
    frontier = rules.Frontier(head.size, [bytes.fromhex(hash_) for hash_ in head.frontier])
    return Root(head.size, frontier.root().hex())


def lines_about(subject: str) -> QuerySet[Entry]:
    """The lines about a subject, the latest first, with their bodies where they still exist."""
    return Entry.objects.filter(subject=subject).select_related("body").order_by("-seq")


def head_now() -> Head:
    """The head; before the first line there is none."""
    return Head.objects.filter(id=1).first() or Head()


def size() -> int:
    """How many lines the ledger holds."""
    head = Head.objects.filter(id=1).first()
    return head.size if head is not None else 0


def last_moment() -> datetime | None:
    """When the last line was written; None before the first."""
    last = Entry.objects.order_by("-seq").first()
    return last.at if last is not None else None


def is_demo() -> bool:
    """Whether the database holds the fictitious demo: its very first deed. One look-up by key."""
    return Entry.objects.filter(seq=0, kind=LedgerKind.DEMO_BUILT).exists()


def mark_of_fiction() -> str:
    """What stands on every page of a document of the demo; nothing in a real county."""
    if not is_demo():
        return ""
    return gettext("Fictitious data: every place, organization and person here is invented.")
