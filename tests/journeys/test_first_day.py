"""The first day of a county: from an empty database to a closed round, by clicks alone.

Every click is named as docs/first-day.md lists it, and leads on by itself: no address is typed.
"""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page

from pingyi.accounts.models import User
from pingyi.accounts.queries.first_codes import first_code
from pingyi.campaigns.models import Round
from tests.cast import identity_number
from tests.journeys.conftest import MORNING, NewPage, settle
from tests.rosters.workbook import workbook

PASSWORD = "cloud-ridge-2011"
BRANCHES, SIZE = 8, 15
MOST_CLICKS = 43
HELP = Path(__file__).parents[2] / "docs" / "first-day.zh-CN.md"
# Satisfied, fairly, basically, dissatisfied, abstained, void.
ANSWERS = 6


class Walk:
    """Somebody at a browser, whose clicks are counted together with everybody else's."""

    def __init__(self, page: Page, clicks: list[str]) -> None:
        self.page, self.clicks = page, clicks

    def go(self, button: Locator, said: str) -> None:
        """One click that leads to another page, or to the same one with what was done."""
        with self.page.expect_navigation():
            button.click()
        settle(self.page)
        self.clicks.append(said)

    def click(self, name: str, role: str = "button", *, within: str = "main") -> None:
        found = self.page.locator(within).get_by_role(role, name=name, exact=False)
        self.go(found.locator("visible=true").first, name)

    def click_and_confirm(self, name: str) -> None:
        """What cannot be undone is asked about first: two clicks."""
        begins = re.compile(rf"^\s*{name}")
        self.page.locator("main").get_by_role("button", name=begins).first.click()
        self.clicks.append(name)
        self.page.locator("#confirm").wait_for()
        self.go(self.page.locator("#confirm [value=yes]"), "继续")

    def primary(self) -> None:
        """The red button of the page."""
        button = self.page.locator("main .btn-primary:visible").first
        self.go(button, button.inner_text().strip())

    def next_step(self) -> None:
        """What the first page says is to be done next."""
        button = self.page.locator(".next-do .btn").first
        self.go(button, button.inner_text().strip())

    def line(self, words: str) -> None:
        """A line of the first page's lists."""
        line = self.page.locator(".worklist li").filter(has_text=words)
        button = line.locator(".btn").first
        self.go(button, button.inner_text().strip())

    def home(self) -> None:
        self.click("首页", "link", within=".rail")

    def sign_in_first(self, user: User) -> None:
        """With the code of the slip, then with a password of one's own."""
        self.page.goto("/")
        self.page.fill("[name=username]", user.username)
        self.page.fill("[name=password]", first_code(user))
        self.click("登录")
        self.page.fill("[name=password]", PASSWORD)
        self.page.fill("[name=again]", PASSWORD)
        self.click("保存密码并登录")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A township of 8 branches and 120 members, in the template."""
    since = "2000-01-01"
    sheets = {
        "党组织": [["T", "中共青石镇委员会", "党委", "乡镇街道", None, "YL", since]],
        "党员": [],
        "职务": [],
        "分工": [],
    }
    for branch in range(BRANCHES):
        code, name = f"T{branch + 1}", f"{'柳桃杏梅松竹兰菊'[branch]}湾村党支部"
        sheets["党组织"].append([code, name, "党支部", "基层", "农村", "T", since])
        for number in range(SIZE):
            serial = branch * SIZE + number
            person = "赵钱孙李周吴郑王"[branch] + "安邦才达恩发国海建康丽明宁平勤"[number]
            identity = identity_number(500 + serial)
            sheets["党员"].append([person, identity, "男", None, code, "正式党员", "2005-07-01"])
            if number == 0:
                post = ["支部书记", "其它基层党组织书记", "2008-01-01"]
                sheets["职务"].append([person, identity, code, *post])
            if (branch, number) == (0, 1):
                post = ["党委书记", "乡镇、街道党工委书记", "2008-01-01"]
                sheets["职务"].append([person, identity, "T", *post])
    path = tmp_path / "青石镇名册.xlsx"
    path.write_bytes(workbook(sheets))
    return path


def test_from_nothing_to_a_closed_round(new_page: NewPage, roster: Path) -> None:
    clicks: list[str] = []
    office = Walk(new_page(), clicks)
    begin(office, roster)
    accounts(office)
    branch = User.objects.get(grants__role="branch_secretary", grants__organization__code="T1")
    review_the_branch(Walk(new_page(), clicks), branch)
    close(office)
    assert Round.objects.get(code="first").state == "closed"
    call_command("ledger", "verify")
    assert len(clicks) <= MOST_CLICKS, clicks
    text = HELP.read_text(encoding="utf-8")
    assert f"点击 {len(clicks)} 次" in text
    assert [name for name in clicks if name not in text] == []


def begin(walk: Walk, roster: Path) -> None:
    page = walk.page
    page.goto("/")
    page.fill("[name=organization_name]", "中共云岭县委员会")
    page.fill("[name=organization_code]", "YL")
    page.select_option("[name=kind]", "committee")
    page.fill("[name=name]", "县创先争优办")
    page.fill("[name=username]", "office")
    page.fill("[name=password]", PASSWORD)
    walk.click("建立办公室账号")
    walk.click("导入工作簿", "link")
    page.set_input_files("[name=file]", roster)
    walk.clicks.append("选择文件")
    walk.click("上传并预览")
    apply = page.get_by_role("button", name="确认导入")
    apply.wait_for(timeout=60_000)
    walk.click("确认导入")
    page.get_by_role("button", name="撤销").wait_for(timeout=60_000)
    walk.home()
    walk.click("启动活动", "link")
    walk.go(page.locator("a[href*='chuangxian-2011']").first, "选用方案")
    # What has to be typed is not counted.
    page.fill("[name='opens.first']", f"{MORNING:%Y-%m-%d}")
    walk.click("查看将要冻结的内容")
    walk.click("启动活动并冻结名册")
    is_cut = "line => line.scrollWidth > line.clientWidth"
    assert not page.locator(".timeline").evaluate(is_cut)


def accounts(walk: Walk) -> None:
    """Every secretary, of the branches and above, gets an account; the slips are printed."""
    page = walk.page
    walk.click("开始本轮")
    walk.next_step()
    every = page.locator("main").get_by_role("button", name=re.compile(r"^\s*建立"))
    walk.go(every.first, "建立")
    with page.expect_download() as slips:
        page.get_by_role("button", name="打印").click()
    walk.clicks.append("打印")
    assert slips.value.suggested_filename.endswith(".pdf")


def review_the_branch(walk: Walk, user: User) -> None:
    """All members at one meeting, then the stages of the appraisal with both counts."""
    page = walk.page
    walk.sign_in_first(user)
    walk.next_step()
    walk.click("开始点评会", "link")
    page.fill("[name=place]", "村部会议室")
    walk.primary()
    cells = page.locator("[data-grid] textarea")
    for number in range(cells.count()):
        kind = number % 3
        cells.nth(number).fill(TEXTS[kind][number // 3])
    walk.click("保存全部点评")
    walk.next_step()
    for stage in ("opinions", "self_check", "meeting"):
        assert page.url.endswith(f"/stages/{stage}/")
        if stage == "meeting":
            page.fill("[name=place]", "村部会议室")
            for number, box in enumerate(page.locator("[data-grid] input").all()):
                box.fill(str((5, 5, 5, 5, 2, 2, 0, 0)[number]))
        page.fill("[name=content]", "发放征求意见表四十份，收回三十八份")
        walk.click("保存记录")
    for form in ("附件4（对党组织）", "附件5（对党员）"):
        walk.click(f"{form}计票")
        fill_in_the_count(page, is_disliked="党员" in form)
        walk.click_and_confirm("保存并签名")
    walk.click("通报情况", "link")
    for _stage in ("report", "improvement"):
        page.fill("[name=content]", "在支部大会上通报，并在公开栏张贴七天")
        walk.click("保存记录")


def fill_in_the_count(page: Page, *, is_disliked: bool) -> None:
    """Twelve of twelve, in every line as satisfied; one member is disliked by some."""
    for box in page.locator(".count-sum input").all():
        box.fill("12")
    page.locator(".count-sum input").last.fill("0")
    for row in page.locator(".count-table tbody tr").all():
        for box in row.locator("input").all()[::ANSWERS]:
            box.fill("12")
    if is_disliked:
        boxes = page.locator(".count-table tbody tr").first.locator("input").all()
        for at in range(0, len(boxes), ANSWERS):
            boxes[at].fill("7")
            boxes[at + 3].fill("5")
    page.fill("[name=scrutineer]", "周监票")
    page.fill("[name=teller]", "吴计票")


def close(walk: Walk) -> None:
    """What the count points out is decided, the other branches are explained, the round closed."""
    page = walk.page
    walk.home()
    walk.next_step()
    other = page.locator(".flag details[open] [name$=-also]")
    other.first.check()
    walk.clicks.append("勾选")
    page.fill(".flag details[open] [name$=-decision]", "由支部书记谈话，三个月后复评")
    page.fill(".flag details[open] [name$=-decider]", "镇党委会议")
    walk.click("记录处理决定")
    walk.line("督促完成缺漏")
    everything = page.locator("label").filter(has=page.locator("[name=everything]"))
    everything.locator("[name=everything]").check()
    walk.clicks.append(everything.inner_text().split()[0])
    page.fill("[name=reason]", "本次只在柳湾村党支部试点")
    walk.click_and_confirm("按此理由免除")
    # On its first day, long before its last: that is asked about.
    walk.click_and_confirm("结束本轮")


DONE = (
    "修通机耕道三公里，群众运粮不再肩挑背扛",
    "办起合作社，帮二十户把菜卖进县城超市",
    "牵头清淤水渠，三百亩田按时栽上秧",
    "每周给五名留守儿童补两次课",
    "调解邻里纠纷七起，没有一起上访",
    "带头捐资给村小换了四十套课桌",
    "组织义务巡逻队，半年没丢过一头牛",
    "帮三户贫困户申请到危房改造款",
    "教会十二名妇女用手机卖山货",
    "守防汛值班点二十八夜，转移老人九名",
    "整理党员档案一百二十份，补齐缺页",
    "带队植树两千棵，成活九成以上",
    "为外出务工党员办了六期夜校",
    "把村务账目逐笔上墙，答复询问十五条",
    "自费学会修泵，替邻组修好八台",
)
LACKS = (
    "学习笔记停在三月份，后来一直没有再记",
    "开会常迟到，上季度有四次",
    "对流动党员联系不够，只打过两次电话",
    "遇事容易着急，春耕时两次和群众争吵",
    "年初承诺的二十盏路灯只装了一半",
    "入户走访只到近处，山后三组没有去过",
    "材料多靠别人写，自己讲不清数字",
    "带两名新党员不够耐心，半年只谈过一次",
    "对返乡年轻人提的意见听得少，没有答复",
    "党务公开栏有一个多月没有更新内容",
    "抓产业办法不多，村集体收入一年没有增长",
    "防火值班记录有十天空着没有人补",
    "答应群众的果树培训推迟了两回还没办",
    "班子分工不细，六件事压在会计一个人身上",
    "遇到征地难题等上级的多，自己想办法的少",
)
AHEAD = (
    "七月底前逐人联系流动党员并建台账",
    "八月份补完缺的学习笔记，每月末交支部看",
    "下半年支部会议提前十分钟到，一次不迟到",
    "先听完再说话，每月向两户群众问意见",
    "国庆节前把剩下的十盏路灯全部装齐",
    "九月底以前走完山后三组的每一户人家",
    "自己写一份季度小结在会上讲",
    "和两名新党员结成对子，每个月谈一次心",
    "开一次青年座谈会，答复每条意见",
    "公开栏每月五日以前更新，由监委会查看",
    "引进一个来料加工点，年底前见到收入",
    "值班当天写好记录，支部每周一查一次",
    "十月底以前办完两期果树修剪培训班",
    "把六件事分给六名委员，各定完成日期",
    "每季度拿出一个自己解决的难题",
)
TEXTS = (DONE, LACKS, AHEAD)
