"""Facts of each kind of document, as plain as they come; a kind without an entry fails."""

from enterprises.sources.copies.paperwork import FiledSource, SourceCopyFacts
from hazards.paperwork import Problem, RectificationNoticeFacts
from tests.matrix.of_supervision import NOTICE
from tests.matrix.of_visits import RECORD

SAMPLES = {
    "enterprises.source_copy": SourceCopyFacts(
        agency="广饶县应急管理局",
        receiver="东营市应急管理局",
        first="2026年1月1日",
        last="2026年3月31日",
        grades="一级、二级",
        sources=(
            FiledSource(
                enterprise="广饶棠川石化有限公司<&>",
                uscc="91370523MA00000011",
                address="大王镇化工园区1号",
                unit="液氯罐区🔥",
                grade="二级",
                r="96.00",
                substances="氯60吨",
                number="BA370523〔2026〕001",
                filed="2026年3月20日",
                assessed="东营海岸安评，2026年3月5日",
                persons="主要负责人高砚平 13605460001",
                materials=11,
            ),
        ),
        date="2026年4月2日",
    ),
    "inspections.record": RECORD,
    "inspections.government_order": NOTICE,
    "hazards.rectification_notice": RectificationNoticeFacts(
        agency="广饶县应急管理局",
        party="广饶砚池木业有限公司",
        uscc="91370523MA00000011",
        problems=(
            Problem("灰斗法兰处积尘", "砂光车间", "《安全生产法》第四十一条第二款", "2026年3月20日", False),
            Problem(
                "除尘系统未设泄爆装置<&>🔥", "砂光车间", "判定标准第十一条第（三）项", "2026年4月20日", True
            ),
        ),
        officers=("孙晓燕",),
        date="2026年3月10日",
        remedies="如对本通知书不服，可以申请行政复议。",
    ),
}
