"""Invented words of reviews and opinions: concrete, varied, and now and then a copied one."""

from random import Random

ACHIEVEMENTS = [
    "牵头把{place}到村部的{n}米便道硬化了，{m}户出行方便了",
    "上门调解{m}起邻里纠纷，当事双方都签了和解书",
    "帮{place}的{m}户困难家庭办下了低保和医疗救助",
    "带头流转土地{n}亩种茶，吸收{m}名乡亲务工",
    "防汛期间连续值守{m}个夜晚，及时转移低洼处群众{n}人",
    "完成{n}户新农合参保登记，没有漏登错登",
    "把公开承诺的{m}件实事办成了{k}件，公示栏里有验收照片",
    "结对帮扶{m}名留守儿童，每周辅导功课一次",
    "改进窗口办事流程，办结时间由{m}天缩短到{k}天",
    "清理沟渠{n}米，保证了{place}片区的春灌用水",
    "组织党员义务植树{n}株，补栽成活率在九成以上",
    "完成全年招商任务，引进茶叶加工项目{k}个",
    "主动公开财务{m}笔，接受群众查询没有回避",
    "所带班级平均成绩提高{m}分，家访覆盖全部学生",
    "下乡巡诊{m}次，为{n}名老人建了健康档案",
    "化解信访积案{k}件，回访群众都表示认可",
    "办好远程教育培训{m}期，参训党员{n}人次",
    "推广良种稻{n}亩，亩产比上年增加{m}公斤",
    "整治乱搭乱建{m}处，公路沿线面貌有了改观",
    "帮助{m}名返乡青年办理了小额贷款",
    "按时完成换届选举各项准备，程序规范，没有投诉",
    "催收陈欠贷款{n}万元，没有与群众发生争执",
    "自编双休日活动方案，老党员参加率明显上升",
    "修复水毁塘坝{k}座，恢复灌溉面积{n}亩",
]
PROBLEMS = [
    "{place}片走访偏少，有{m}户半年没有去过",
    "党员学习笔记记得简单，{k}次学习没有写心得",
    "承诺的{k}件事还没有动工，公示时间也过了",
    "办事爱拖，{m}件群众反映的事超过期限才答复",
    "对新政策吃得不透，解释时前后不一致",
    "开会迟到{k}次，会议记录不完整",
    "财务公开只贴总数，群众看不出明细",
    "安全检查留有死角，{place}的隐患没有及时上报",
    "批评同志时语气急躁，影响班子配合",
    "远程教育设备坏了{m}天没有报修",
    "联系群众主要靠电话，入户只有{k}次",
    "档案整理滞后，{m}份材料没有归档",
    "后备力量培养不够，三年只发展{k}名党员",
    "对流动党员联系少，有{k}人没有参加组织生活",
    "产业发展思路不宽，仍然只盯着一种作物",
    "窗口服务时有离岗，群众等候较久",
]
DIRECTIONS = [
    "七月底前走完{place}片所有住户，建好民情台账",
    "九月底前兑现剩余承诺，由支部组织群众验收",
    "每月自学{k}次，年底交一篇调研文章",
    "下半年把{n}亩低产茶园改造完，镇里十月检查",
    "财务按季公开到每一笔，贴在公示栏并在会上说明",
    "八月前整改全部隐患，逐条销号",
    "主动与班子成员谈心，重大事项先商量再决定",
    "结对{k}名青年入党积极分子，年内完成培养考察",
    "汛期每周巡查{place}一次，记录交镇里存档",
    "办结时限对外公示，超期一次在会上说明一次",
    "联系外出党员每季一次，寄送学习资料",
    "请农技站来讲课{k}场，带动{m}户改种新品种",
    "年底前补齐全部档案，请组织办核对",
    "坚持入户走访每周{k}户，困难问题当场登记",
    "把课外辅导坚持下去，学期末向家长通报",
    "下乡巡诊增加到每月{k}次，重点看望独居老人",
]
PLACES = [
    "东头",
    "河边",
    "老屋场",
    "垭口",
    "学校后面",
    "集镇",
    "水库下游",
    "茶场",
    "岔路口",
    "后山",
]
OPINIONS = [
    "村里的路灯坏了几盏，希望早点修好。",
    "办事窗口中午没有人值班，上班的人不好办事。",
    "公开栏的内容更新慢，字也小，老人看不清。",
    "修水渠是好事，但是占了地的补偿还没有到位。",
    "支部开会能不能提前两天通知。",
    "对困难户的帮扶很实在，希望坚持下去。",
    "学校门口的减速带要补上，孩子过马路不安全。",
    "党员带头种茶效果好，希望多办几期培训。",
]
COPIED = {
    "achievements": "工作认真负责，能够团结同志，较好地完成了各项任务。",
    "problems": "学习不够，工作创新有待加强，联系群众还不够多。",
    "direction": "今后要加强学习，改进作风，进一步做好本职工作。",
}


class Writer:
    """Writes the parts of reviews; two sentences each, so that hardly two are alike."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def parts(self, *, careless: bool) -> dict[str, str]:
        """The three parts of a review; careless ones are the phrases everybody copies."""
        if careless:
            return dict(COPIED)
        return {
            "achievements": self._two(ACHIEVEMENTS),
            "problems": self._two(PROBLEMS),
            "direction": self._two(DIRECTIONS),
        }

    def opinions(self) -> list[str]:
        """A few opinions from the ballots of one branch."""
        return self.random.sample(OPINIONS, self.random.randint(1, 3))

    def _two(self, sentences: list[str]) -> str:
        first, second = self.random.sample(sentences, 2)
        return f"{self._filled(first)}；{self._filled(second)}。"

    def _filled(self, sentence: str) -> str:
        draw = self.random
        return sentence.format(
            place=draw.choice(PLACES),
            n=draw.randint(11, 99) * 10,
            m=draw.randint(3, 26),
            k=draw.randint(2, 9),
        )
