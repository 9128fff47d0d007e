"""What the demo college is made of. Campuses, services, evidence and measures are those that a college's logistics department
published in 2019, moved to this year; people, numbers of identity cards and money are invented.
"""

from datetime import date
from decimal import Decimal

from accounts.models import Role

COLLEGE = {
    "name": "楚云职业技术学院",
    "short_name": "楚云职院",
    "document_mark": "楚云职院后",
    "province": "湖北省",
    "contact_phone": "0712-2850000",
    "address": "孝感市孝南区楚云大道 1 号（虚构）",
    "representative": "高远（虚构）",
}
PASSWORD = "demo-2026"  # noqa: S105 (of the demo people, shown on the sign-in page)
DISTRICT = "孝感市孝南区"
TIER = ("湖北省/三档", date(2024, 2, 1), "演示值：2024 年起各档地区附件未见，暂按以往的三档")

UNITS = ("后勤保障处", "人事处", "财务处", "法务处", "校领导", "采购与招标办", "信息中心")
PEOPLE = (  # user name, name, unit, post, roles; one per role
    ("zhouyt", "周雨桐", "后勤保障处", "科员", (Role.OFFICER,)),
    ("zhengga", "郑国安", "后勤保障处", "处长", (Role.LOGISTICS_HEAD,)),
    ("hejy", "何静怡", "人事处", "副处长", (Role.HR,)),
    ("luojp", "罗建平", "财务处", "处长", (Role.FINANCE,)),
    ("qinwt", "秦文涛", "法务处", "法务", (Role.REVIEWER,)),
    ("chenlq", "陈立群", "校领导", "副校长", (Role.LEADER,)),
    ("fangzy", "方志远", "采购与招标办", "主任", (Role.PROCUREMENT,)),
    ("xuhai", "许海", "信息中心", "工程师", (Role.ADMIN,)),
    ("jiangs", "江珊", "", "项目经理", (Role.CONTRACTOR,)),
)
CAMPUSES = ("东校区", "西校区", "南校区", "医学分院", "师范学院")

SERVICES = {  # category → name, scope (content, unit, quantity at each campus), yearly cost by kind
    "环卫": ("校园环境卫生", (
        ("道路、广场清扫", "平方米", (48_200, 31_600, 52_400, 22_800, 31_500)), ("绿地保洁", "平方米", (21_700, 14_300, 30_600, 9_400, 16_300)),
        ("室外公共卫生间", "座", (8, 6, 9, 4, 7)), ("垃圾收集点", "处", (19, 13, 24, 8, 15)), ("垃圾中转站", "座", (1, 1, 1, 1, 1)),
    ), {"wages": 1_231_200, "insurance": 369_400, "materials": 212_000, "equipment": 138_000, "management": 42_000}),
    "公寓保洁": ("学生公寓保洁", (("公寓楼", "栋", (7, 6, 10, 3, 5)), ("公共卫生间", "间", (168, 144, 240, 72, 120))),
             {"wages": 1_104_000, "insurance": 331_200, "materials": 142_100, "management": 35_000}),
    "物业": ("物业综合服务", (("教学、办公楼", "栋", (9, 6, 12, 4, 7)), ("值守岗位", "个", (8, 6, 10, 4, 6))),
           {"wages": 1_020_000, "insurance": 306_000, "materials": 92_800, "energy": 80_000}),
    "绿化": ("绿化养护", (("绿地养护", "平方米", (96_000, 64_000, 138_000, 42_000, 72_000)), ("乔木", "株", (1_850, 1_120, 2_600, 760, 1_340))),
           {"wages": 1_140_000, "insurance": 342_000, "materials": 153_200, "equipment": 70_000}),
    "水泵维护": ("水泵维护", (("泵房", "座", (6, 4, 7, 2, 4)), ("水泵", "台", (18, 12, 22, 6, 12))),
             {"wages": 960_000, "insurance": 288_000, "materials": 138_400}),
}  # fmt: skip

YEAR = 2026
EVIDENCE = (  # kind, title, from, to, audience, partner, counts
    ("survey", "学生生活服务问卷", (10, 12), (10, 19), "各院系学生", "", {"sent": 150, "returned": 150, "valid": 150}),
    ("forum", "学生和新生代表座谈会", (10, 15), None, "学生和新生代表", "学生工作处", {"participants": 26}),
    ("forum", "青年教师座谈会", (10, 17), None, "青年教师，上午、下午各一场", "", {"participants": 19}),
    ("interview", "学生个别访谈", (10, 14), (10, 16), "两个年级 12 名学生，在公寓和食堂", "", {"participants": 12}),
    ("interview", "教师个别访谈", (10, 8), (10, 9), "教师 8 人", "", {"participants": 8}),
    ("call", "家长访谈", (10, 16), None, "家长，电话 3 人、当面 1 人", "", {"participants": 4}),
    ("petition", "省教育厅渠道信访", (10, 1), (10, 31), "", "", {"received": 5, "settled": 5}),
)
FINDINGS = (  # evidence (index), area, text, service (category) or none, measures: text, owner, due, state, result
    (0, "住宿", "公寓床位紧张，电容量不足，装不了空调", "公寓保洁", (
        ("南校区新建 6 栋公寓，增加 4000 个床位", "基建处", (2027, 8, 31), "", ""),
        ("申请东校区电力增容，明年秋季学期前能装空调", "周雨桐", (2027, 6, 30), "", ""),
        ("全部床位护栏检查、加高、加长、加固", "王师盛", (2026, 10, 31), "done", "五个校区已全部加固。"),
    )),
    (1, "住宿", "宿舍大功率电器有隐患，免费电量偏少", "公寓保洁", (
        ("会同保卫处、学生工作处对五个校区宿舍联合检查大功率电器", "王师盛", (2026, 10, 31), "done", "已检查，收缴违规电器一批。"),
        ("每间每月免费用电由 5 度提高到 8 度", "周雨桐", (2026, 10, 31), "done", "10 月起执行。"),
    )),
    (3, "餐饮", "食堂价格偏高，教职工就餐不便", None, (
        ("原料价格和档口管理费下调 3%", "伙食科", (2026, 11, 30), "", ""),
        ("南校区二楼明年秋季设教工窗口", "伙食科", (2027, 8, 31), "", ""),
        ("制定食品安全事件应急预案", "伙食科", (2026, 11, 10), "", ""),
    )),
    (2, "维修", "报修响应慢，没有回音", None, (
        ("制定维修管理办法", "周雨桐", (2026, 12, 20), "", ""),
        ("在学校公众号开设报修栏目", "信息中心", (2026, 12, 31), "", ""),
        ("能修的马上修，不能马上修的说明原因", "维修科", (2026, 11, 1), "done", "已写入维修承诺。"),
    )),
    (0, "后勤社会化", "道路和收集点保洁不到位，南校区 3 号收集点没有雨棚", "环卫", (
        ("南校区 3 号收集点加盖雨棚", "王师盛", (2026, 11, 22), "", ""),
        ("分步推进后勤社会化，先做环卫和绿化", "周雨桐", (2026, 12, 31), "", ""),
    )),
    (2, "后勤社会化", "绿化养护人手老化，专业力量不足", "绿化", (("外聘员工分类摸底，咨询劳动仲裁专业人士", "何静怡", (2026, 11, 30), "", ""),)),
)  # fmt: skip

CONTRACTOR = {
    "name": "楚天惠民物业服务有限公司（演示）",
    "uscc": "91420902MA49C3XJ6H",
    "legal_representative": "吴启明",
    "address": "孝感市孝南区长征路 18 号",
}
CONTRACT = {
    "number": "CYHQ-2025-07", "title": "师范学院楼宇保洁服务合同", "first_day": date(2025, 3, 1), "last_day": date(2027, 2, 28),
    "yearly_amount": Decimal("486000.00"),
}  # fmt: skip

TEXTS = {
    "necessity": "现有人员年龄偏大、设备陈旧，冬季除雪、夏季防汛时人手不够。同类院校已普遍实行社会化，市场上有成熟的专业公司。",
    "standard": "道路每日普扫两次、巡回保洁，收集点日产日清，公共卫生间每两小时保洁一次。\n按月考核，满分 100 分，90 分以上全额付款，每低 1 分扣当月费用的 1%，连续两个月低于 80 分可以解除合同。",
    "other": "附属学院同步实施，由后勤保障处统一监管。",
}
