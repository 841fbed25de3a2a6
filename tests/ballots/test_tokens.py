"""A credential is the issuer's word that a key may vote in one box (RFC 9474, once unblinded)."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pingyi.ballots.rules.canonical import NotCanonical, encoded
from pingyi.ballots.rules.checking import has_right
from pingyi.ballots.rules.cores import token_bytes
from pingyi.ballots.rules.slips import public_bytes
from tests.ballots.boxes import Box, signed


def der(key) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture(scope="module")
def issuer() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def token_for(issuer: RSAPrivateKey, box: str, key: Ed25519PrivateKey, salt: int = 48) -> str:
    said = token_bytes(box, public_bytes(key))
    return encoded(issuer.sign(said, PSS(MGF1(SHA384()), salt), SHA384()))


def test_a_key_that_was_signed_for_this_box_may_vote_and_no_other(issuer):
    box, key = Box(settings={"issuer": der(issuer)}), Ed25519PrivateKey.generate()

    def may_vote(token):
        ballot = signed(key, box=box.id, answers={}, token=token)
        return has_right(ballot.core, box.manifest, box.slip_hashes)

    assert may_vote(token_for(issuer, box.id, key))
    assert not may_vote(token_for(issuer, "box-2", key))
    assert not may_vote(token_for(issuer, box.id, Ed25519PrivateKey.generate()))
    assert not may_vote(token_for(issuer, box.id, key, salt=32))
    assert not may_vote(token_for(generate_private_key(65537, 2048), box.id, key))
    assert not may_vote("none")


def test_where_nobody_issues_credentials_none_is_good(issuer):
    box, key = Box(), Ed25519PrivateKey.generate()
    ballot = signed(key, box=box.id, answers={}, token=token_for(issuer, box.id, key))

    assert not has_right(ballot.core, box.manifest, box.slip_hashes)


def test_an_issuer_without_an_rsa_key_is_refused():
    key = Ed25519PrivateKey.generate()
    box = Box(settings={"issuer": der(key)})
    ballot = signed(key, box=box.id, answers={}, token="x")

    with pytest.raises(NotCanonical):
        has_right(ballot.core, box.manifest, box.slip_hashes)
