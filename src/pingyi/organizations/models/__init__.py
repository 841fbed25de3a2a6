from pingyi.organizations.models.classification import PostCategory, Sector
from pingyi.organizations.models.organization import Affiliation, Organization, Succession
from pingyi.organizations.models.person import Charge, Membership, Person, Post
from pingyi.organizations.models.roster import RosterChange, RosterImport

__all__ = [
    "Affiliation",
    "Charge",
    "Membership",
    "Organization",
    "Person",
    "Post",
    "PostCategory",
    "RosterChange",
    "RosterImport",
    "Sector",
    "Succession",
]
