"""Names of places and people that do not exist. The county of the demo is invented."""

COUNTY = "云岭县"
MODEL_TOWNSHIP = "示范镇"

TOWNSHIPS = [
    "青石镇", "白水镇", "松林镇", "柳河镇", "桃源铺镇", "石桥镇", "金竹镇", "双溪镇", "枫木镇",
    "龙潭铺镇", "茶园镇", "清泉镇", "高塘镇", "梅岭镇", "杉木镇", "河口镇", "云峰乡", "大冲乡",
    "麻溪坪乡", "桂花乡", "南坪乡", "古树乡",
]  # fmt: skip

COUNTY_UNITS = [
    ("县委办公室", "government"), ("县人大常委会机关", "government"),
    ("县政府办公室", "government"),
    ("县政协机关", "government"), ("县纪委监察局", "government"), ("县委组织部", "government"),
    ("县委宣传部", "government"), ("县委统战部", "government"), ("县委政法委", "government"),
    ("县委农村工作部", "government"), ("县直机关工委", "government"), ("县人民法院", "government"),
    ("县人民检察院", "government"), ("县公安局", "government"), ("县司法局", "government"),
    ("县财政局", "government"), ("县发展和改革局", "government"),
    ("县经济和信息化局", "government"),
    ("县教育局", "school"), ("县科学技术局", "government"), ("县民政局", "government"),
    ("县人力资源和社会保障局", "government"), ("县国土资源局", "government"),
    ("县住房和城乡建设局", "government"), ("县交通运输局", "other_institution"),
    ("县水务局", "other_institution"), ("县农业局", "other_institution"),
    ("县林业局", "other_institution"), ("县商务局", "government"),
    ("县文化广电新闻出版局", "other_institution"), ("县卫生局", "healthcare"),
    ("县人口和计划生育局", "government"), ("县审计局", "government"),
    ("县环境保护局", "government"), ("县统计局", "government"),
    ("县安全生产监督管理局", "government"), ("县粮食局", "soe_finance"),
    ("县供销合作社", "soe_finance"), ("县畜牧水产局", "other_institution"),
    ("县旅游局", "other_institution"), ("县档案局", "other_institution"),
    ("县国家税务局", "central_provincial"), ("县地方税务局", "government"),
    ("县工商行政管理局", "government"), ("县质量技术监督局", "government"),
    ("县气象局", "central_provincial"), ("县电力公司", "central_provincial"),
    ("县邮政局", "central_provincial"), ("县电信公司", "central_provincial"),
    ("县人民银行支行", "central_provincial"), ("县农村信用联社", "soe_finance"),
    ("县烟草专卖局", "central_provincial"), ("县第一中学", "school"), ("县第二中学", "school"),
    ("县职业中专", "school"), ("县人民医院", "healthcare"), ("县中医医院", "healthcare"),
    ("县妇幼保健院", "healthcare"), ("县工业园区", "private"), ("县社会组织", "social"),
]  # fmt: skip

VILLAGE_HEADS = "上下大小东西南北前后新老长高"
VILLAGE_MIDDLES = "坪冲湾塘岭溪洞坳田垅家桥江井坡垭"
VILLAGE_TAILS = ["村", "湾村", "坪村", "冲村", "岭村", "塘村", "桥村", "坳村"]

DEPARTMENTS = [
    "机关",
    "综合",
    "业务",
    "一线",
    "基层",
    "服务中心",
    "离退休干部",
    "执法",
    "财务",
    "工程",
]
