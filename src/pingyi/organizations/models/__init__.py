from pingyi.organizations.models.classification import PostCategory, Sector
from pingyi.organizations.models.organization import Affiliation, Organization, Succession
from pingyi.organizations.models.person import Charge, Membership, Person, Post

__all__ = [
    "Affiliation",
    "Charge",
    "Membership",
    "Organization",
    "Person",
    "Post",
    "PostCategory",
    "Sector",
    "Succession",
]
