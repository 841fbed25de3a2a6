"""What the column 备注 of a list says that is more than a remark: that somebody is a probationary
member is understood, that somebody holds a post is pointed out, and taken over where somebody says
so and it is one of the branch. The rest is not read, and that is said."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace

from pingyi.rosters.rules.columns import MEMBERS, WORDS, written
from pingyi.rosters.rules.issues import Remarks, Table
from pingyi.rosters.rules.places import key_of
from pingyi.rosters.rules.rows import MemberRow, PersonCells, PostRow, Roster
from pingyi.rosters.rules.values import Raw, bare

ASIDE = ("备注", "备考", "说明", "附注", "备注说明")
# In the branch of which somebody is a member; those of 党委, 纪委 and 团 are held elsewhere.
OF_A_BRANCH = re.compile(
    "(?:.{0,8}(?:村|社区|居委会))?(?:党总支|总支|党支部|支部)?"
    "(?:副?书记|副?支书|(?:组织|宣传|纪检|统战|青年|生活|保密|群众|学习)?委员)"
)
# A remark that offers posts.
OFFERED = "post_offered"
POST = re.compile(r"[^,，。;；]{0,16}(?:书记|支书|委员|主任|组长|部长|会长|主席)")


@dataclass(frozen=True)
class Aside:
    """A column of remarks: its heading, and the cells by row."""

    heading: str
    cells: dict[int, tuple[str, Raw]]


def asides_of(table: Table, ignored: Collection[str]) -> Iterator[Aside]:
    """The columns of remarks among those that nobody asked for."""
    for place, key in enumerate(table.keys):
        if key in ignored and bare(key) in ASIDE:
            cells = {row: (table.cell(row, key), said[place]) for row, said in table.rows}
            yield Aside(key, cells)


@dataclass(frozen=True, slots=True)
class AsidePost(PostRow):
    """A post that stands aside in a row of 党员, in the organization of that row."""

    sheet = MEMBERS


@dataclass
class Understood:
    """Takes what stands aside into the rows of members, and posts of branches where it may."""

    roster: Roster
    title: str
    takes_posts: bool = False

    def __post_init__(self) -> None:
        self.named = {(post.name_key, key_of(post.organization)) for post in self.roster.posts}

    def take(self, aside: Aside) -> bool:
        """Understand and note it; whether anything was taken."""
        remarks = Remarks()
        rows, posts = self.roster.members, len(self.roster.posts)
        self.roster.members = [self._understood(row, aside, remarks) for row in rows]
        is_taken = self.roster.members != rows or len(self.roster.posts) != posts
        # Where nothing of the column was taken the whole of it is said not to be used.
        found = (one for one in remarks.issues() if is_taken or one.code != "remark_not_read")
        self.roster.notes += found
        return is_taken

    def _understood(self, row: MemberRow, aside: Aside, remarks: Remarks) -> MemberRow:
        """One row with the standing that is said aside where its own column says none."""
        cell, value = aside.cells[row.row]
        text = bare(value) if isinstance(value, str) else ""
        standing = WORDS["standing"].get(text.casefold())
        place = (self.title, aside.heading, cell)
        if standing is None:
            # What a list of leaders says of somebody there is not said again by a remark.
            said = row.name_key, key_of(row.organization)
            named = f"{row.name} {text}"
            if not POST.fullmatch(text):
                if text:
                    remarks.add_at(place, "remark_not_read", named, named)
            elif said not in self.named:
                remarks.add_at(place, self._post(row, text), named, named)
            return row
        if not row.standing:
            remarks.add_at(place, "standing_aside", row.name, written("standing", standing))
            return replace(row, standing=standing)
        if standing != row.standing:
            read = written("standing", row.standing)
            remarks.add_at(place, "standing_aside_other", f"{row.name} {text}", read)
        return row

    def _post(self, row: MemberRow, text: str) -> str:
        """What is noted of a post: whether it can be taken, and is, into the rows of posts."""
        if not OF_A_BRANCH.fullmatch(text):
            return "post_aside"
        if not self.takes_posts:
            return OFFERED
        who = {each.name: getattr(row, each.name) for each in fields(PersonCells)}
        self.roster.posts.append(AsidePost(**who, title=text))
        return "post_taken"
