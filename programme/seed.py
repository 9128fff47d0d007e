"""The five kinds of service that most colleges begin with, put in once; a college adds its own beside them."""

from typing import Any

from programme.models import Category

NAMES = ("环卫", "公寓保洁", "物业", "绿化", "水泵维护")


def seed(**signal: Any) -> None:
    """Fill an empty table only: a college that renamed or dropped a category keeps it so."""
    if not Category.objects.exists():
        Category.objects.bulk_create(Category(name=name, order=order) for order, name in enumerate(NAMES))
