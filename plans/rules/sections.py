"""The sections of a plan (外包方案), in their order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    key: str
    label: str
    hint: str
    is_required: bool = True


SECTIONS = (
    Section("background", "背景和依据", "为什么现在做：调研发现了什么，上级和学校有什么要求。"),
    Section("necessity", "必要性和可行性", "自己做有什么难处，市场上有没有做得好的。"),
    Section("scope", "服务范围和内容", "数量取自服务项目；这里写范围之外要说明的。"),
    Section("standard", "服务标准和考核", "做到什么程度、多久一次、怎样考核、扣多少。"),
    Section("comparison", "成本比较", "表格自动生成；这里写结论和没有算进去的。"),
    Section("method", "采购方式和合同期限", "方式由规则按金额建议；这里写组织和要求。"),
    Section("staff", "人员安置", "人数和金额取自花名册；这里写办法、步骤和保障。"),
    Section("risk", "风险和稳定评估", "可能出什么事、谁管、怎么办、结论。"),
    Section("schedule", "组织和进度", "谁牵头，哪一天前做完哪一步。"),
    Section("other", "其他事项", "需要领导知道的其他事。", is_required=False),
)
BY_KEY = {section.key: section for section in SECTIONS}
