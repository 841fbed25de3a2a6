"""Many exemptions at once are proposed by one person and confirmed by a second."""

import json

import pytest

from pingyi.accounts.enums import Role
from pingyi.accounts.models import User
from pingyi.accounts.operations.accounts import deactivate
from pingyi.accounts.operations.grants import grant_role
from pingyi.accounts.operations.passwords import set_password
from pingyi.campaigns.models import Campaign, Exemption, ExemptionProposal
from pingyi.campaigns.operations.exemptions import exempt, exempt_many
from pingyi.campaigns.operations.proposals import (
    change_exemption_limit,
    confirm_exemptions,
    refuse_exemptions,
    withdraw_exemptions,
)
from pingyi.campaigns.operations.rounds import close_round
from pingyi.campaigns.queries.gaps import gaps_of
from pingyi.campaigns.queries.proposals import covered, proposals_visible_to
from pingyi.campaigns.queries.worklist import worklist
from pingyi.campaigns.rules.exemptions import EXEMPT_ALONE, needs_second
from pingyi.core.refusals import Refusal
from pingyi.ledger.models import Entry
from tests.cast import TODAY, user_with

REASON = "汛期停止活动"


@pytest.fixture
def second_user(register, now):
    return user_with("second-office", Role.OFFICE, register.county, now)


@pytest.fixture
def limited(campaign, now):
    """A campaign in which one person may exempt two at once."""
    return change_exemption_limit(campaign=campaign, exempt_alone=2, by=None, now=now)


@pytest.fixture
def many(limited, first_round, now):
    """Exempts all gaps of some subtree, of leader reviews."""

    def made(by, unit=None, count=None, paths=None):
        paths = [unit.path] if unit else paths
        gaps = [gap for gap in gaps_of(first_round, paths) if gap.duty == "review"]
        return exempt_many(round_=first_round, gaps=gaps[:count], reason=REASON, by=by, now=now)

    return made


@pytest.fixture
def proposal(many, clerk_user, office_user, units):
    made = many(clerk_user, units["T1-1"])
    assert isinstance(made, ExemptionProposal)
    return made


def code_of(deed, **arguments):
    with pytest.raises(Refusal) as refusal:
        deed(**arguments)
    return refusal.value.code


@pytest.mark.parametrize(
    ("count", "alone", "needed"),
    [(2, 2, False), (3, 2, True), (EXEMPT_ALONE, None, False), (EXEMPT_ALONE + 1, None, True)],
)
def test_beyond_the_number_of_the_campaign_or_of_the_rule(count, alone, needed):
    assert needs_second(count, alone) == needed


def test_as_many_as_one_person_may_are_exempt_at_once(many, clerk_user, office_user, units):
    assert many(clerk_user, units["T1-1"], count=2) == 2
    assert Exemption.objects.count() == 2


def test_more_are_proposed_and_nothing_is_exempt_yet(
    proposal, clerk_user, units, participants, now
):
    assert not Exemption.objects.exists()
    assert (proposal.count, proposal.unit, proposal.outcome) == (4, units["T1-1"], "open")
    assert (proposal.proposed_by, proposal.proposed_at) == (clerk_user, now)
    members = {participants[f"village_{who}"].pk for who in ("secretary", "member", "probationer")}
    assert set(proposal.covers["review"]["participant"]) == members
    assert proposal.covers["review"]["unit"] == [units["T1-1"].pk]
    assert Entry.objects.get(kind="exemption.proposed").subject == "campaign:cx2011/first"


def test_a_second_person_confirms_what_is_still_missing(
    proposal, office_user, participants, first_round, now
):
    exempt(
        round_=first_round, duty="review", participant=participants["village_member"],
        reason="长期卧病", by=None, now=now,
    )  # fmt: skip
    assert confirm_exemptions(proposal=proposal, by=office_user, now=now) == 3
    rows = Exemption.objects.filter(reason=REASON)
    assert {row.exempted_by for row in rows} == {office_user}
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.decided_by, proposal.decided_at) == (
        "confirmed", office_user, now,
    )  # fmt: skip
    told = json.loads(Entry.objects.get(kind="exemption.granted_many").body.content)
    assert told["proposed_by"] == "clerk"
    assert code_of(confirm_exemptions, proposal=proposal, by=office_user, now=now) == "decided"


def test_nobody_confirms_or_refuses_the_own_proposal(proposal, clerk_user, office_user, now):
    for deed in (confirm_exemptions, refuse_exemptions):
        assert code_of(deed, proposal=proposal, by=clerk_user, now=now) == "own_proposal"
    assert code_of(withdraw_exemptions, proposal=proposal, by=office_user, now=now) == "not_own"


def test_it_is_refused_or_withdrawn_once(proposal, many, clerk_user, office_user, units, now):
    refuse_exemptions(proposal=proposal, by=office_user, now=now)
    assert code_of(withdraw_exemptions, proposal=proposal, by=clerk_user, now=now) == "decided"
    again = many(clerk_user, units["T1-1"])
    withdraw_exemptions(proposal=again, by=clerk_user, now=now)
    outcomes = ExemptionProposal.objects.values_list("outcome", flat=True)
    assert sorted(outcomes) == ["refused", "withdrawn"]
    assert not Exemption.objects.exists()


def test_whoever_may_not_exempt_there_confirms_nothing(
    proposal, other_clerk_user, secretary_user, now
):
    for user in (other_clerk_user, secretary_user):
        with pytest.raises(Refusal):
            confirm_exemptions(proposal=proposal, by=user, now=now)
    assert not Exemption.objects.exists()


def test_a_closed_round_takes_none(proposal, first_round, office_user, now):
    left = list(gaps_of(first_round))
    exempt_many(round_=first_round, gaps=left, reason=REASON, by=None, now=now)
    close_round(round_=first_round, by=None, now=now)
    proposal.refresh_from_db()
    assert code_of(confirm_exemptions, proposal=proposal, by=office_user, now=now) == "round_closed"


def test_where_there_is_no_second_person_the_line_says_so(
    many, office_user, clerk_user, units, now
):
    deactivate(user=clerk_user, by=None, now=now)
    assert many(office_user, units["T1-1"]) == 4
    told = json.loads(Entry.objects.get(kind="exemption.granted_many").body.content)
    assert told["without_second"] is True


def test_where_there_is_no_second_person_the_page_says_so(
    client, limited, first_round, clerk_user, units, now
):
    client.force_login(clerk_user)
    page = "/campaigns/cx2011/rounds/first/gaps/"
    assert 'data-over="2"' in client.get(page).content.decode()
    sent = {"everything": "on", "reason": REASON}
    answer = client.post(f"{page}?unit=T1-1&duty=review", sent, follow=True)
    assert "已免除 4 项缺漏。无他人可确认" in answer.content.decode()


def test_the_other_township_is_no_second_person(many, other_clerk_user, clerk_user, units):
    assert many(clerk_user, units["T1-1"]) == 4


def test_the_command_line_needs_nobody(many, office_user, units):
    assert many(None, units["T1-1"]) == 4


def test_above_several_branches_is_their_township(many, clerk_user, office_user, units):
    assert many(clerk_user, units["T1"]).unit == units["T1"]


def test_it_waits_in_the_list_of_a_second_person_alone(
    proposal, clerk_user, other_clerk_user, office_user, member_user, first_round
):
    def waiting(user):
        return [item.url for item in worklist(user, first_round, TODAY).waiting]

    assert waiting(office_user) == [f"/campaigns/cx2011/proposals/{proposal.pk}/"]
    assert waiting(clerk_user) == waiting(other_clerk_user) == waiting(member_user) == []


def test_it_is_seen_in_its_part_of_the_tree(
    proposal, clerk_user, other_clerk_user, office_user, member_user, campaign
):
    for user in (clerk_user, office_user):
        assert list(proposals_visible_to(user, campaign)) == [proposal]
    for user in (other_clerk_user, member_user):
        assert not proposals_visible_to(user, campaign)


def test_the_page_shows_what_it_covers_and_confirms_it(client, proposal, office_user, clerk_user):
    client.force_login(clerk_user)
    page = client.get(f"/campaigns/cx2011/proposals/{proposal.pk}/").content.decode()
    assert "张小芳" in page
    assert "/confirm/" not in page
    assert "/withdraw/" in page
    client.force_login(office_user)
    where = f"/campaigns/cx2011/proposals/{proposal.pk}/"
    listed = client.get("/campaigns/cx2011/exemptions/").content.decode()
    assert f'href="{where}"' in listed
    seen = client.get(where).context["edits"].version
    assert client.post(f"{where}confirm/", {"seen": seen}).status_code == 302
    assert Exemption.objects.count() == 4
    assert not list(covered(proposal))


def test_the_form_of_the_gaps_proposes(client, limited, first_round, clerk_user, office_user):
    client.force_login(clerk_user)
    where = "/campaigns/cx2011/rounds/first/gaps/?duty=review&who=participant"
    page = client.get(where)
    assert page.context["listing"].total == 8
    answer = client.post(where, {"everything": "on", "reason": REASON}, follow=True)
    assert "须经另一人确认" in answer.content.decode()
    assert ExemptionProposal.objects.get().count == 8


def test_a_filter_that_nobody_knows_filters_nothing(client, first_round, clerk_user):
    client.force_login(clerk_user)
    where = "/campaigns/cx2011/rounds/first/gaps/"
    everything = client.get(where).context["listing"].total
    assert client.get(f"{where}?duty=visit&who=x").context["listing"].total == everything
    assert client.get(f"{where}?duty=appraisal&who=unit").context["listing"].total == 3


def test_the_office_says_how_many(client, campaign, office_user, clerk_user, now):
    where = "/campaigns/cx2011/exemptions/limit/"
    client.force_login(office_user)
    page = client.get(where)
    assert page.context["form"].initial["exempt_alone"] == EXEMPT_ALONE
    typed = {"exempt_alone": "7", "seen": page.context["deed"].edits.version}
    assert client.post(where, typed).status_code == 302
    assert Campaign.objects.get(pk=campaign.pk).exempt_alone == 7
    told = json.loads(Entry.objects.get(kind="exemption.limit_changed").body.content)
    assert (told["before"], told["after"]) == (None, 7)
    refused = code_of(
        change_exemption_limit, campaign=campaign, exempt_alone=9, by=clerk_user, now=now
    )
    assert refused == "not_office"


def test_nobody_confirms_through_an_account_whose_password_he_has_set(
    many, office_user, second_user, units, now
):
    made = many(office_user, units["T1-1"])
    set_password(user=second_user, password="yunling-2011-second", by=office_user, now=now)
    assert code_of(confirm_exemptions, proposal=made, by=second_user, now=now) == (
        "opened_by_proposer"
    )
    assert not Exemption.objects.exists()


def test_nor_proposes_through_one_and_confirms_with_his_own(
    many, office_user, second_user, units, now
):
    set_password(user=second_user, password="yunling-2011-second", by=office_user, now=now)
    made = many(second_user, units["T1-1"])
    assert code_of(confirm_exemptions, proposal=made, by=office_user, now=now) == "opened_proposer"
    assert not Exemption.objects.exists()


def test_what_a_colleague_has_exempted_meanwhile_is_not_exempted_for_nothing(
    many, clerk_user, units, first_round, now
):
    seen = [gap for gap in gaps_of(first_round, [units["T1-1"].path]) if gap.duty == "review"][:2]
    exempt_many(round_=first_round, gaps=seen, reason=REASON, by=clerk_user, now=now)
    entries = Entry.objects.count()
    assert code_of(
        exempt_many, round_=first_round, gaps=seen, reason=REASON, by=clerk_user, now=now
    ) == ("already_exempt")
    assert Entry.objects.count() == entries


def test_a_proposal_of_which_nothing_is_left_is_not_confirmed(
    proposal, office_user, first_round, now
):
    for gap in list(covered(proposal)):
        exempt_many(round_=first_round, gaps=[gap], reason=REASON, by=office_user, now=now)
    entries = Entry.objects.count()
    assert code_of(confirm_exemptions, proposal=proposal, by=office_user, now=now) == (
        "nothing_left"
    )
    assert Entry.objects.count() == entries


def test_whoever_proposed_it_sees_it_also_where_it_lies_in_two_townships(
    many, clerk_user, office_user, register, campaign, now
):
    grant_role(user=clerk_user, role=Role.CLERK, organization=register.t2, by=None, now=now)
    clerk = User.objects.get(pk=clerk_user.pk)
    paths = campaign.units.filter(code__in=["T1", "T2"]).values_list("path", flat=True)
    made = many(clerk, paths=list(paths))
    assert made.unit.code == "X"
    assert made in proposals_visible_to(clerk, campaign)


def test_in_a_closed_round_none_waits(proposal, office_user, first_round):
    def waiting():
        found = worklist(office_user, first_round, TODAY).waiting
        return [item for item in found if "/proposals/" in item.url]

    assert waiting()
    first_round.state = "closed"
    assert not waiting()
