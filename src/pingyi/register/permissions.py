"""Who may read and change which part of the register. One sentence guards the deed and the button.

The campaign office and unit clerks change what lies in the subtrees of their open grants; everybody
else with a grant reads there, a member only the organizations and the own person. Without an actor
(command line) everything is allowed.
"""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingyi.accounts.enums import Right
from pingyi.accounts.permissions import why_not_join_accounts
from pingyi.accounts.queries import Actor, tops
from pingyi.core.clock import day_of
from pingyi.core.refusals import Refusal
from pingyi.organizations import queries as ground
from pingyi.organizations.enums import AffiliationKind
from pingyi.organizations.models import Membership, Organization, Person, PersonMerge, Post
from pingyi.organizations.rules.spans import Span


def _lies_below(organization: Organization, tops: frozenset[int], on: date) -> bool:
    """Whether the organization is one of these or below; a closed one counts where it last was."""
    day = Span(organization.valid_from, organization.valid_to).nearest(on)
    return not tops.isdisjoint(ground.path_ids(organization.pk, day))


def _outside() -> Refusal:
    return Refusal(_("This lies outside your part of the tree."), code="outside")


def why_not_edit_register(actor: Actor) -> Refusal | None:
    """Only the campaign office and unit clerks change the register at all."""
    if actor is None or tops(actor, Right.EDIT_REGISTER):
        return None
    return Refusal(
        _("Only the campaign office and unit clerks change the register. Please ask one of them."),
        code="not_an_editor",
    )


def why_not_see_organization(
    actor: Actor, organization: Organization, now: datetime
) -> Refusal | None:
    """Every role reads inside its subtree."""
    if actor is None or _lies_below(organization, tops(actor), day_of(now)):
        return None
    return _outside()


def why_not_edit_organization(
    actor: Actor, organization: Organization, now: datetime
) -> Refusal | None:
    """Office and clerk edit inside their subtree."""
    reason = why_not_edit_register(actor)
    if actor is None or reason is not None:
        return reason
    if not _lies_below(organization, tops(actor, Right.EDIT_REGISTER), day_of(now)):
        return _outside()
    return None


def why_not_create_organization(
    actor: Actor, parent: Organization | None, now: datetime
) -> Refusal | None:
    """Below an organization one edits; at the top only as the very first one."""
    if parent is not None:
        return why_not_edit_organization(actor, parent, now)
    if actor is None or ground.is_empty():
        return None
    return Refusal(
        _("Choose the organization above. The top of the tree exists already."), code="second_top"
    )


def why_not_restructure_organization(
    actor: Actor, organization: Organization, now: datetime
) -> Refusal | None:
    """Moving, closing, splitting, merging: whoever edits the organization above."""
    if organization.valid_to is not None:
        return Refusal(
            _("{name} is closed from {day}.").format(
                name=organization.name, day=date_format(organization.valid_to)
            ),
            code="closed",
        )
    reason = why_not_edit_organization(actor, organization, now)
    if actor is None or reason is not None:
        return reason
    day = Span(organization.valid_from).nearest(day_of(now))
    above = ground.path_ids(organization.pk, day)[1:]
    if tops(actor, Right.EDIT_REGISTER).isdisjoint(above):
        return Refusal(
            _("Your role begins at this organization. Ask whoever is responsible above it."),
            code="own_top",
        )
    return None


def why_not_close_organization(
    actor: Actor, organization: Organization, on: date, now: datetime
) -> Refusal | None:
    """Closing leaves nobody behind: members and organizations below must be gone by that day."""
    reason = why_not_restructure_organization(actor, organization, now)
    if reason is not None:
        return reason
    members = organization.memberships.filter(ground.still_after(on)).count()
    below = organization.child_affiliations.filter(
        ground.still_after(on), kind=AffiliationKind.FORMAL
    ).count()
    if not members and not below:
        return None
    left = []
    if members:
        left.append(ngettext("{n} member", "{n} members", members).format(n=members))
    if below:
        left.append(
            ngettext("{n} organization below", "{n} organizations below", below).format(n=below)
        )
    return Refusal(
        _("{name} still has {what} on {day}. Move them first.").format(
            name=organization.name, what=_(" and ").join(left), day=date_format(on)
        ),
        code="not_empty",
    )


def _places_of(person: Person, on: date) -> list[Organization]:
    """Where a person belongs: members and posts of that day, else wherever they ever were.

    A record that was merged into another one belongs where that one does.
    """
    person = person.merged_into or person
    memberships = list(person.memberships.select_related("organization"))
    posts = list(person.posts.select_related("organization"))
    current = [row.organization for row in memberships if _holds(row, on)]
    if not current:
        return [*(row.organization for row in memberships), *(row.organization for row in posts)]
    return [*current, *(row.organization for row in posts if _holds(row, on))]


def _holds(row: Membership | Post, on: date) -> bool:
    return Span(row.valid_from, row.valid_to).covers(on)


def why_not_see_members(actor: Actor, organization: Organization, now: datetime) -> Refusal | None:
    """Every role but the member's reads who belongs to the organizations of its subtree."""
    if actor is None or _lies_below(organization, tops(actor, Right.READ_PEOPLE), day_of(now)):
        return None
    return _only_oneself()


def why_not_export_people(actor: Actor) -> Refusal | None:
    """A list to take away is for those who see more than themselves."""
    if actor is None or tops(actor, Right.READ_PEOPLE):
        return None
    return _only_oneself()


def _only_oneself() -> Refusal:
    return Refusal(
        _("Members see their own records; the list of people is open to secretaries and clerks."),
        code="only_oneself",
    )


def why_not_see_person(actor: Actor, person: Person, now: datetime) -> Refusal | None:
    """Every role reads the people of its subtree; a member only the own person."""
    if actor is None or actor.person_id in (person.pk, person.merged_into_id or 0):
        return None
    reach = tops(actor, Right.READ_PEOPLE)
    if any(_lies_below(place, reach, day_of(now)) for place in _places_of(person, day_of(now))):
        return None
    return _outside()


def why_not_see_identity(actor: Actor, person: Person, now: datetime) -> Refusal | None:
    """Last four and birth date: oneself, and office and clerk for the people of their subtree."""
    if actor is not None and actor.person_id == person.pk:
        return None
    return _why_not_keep(actor, person, now)


def why_not_edit_person(actor: Actor, person: Person, now: datetime) -> Refusal | None:
    """Office and clerk edit the people of their subtree, and those who belong nowhere yet."""
    return _why_not_keep(actor, person, now) or why_merged(person)


def why_merged(person: Person) -> Refusal | None:
    """Nothing is done with a record that was merged into another one."""
    if person.merged_into_id is None:
        return None
    return Refusal(
        _("This record was merged into another one. Do it there, or undo the merge."),
        code="merged",
    )


def _why_not_keep(actor: Actor, person: Person, now: datetime) -> Refusal | None:
    reason = why_not_edit_register(actor)
    if actor is None or reason is not None:
        return reason
    places = _places_of(person, day_of(now))
    reach = tops(actor, Right.EDIT_REGISTER)
    if places and not any(_lies_below(place, reach, day_of(now)) for place in places):
        return _outside()
    return None


def why_not_merge_people(
    actor: Actor, kept: Person, other: Person, now: datetime
) -> Refusal | None:
    """Office and clerk merge two records all whose places lie in their subtree: whoever signs in
    as the one acts as the other from then on. Where one has an account, only who manages it."""
    reason = why_not_edit_register(actor) or why_merged(kept) or why_merged(other)
    if reason is not None:
        return reason
    if kept.pk == other.pk:
        return Refusal(_("These are not two records but one."), code="same_record")
    return _why_not_all_of(actor, [kept, other], now)


def why_not_separate(actor: Actor, person: Person, now: datetime) -> Refusal | None:
    """Whoever may merge them may undo it, the latest merge first; `person` is the record that was
    merged.
    """
    reason = why_not_edit_register(actor)
    if reason is not None:
        return reason
    # Asked for by itself: somebody else may have undone it since the person was read.
    merge = PersonMerge.objects.filter(person=person).first()
    if person.merged_into is None or merge is None:
        return Refusal(_("This record was not merged into another one."), code="not_merged")
    if merge.moved["into"] != person.merged_into_id:
        return Refusal(
            _("The record into which this one was merged has been merged since. Undo that first."),
            code="merged_further",
        )
    return _why_not_all_of(actor, [person.merged_into, person], now)


def _why_not_all_of(actor: Actor, people: list[Person], now: datetime) -> Refusal | None:
    """Everything that these people are lies in the actor's subtree, and the account too."""
    if actor is not None:
        reach, on = tops(actor, Right.EDIT_REGISTER), day_of(now)
        former = {place.pk: place for one in people for place in ground.former_places(one, on)}
        are_outside = ground.is_tied_elsewhere(people, reach, on)
        if are_outside or not all(_lies_below(place, reach, on) for place in former.values()):
            return Refusal(
                _(
                    "One of them also is a member, holds a post or is in charge outside your part "
                    "of the tree. Please ask whoever is responsible above you."
                ),
                code="outside",
            )
    return why_not_join_accounts(actor, [person.pk for person in people], now)
