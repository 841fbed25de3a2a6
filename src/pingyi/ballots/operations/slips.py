"""A ballot with a slip whose key is made here: for phones and kiosks without scripts (way C)."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pingyi.ballots import permissions
from pingyi.ballots.operations.casting import Receipt, cast
from pingyi.ballots.rules.cores import NONCE_BYTES, SLIP, Answers, core_text, signed_bytes
from pingyi.ballots.rules.slips import NoSlip, key_of, public_bytes
from pingyi.core.refusals import Refusal


def cast_with_slip(*, box: str, code: str, answers: Answers, opinion: str = "") -> Receipt:
    """Sign a ballot with the key of a slip and put it into the box; neither is kept.

    The same answers again, as after an answer that never arrived, are the same ballot and get the
    same receipt. Refuses what `cast` refuses, and a code that is none.
    """
    try:
        key = key_of(code, box)
    except NoSlip:
        raise Refusal(permissions.NO_CODE, code="no_code") from None
    core = core_text(
        box=box, vk=public_bytes(key), answers=answers, nonce=_nonce(key, answers), token=SLIP
    )
    return cast(box=box, core=core, signature=key.sign(signed_bytes(core)), opinion=opinion)


def _nonce(key: Ed25519PrivateKey, answers: Answers) -> bytes:
    """What keeps a leaf from being guessed: nobody knows it without the slip."""
    said = repr(sorted((subject, sorted(marks.items())) for subject, marks in answers.items()))
    return sha256(b"nonce\0" + key.private_bytes_raw() + said.encode()).digest()[:NONCE_BYTES]
