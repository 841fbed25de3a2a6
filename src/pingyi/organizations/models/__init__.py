from pingyi.organizations.models.classification import PostCategory, Sector
from pingyi.organizations.models.organization import (
    Affiliation,
    Organization,
    Succession,
    must_be_a_code,
)
from pingyi.organizations.models.person import (
    Charge,
    IdentityKey,
    Membership,
    Person,
    PersonMerge,
    Post,
)

__all__ = [
    "Affiliation",
    "Charge",
    "IdentityKey",
    "Membership",
    "Organization",
    "Person",
    "PersonMerge",
    "Post",
    "PostCategory",
    "Sector",
    "Succession",
    "must_be_a_code",
]
