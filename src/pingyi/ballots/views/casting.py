"""Where a ballot is sent: a line each for the ballot, its signature, an opinion; then padding.

No cookie is read or set; nothing of the request but its body is looked at.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi.ballots.operations import casting
from pingyi.ballots.queries.boxes import NoBox
from pingyi.ballots.rules.canonical import NotCanonical, decoded, encoded
from pingyi.ballots.rules.cores import MOST_BYTES, SIGNATURE_BYTES
from pingyi.ballots.views.pages import not_found
from pingyi.core.refusals import Refusal

MOST_BYTES_SENT = 4 * MOST_BYTES
TOO_LONG, CONFLICT, REFUSED = 413, 409, 400


@require_POST
def cast(request: HttpRequest, box: str) -> HttpResponse:
    """Take a ballot and answer with the receipt, or with the sentence why not."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES_SENT:
        return _refused(Refusal(_("This is more than a ballot."), code="too_long"), TOO_LONG)
    core, signature, opinion = _lines(request.read(int(length)))
    try:
        receipt = casting.cast(
            box=box, core=core, signature=decoded(signature, SIGNATURE_BYTES), opinion=opinion
        )
    except NoBox:
        return not_found(request)
    except NotCanonical:
        return _refused(Refusal(_("This is no ballot. Load the page again."), code="no_ballot"))
    except Refusal as refusal:
        is_late = refusal.code == "cast_before" or refusal.code.startswith("box_is_")
        return _refused(refusal, CONFLICT if is_late else REFUSED)
    return JsonResponse(
        {
            "box": box,
            "leaf": receipt.leaf.hex(),
            "tracker": receipt.tracker,
            "receipt": encoded(receipt.signature),
        }
    )


def _lines(sent: bytes) -> tuple[bytes, str, str]:
    """The ballot, its signature, the opinion; what is not there is empty, and refused later on."""
    core, *rest = sent.split(b"\n", 3)
    signature, opinion = (line.decode("utf-8", "replace") for line in [*rest, b"", b""][:2])
    return core, signature, opinion


def _refused(refusal: Refusal, status: int = REFUSED) -> HttpResponse:
    return JsonResponse({"code": refusal.code, "sentence": str(refusal)}, status=status)
