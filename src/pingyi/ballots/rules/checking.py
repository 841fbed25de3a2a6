"""Whether a ballot may lie in a box: one answer for the box that takes it and for who recounts it.

Refusals are codes; the box and the verifier have a sentence for each.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import load_der_public_key

from pingyi.ballots.rules.canonical import NotCanonical, decoded
from pingyi.ballots.rules.cores import SIGNATURE_BYTES, SLIP, Core, signed_bytes, token_bytes
from pingyi.ballots.rules.manifests import Manifest
from pingyi.ballots.rules.slips import slip_hash

OTHER_BOX = "other_box"
OTHER_FORM = "other_form"
NO_RIGHT = "no_right"
WRONG_SIGNATURE = "wrong_signature"

_SALT_BYTES = 48
_PADDING = PSS(MGF1(SHA384()), _SALT_BYTES)
_HASH = SHA384()


def why_not_in_box(
    core: Core, signature: bytes, manifest: Manifest, slips: Sequence[bytes]
) -> str | None:
    """The code of what is wrong with a ballot; None where it may lie in the box of the manifest.

    `slips` is the sorted list of slips. That a key votes once is the box's, and the board's.
    """
    if core.box != manifest.box:
        return OTHER_BOX
    if not is_of_form(core, manifest):
        return OTHER_FORM
    if not has_right(core, manifest, slips):
        return NO_RIGHT
    return None if is_signed(core, signature) else WRONG_SIGNATURE


def is_of_form(core: Core, manifest: Manifest) -> bool:
    """Whether every answer is one that the form offers."""
    grades = manifest.grades
    nothing: frozenset[str] = frozenset()
    return core.answers.keys() <= manifest.subjects and all(
        option in grades.get(item, nothing)
        for marks in core.answers.values()
        for item, option in marks.items()
    )


def has_right(core: Core, manifest: Manifest, slips: Sequence[bytes]) -> bool:
    """Whether the key is that of a slip, or was signed by the issuer of this box."""
    if core.token == SLIP:
        sought = slip_hash(core.box, core.vk)
        at = bisect_left(slips, sought)
        return at < len(slips) and slips[at] == sought
    if manifest.issuer is None:
        return False
    key = _issuer(manifest.issuer)
    try:
        token = decoded(core.token, key.key_size // 8)
        key.verify(token, token_bytes(core.box, core.vk), _PADDING, _HASH)
    except (NotCanonical, InvalidSignature):
        return False
    return True


@lru_cache(maxsize=64)
def _issuer(der: bytes) -> RSAPublicKey:
    key = load_der_public_key(der)
    if not isinstance(key, RSAPublicKey):
        raise NotCanonical("an issuer whose key is not RSA")
    return key


def is_signed(core: Core, signature: bytes) -> bool:
    """Whether whoever has the key signed exactly this ballot."""
    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(core.vk).verify(signature, signed_bytes(core.text))
    except (InvalidSignature, ValueError):
        return False
    return True
