"""The statutory retirement age from 2025 on."""

from datetime import date

from law.articles import article

LAW, SINCE = "渐进式延迟法定退休年龄办法", date(2025, 1, 1)

RETIRE_1 = article(
    "RETIRE_1",
    LAW,
    "第一条",
    "1",
    "从2025年1月1日起，男职工和原法定退休年龄为55周岁的女职工，法定退休年龄每四个月延迟一个月，分别逐步延迟至63周岁和58周岁；"
    "原法定退休年龄为50周岁的女职工，每二个月延迟一个月，逐步延迟至55周岁。",
    SINCE,
)
RETIRE_2 = article(
    "RETIRE_2",
    LAW,
    "第二条",
    "2",
    "从2030年1月1日起，将职工按月领取基本养老金最低缴费年限由十五年逐步提高至二十年，每年提高六个月。",
    SINCE,
)
RETIRE_3 = article(
    "RETIRE_3",
    LAW,
    "第三条",
    "3",
    "职工达到最低缴费年限，可以自愿选择弹性提前退休，提前时间最长不超过三年，且不得低于原法定退休年龄；达到法定退休年龄，单位与职工"
    "协商一致的，可以弹性延迟退休，最长不超过三年。",
    SINCE,
)
