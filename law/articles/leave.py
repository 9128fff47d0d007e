"""Paid annual leave (带薪年休假)."""

from datetime import date

from law.articles import article

RULES, RULES_SINCE = "企业职工带薪年休假实施办法", date(2008, 9, 18)

LEAVE_3 = article(
    "LEAVE_3",
    "职工带薪年休假条例",
    "第三条",
    "3",
    "职工累计工作已满1年不满10年的，年休假5天；已满10年不满20年的，年休假10天；已满20年的，年休假15天。",
    date(2008, 1, 1),
)
LEAVE_RULES_10 = article(
    "LEAVE_RULES_10",
    RULES,
    "第十条",
    "10",
    "应休未休的年休假天数，按照职工日工资收入的300%支付，其中包含用人单位支付职工正常工作期间的工资收入。",
    RULES_SINCE,
)
LEAVE_RULES_11 = article(
    "LEAVE_RULES_11",
    RULES,
    "第十一条",
    "11",
    "日工资收入按照职工本人的月工资除以月计薪天数（21.75天）折算；月工资是指支付未休年休假工资报酬前12个月剔除加班工资后的月平均"
    "工资。",
    RULES_SINCE,
)
LEAVE_RULES_12 = article(
    "LEAVE_RULES_12",
    RULES,
    "第十二条",
    "12",
    "解除或者终止劳动合同时，当年应休未休天数＝（当年度在本单位已过日历天数÷365天）×全年应当享受的年休假天数－当年度已安排年休假"
    "天数；折算后不足1整天的部分不支付。",
    RULES_SINCE,
)
LEAVE_5_2 = article(
    "LEAVE_5_2", "职工带薪年休假条例", "第五条第二款", "5 第二款",
    "年休假在1个年度内可以集中安排，也可以分段安排，一般不跨年度安排。单位因生产、工作特点确有必要跨年度安排职工年休假的，可以跨1个年度安排。",
    date(2008, 1, 1),
)  # fmt: skip
