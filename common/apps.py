from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "公共"
    triggers = {  # 0004, as SQLite and PostgreSQL have it (common.triggers): `verify_history` asks for them
        "common_storedfile_frozen": ("cb96ba473991a8b6", "7941dfdbb9dc4842"),
        "common_storedfile_kept": ("09870727b21712d0", "f4ed2748baaa41e7"),
    }

    def ready(self) -> None:
        from common import casefiles, rmbcases

        casefiles.add(casefiles.Kind("rmb", "大写金额和公文数字", rmbcases.run))
