"""Sample facts of every kind of document. A kind without a sample fails the matrix."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hazards.paperwork import Problem, RectificationNoticeFacts
from paperwork.blocks import Stamp
from tests.matrix.samples import SAMPLES as PLAIN

STAMP = Stamp(
    "（广）应急隐改〔2026〕37号",
    "7K2M-Q4RD",
    "https://safe.example.cn/v/7K2M-Q4RD/",
    datetime(2026, 10, 14, 15, 20, tzinfo=ZoneInfo("Asia/Shanghai")),
)

SAMPLES: dict[str, Any] = {
    **PLAIN,
    "hazards.rectification_notice": RectificationNoticeFacts(
        agency="广饶县应急管理局",
        party="广饶砚池木业有限公司",
        uscc="91370523MA3C8L2Q7X",
        problems=(
            Problem(
                "砂光车间2#木粉尘干式除尘系统未采取泄爆、惰化、抑爆等任一种防控措施",
                "砂光车间",
                "《工贸企业重大事故隐患判定标准》第十一条第（三）项",
                "2026年11月20日",
                is_major=True,
            ),
            Problem(
                "火花探测装置被关闭",
                "砂光机",
                "《中华人民共和国安全生产法》第三十六条第三款",
                "2026年10月28日",
                is_major=False,
            ),
            Problem(
                "未按班清扫积尘，现场积尘厚度约3毫米，无清扫记录",
                "砂光车间",
                "《中华人民共和国安全生产法》第四十一条第二款",
                "2026年10月21日",
                is_major=False,
            ),
            Problem(
                "新上岗人员4人未经安全生产教育和培训合格即上岗作业",
                "包装车间",
                "《中华人民共和国安全生产法》第二十八条第一款",
                "2026年10月21日",
                is_major=False,
            ),
        ),
        officers=("周明远", "马会芳"),
        date="2026年10月14日",
        remedies=(
            "如果不服本通知，可以自收到本通知书之日起六十日内依法申请行政复议，或者在六个月内依法向人民法院提起行政诉讼；"
            "复议、诉讼期间，事故隐患应当继续整改。"
        ),
    ),
}
