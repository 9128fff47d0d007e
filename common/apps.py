from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "公共"

    def ready(self) -> None:
        from common import casefiles, rmbcases

        casefiles.add(casefiles.Kind("rmb", "大写金额和公文数字", rmbcases.run))
