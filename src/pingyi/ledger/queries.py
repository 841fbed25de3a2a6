"""Reading the ledger: is it whole, what is its root, what was done to a thing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pingyi.core.refusals import Sentence
from pingyi.ledger import rules
from pingyi.ledger.enums import FaultKind, LedgerKind
from pingyi.ledger.models import Body, Entry, Head

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CHUNK = 2_000

SENTENCES: dict[FaultKind, "_StrPromise"] = {
    FaultKind.MISSING: _("Entry {seq} is missing: it was removed."),
    FaultKind.BODY_CHANGED: _("Entry {seq}: its body is not the one that was written."),
    FaultKind.LINE_CHANGED: _("Entry {seq} is not the one that was written at this place."),
    FaultKind.HISTORY_CHANGED: _(
        "Entry {seq}: the lines up to here do not lead to the root that was written with it."
    ),
    FaultKind.INSERTED: _("Entry {seq} was inserted: the head of the ledger does not know it."),
    FaultKind.HEAD_CHANGED: _("The head of the ledger does not belong to its {seq} entries."),
    FaultKind.NOTED_ROOT_DIFFERS: _(
        "The root after {seq} entries is not the one that was noted: the history was rewritten."
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first wrong line. For faults of the head or of a noted root, `seq` counts entries."""

    kind: FaultKind
    seq: int

    @property
    def sentence(self) -> Sentence:
        """What is wrong, naming the entry."""
        return format_lazy(SENTENCES[self.kind], seq=self.seq)


@dataclass(frozen=True, slots=True)
class Root:
    """The state of the ledger in one hash: note it down, and nobody can rewrite what is before."""

    size: int
    root_hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What verify() found. `size` and `root_hash` are of the lines that were right."""

    size: int
    root_hash: str
    without_body: int
    fault: Fault | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None


def root() -> Root:
    """Size and root as the head knows them; an empty ledger has the root of RFC 9162."""
    head = _head()
    frontier = rules.Frontier(head.size, [bytes.fromhex(hash_) for hash_ in head.frontier])
    return Root(head.size, frontier.root().hex())


def lines_about(subject: str) -> QuerySet[Entry]:
    """The lines about a subject, the latest first, with their bodies where they still exist."""
    return Entry.objects.filter(subject=subject).select_related("body").order_by("-seq")


def verify(*, noted: Root | None = None) -> Verification:
    """Recompute every hash from the first line on and name the first wrong one.

    `noted` is a root written down elsewhere earlier: it finds even a history that was rewritten
    with all hashes recomputed.
    """
    frontier = rules.Frontier()
    without_body = 0
    fault = _fault_of_noted(noted, frontier)
    lines = _streamed()
    while fault is None:
        try:
            entry = next(lines, None)
            if entry is None:
                break
            body: Body | None = getattr(entry, "body", None)
            fault = _fault_of_line(entry, body, frontier) or _fault_of_noted(noted, frontier)
        except ValueError:
            # A damaged row that cannot even be read: a moment that is none, a salt without hex.
            fault = Fault(FaultKind.LINE_CHANGED, frontier.size)
        else:
            without_body += fault is None and body is None
    if fault is None:
        fault = _fault_of_end(_head(), noted, frontier)
    return Verification(frontier.size, frontier.root().hex(), without_body, fault)


def _streamed() -> Iterator[Entry]:
    return Entry.objects.order_by("seq").select_related("body").iterator(chunk_size=CHUNK)


def _fault_of_line(entry: Entry, body: Body | None, frontier: rules.Frontier) -> Fault | None:
    """What is wrong with the next line; a right one is added to the frontier."""
    seq = frontier.size
    if entry.seq != seq:
        return Fault(FaultKind.MISSING, seq)
    if body is not None and rules.body_hash(body.salt, body.content) != entry.body_hash:
        return Fault(FaultKind.BODY_CHANGED, seq)
    leaf = rules.Leaf(
        entry.seq, entry.kind, entry.subject, entry.body_hash, entry.actor_role, entry.at
    )
    leaf_hash = rules.leaf_hash(rules.leaf_bytes(leaf))
    if leaf_hash.hex() != entry.leaf_hash:
        return Fault(FaultKind.LINE_CHANGED, seq)
    grown = rules.Frontier(frontier.size, frontier.hashes)
    grown.append(leaf_hash)
    if grown.root().hex() != entry.root_hash:
        return Fault(FaultKind.HISTORY_CHANGED, seq)
    frontier.append(leaf_hash)
    return None


def _fault_of_noted(noted: Root | None, frontier: rules.Frontier) -> Fault | None:
    if noted is None or noted.size != frontier.size:
        return None
    if noted.root_hash == frontier.root().hex():
        return None
    return Fault(FaultKind.NOTED_ROOT_DIFFERS, noted.size)


def _fault_of_end(head: Head, noted: Root | None, frontier: rules.Frontier) -> Fault | None:
    """What is wrong after the last line: the head or a noted root knows more lines, or fewer."""
    known = max(head.size, noted.size if noted else 0)
    if known > frontier.size:
        return Fault(FaultKind.MISSING, frontier.size)
    if head.size < frontier.size:
        return Fault(FaultKind.INSERTED, head.size)
    if [hash_.hex() for hash_ in frontier.hashes] != head.frontier:
        return Fault(FaultKind.HEAD_CHANGED, frontier.size)
    return None


def _head() -> Head:
    """The head; before the first line there is none."""
    return Head.objects.filter(id=1).first() or Head()


def size() -> int:
    """How many lines the ledger holds."""
    head = Head.objects.filter(id=1).first()
    return head.size if head is not None else 0


def is_demo() -> bool:
    """Whether the database holds the fictitious demo: its very first deed. One look-up by key."""
    return Entry.objects.filter(seq=0, kind=LedgerKind.DEMO_BUILT).exists()


def mark_of_fiction() -> str:
    """What stands on every page of a document of the demo; nothing in a real county."""
    if not is_demo():
        return ""
    return gettext("Fictitious data: every place, organization and person here is invented.")
