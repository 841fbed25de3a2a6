"""What is sent to a box over HTTP: no cookie either way, a sentence for everything wrong."""

import json

import pytest

from pingyi.ballots.enums import BoxDeed
from pingyi.ballots.operations import casting, life
from pingyi.ballots.rules.canonical import encoded
from tests.ballots.boxes import Box, filled_in

pytestmark = pytest.mark.django_db(databases=["ballots"])


def body_of(ballot, opinion="", pad=512):
    lines = [ballot.core.text, encoded(ballot.signature).encode(), opinion.encode(), b""]
    body = b"\n".join(lines)
    return body + b"0" * (-len(body) % pad)


def send(client, box, body, **headers):
    return client.post(f"/box/{box.id}/cast", body, content_type="text/plain", headers=headers)


def test_a_ballot_is_answered_with_its_receipt_and_without_a_cookie(open_box, client):
    box = open_box()
    ballot = box.ballot(0, filled_in(box))

    answer = send(client, box, body_of(ballot))

    assert answer.status_code == 200
    said = answer.json()
    assert (said["box"], said["leaf"]) == (box.id, ballot.core.leaf.hex())
    assert (
        said["tracker"]
        == casting.cast(box=box.id, core=ballot.core.text, signature=ballot.signature).tracker
    )
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert int(answer["Content-Length"]) == len(answer.content)


def test_nothing_of_the_request_but_its_body_is_asked_for(open_box, client):
    """No session, no account, no forgery token: a cookie that is sent is not even looked at."""
    box = open_box()
    client.cookies["sessionid"] = "somebody"

    answer = send(client, box, body_of(box.ballot(0, filled_in(box))))

    request = answer.wsgi_request
    assert answer.status_code == 200
    assert not hasattr(request, "session")
    assert not hasattr(request, "user")
    assert "CSRF_COOKIE" not in request.META


@pytest.mark.parametrize(
    ("spoil", "status", "code"),
    [
        (lambda body: body[:0], 400, "no_ballot"),
        (lambda body: body.replace(b"\n", b" "), 400, "no_ballot"),
        (lambda body: b"\xff" + body, 400, "no_ballot"),
        (lambda body: body.replace(b'"v":1', b'"v":2'), 400, "no_ballot"),
        (lambda body: body.replace(b"good", b"best"), 400, "other_form"),
        (lambda body: body.replace(b"good", b"poor"), 400, "wrong_signature"),
        (lambda body: body.replace(b'"slip"', b'"none"'), 400, "no_right"),
        (lambda body: body + b"0" * 40_000, 413, "too_long"),
        (lambda body: body.replace(b"\n", "\n签".encode()), 400, "no_ballot"),
    ],
)
def test_whatever_is_wrong_is_said_and_not_taken(open_box, client, spoil, status, code):
    box = open_box()

    answer = send(client, box, spoil(body_of(box.ballot(0, filled_in(box)))))

    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert answer.json()["sentence"]
    life.move(box=box.id, deed=BoxDeed.CLOSE)
    assert life.count(box=box.id).ballots == ()


def test_the_sentence_is_in_the_language_of_the_reader(open_box, client):
    box = open_box(is_open=False)
    body = body_of(box.ballot(0, filled_in(box)))

    answers = [
        send(client, box, body, Accept_Language=language).json()["sentence"]
        for language in ("zh-hans", "en")
    ]

    assert answers == ["票箱尚未开启。", "This ballot box is not open yet."]


def test_a_box_that_is_closed_or_took_another_ballot_says_so(open_box, client):
    box = open_box()
    send(client, box, body_of(box.ballot(0, filled_in(box))))

    assert send(client, box, body_of(box.ballot(0, {}))).status_code == 409
    life.move(box=box.id, deed=BoxDeed.CLOSE)
    assert send(client, box, body_of(box.ballot(1, {}))).status_code == 409


@pytest.mark.parametrize("address", ["cast", "manifest", "board", "nothing", ""])
def test_what_is_not_there_is_not_found(open_box, client, address):
    other = Box(id="none")
    answer = (
        send(client, other, body_of(open_box().ballot(0, {})))
        if address == "cast"
        else client.get(f"/box/{other.id}/{address}")
    )

    assert answer.status_code == 404


def test_a_ballot_is_posted_and_the_rest_is_read(open_box, client):
    box = open_box()

    assert client.get(f"/box/{box.id}/cast").status_code == 405
    assert client.post(f"/box/{box.id}/manifest").status_code == 405


def test_the_manifest_is_handed_out_byte_by_byte(open_box, client):
    box = open_box()

    answer = client.get(f"/box/{box.id}/manifest")

    assert answer.content == box.manifest.text
    assert json.loads(answer.content)["box"] == box.id
    assert "immutable" in answer["Cache-Control"]
