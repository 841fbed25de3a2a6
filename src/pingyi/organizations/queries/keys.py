"""The key of the hashes of identity numbers: one for as long as a database lives.

With another one nobody is recognized: an import would enter every person a second time.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal, refuse
from pingyi.organizations.models import IdentityKey
from pingyi.organizations.rules.identity import identity_hash

# Hashed with the key as numbers are, and no number; noted as the tables are made (migration 0004).
CHECKED = "pingyi"


def identity_key() -> str:
    """The key of the settings; refused where the hashes of this database were made with another."""
    refuse(why_not_this_identity_key())
    return settings.IDENTITY_KEY


def why_not_this_identity_key() -> Refusal | None:
    """Why the key of the settings is not the one of this database."""
    noted = IdentityKey.objects.first()
    own = identity_hash(CHECKED, key=settings.IDENTITY_KEY)
    if noted is None or noted.check_value == own:
        return None
    return Refusal(
        _(
            "The identity numbers of this database were hashed with another PINGYI_IDENTITY_KEY: "
            "nobody would be recognized, and an import would enter everybody a second time. Set "
            "the key with which the database was made."
        ),
        code="other_identity_key",
    )
