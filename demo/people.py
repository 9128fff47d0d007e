"""Invented workers for a larger demo and for benchmarks: the same seed gives the same people."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from programme.models import Campus, Service
from staff_transition.models import Category, Worker
from staff_transition.names import pinyin_of
from staff_transition.roster.identity import check_sign

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红玲芬燕彩春菊兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛艳瑞凡佳"
)
KINDS = (
    (Category.CONTRACT, 60), (Category.NO_WRITTEN_CONTRACT, 8), (Category.PART_TIME, 6), (Category.DISPATCH, 10),
    (Category.REHIRED_PENSIONER, 12), (Category.STUDENT, 4),
)  # fmt: skip


PART_TIME = {  # by its facts, not by its name alone
    "hours_per_day": Decimal(3), "days_per_week": Decimal(5), "paid_by_hour": True, "pay_cycle_days": 15,
}  # fmt: skip


def invented(count: int, services: list[Service], campuses: list[Campus], first: int = 1) -> Iterator[Worker]:
    """`count` unsaved workers; numbers of identity cards pass the check sign and are never used twice."""
    random = Random(20261125)  # noqa: S311 (data for a demo)
    kinds, weights = [kind for kind, _ in KINDS], [weight for _, weight in KINDS]
    for number in range(first, first + count):
        yield Worker(
            **_facts(
                random, number, random.choice(services), random.choice(campuses), random.choices(kinds, weights)[0]
            )
        )


def _facts(random: Random, number: int, service: Service, campus: Campus, kind: str) -> dict[str, Any]:
    born = date(1958, 1, 1) + timedelta(days=number * 7919 % 16_000)
    sex = random.choice("MF")
    tail = number // 16_000 * 2 + (sex == "M")  # the 17th sign tells the sex
    first_17 = f"429001{born:%Y%m%d}{tail % 1000:03d}"
    name = random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=random.choice((1, 2))))
    pinyin, sort_key = pinyin_of(name)
    hired = max(date(1999, 1, 1) + timedelta(days=random.randrange(9_900)), born + timedelta(days=18 * 366))
    wage = Decimal(random.randrange(2_000, 4_500))
    return {
        "service": service, "campus": campus, "team": service.category.name, "name": name, "sex": sex, "birth_date": born,
        "id_number": first_17 + check_sign(first_17), "post": random.choice(("清扫工", "保洁员", "养护工", "维修工")), "category": kind,
        "hired_on": hired, "monthly_wage": wage, "average_wage": wage + random.randrange(0, 200), "is_insured": kind == Category.CONTRACT,
        "phone": f"139{number:08d}", "bank_account": f"6217{number:015d}", "pinyin": pinyin, "sort_key": sort_key,
        **(PART_TIME if kind == Category.PART_TIME else {}), "pension_drawn": True if kind == Category.REHIRED_PENSIONER else None,
    }  # fmt: skip
