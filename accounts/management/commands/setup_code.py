"""Say how the first admin gets in."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts import setup


class Command(BaseCommand):
    help = "Print the setup code while nobody can sign in yet; nothing afterwards."

    def handle(self, **_: Any) -> None:
        if setup.is_needed():
            self.stdout.write(f"还没有用户。打开登录页，用安装码 {setup.setup_code()} 建立第一位系统管理员。")
