"""What a demo file says besides: term, deputies, shifts, whom to call. All made up; the dice are their own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from accounts.demo import Stage
from enterprises.models import Enterprise

HOSPITALS = {
    "370502": "东营区人民医院",
    "370503": "河口区人民医院",
    "370505": "垦利区人民医院",
    "370522": "利津县中心医院",
    "370523": "广饶县人民医院",
    "370571": "东营市人民医院",
    "370572": "东营港医院",
}
SHIFTS = {"白班": 1, "两班两运转": 2, "三班两运转": 3, "四班三运转": 4}
# Half of the terms are long-term ones.
TERMS = (None, None, 30, 50)
DEPUTIES_FROM, DIRECTORS_FROM = 100, 300
# How the trades that make something make it; shops and services have no process.
PROCESSES = {
    "石油装备": "下料→焊接→机加工→热处理→装配→喷漆→试压",
    "机械制造": "下料→机加工→焊接→打磨→喷漆→装配",
    "木业": "旋切→干燥→涂胶→热压→砂光→裁边",
    "轮胎": "密炼→压延→裁断→成型→硫化→检测",
    "纸业": "碎浆→筛选→抄造→压榨→烘干→卷取",
    "食品": "解冻→修整→腌制→蒸煮→速冻→包装",
    "冷链": "清洗→分级→速冻→包装→冷藏",
    "面粉": "清理→润麦→研磨→筛理→配粉→包装",
    "新型建材": "配料→搅拌→成型→养护→检验",
    "石膏板业": "煅烧→搅拌→成型→凝固→干燥→切割",
    "铝业": "熔炼→精炼→铸造→热轧→冷轧→精整",
    "铜业": "熔化→连铸连轧→拉丝→电解→分切",
    "特钢": "加热→轧制→冷却→精整→检验",
    "纺织": "清花→梳棉→并条→粗纱→细纱→络筒→织造",
    "精细化工": "投料→反应→中和→分离→干燥→包装",
    "石化": "脱盐脱水→常减压蒸馏→催化裂化→加氢精制→调和",
    "化工": "原料精制→脱氢反应→压缩→精馏→储存",
    "新材料": "配料→聚合→脱挥→造粒→包装",
    "医药科技": "投料→氯化→缩合→结晶→离心→干燥",
}
CROWDED_LINES = frozenset({"食品", "纺织"})
LABOUR_FROM = 30


class Further:
    """Fills in what else a file says; nothing that is drawn here changes what others draw."""

    def __init__(self, stage: Stage) -> None:
        self.names = replace(stage, random=Random("further"))  # noqa: S311 - nothing secret
        self.random = self.names.random

    def fill(self, enterprise: Enterprise, word: str) -> Enterprise:
        """Write the further facts of an unsaved enterprise of a trade; `word` is what its name says of the trade."""
        facts = {
            **self.term(enterprise.established_on),
            **self.deputies(enterprise.employees),
            **self.emergency(enterprise),
            **shifts(enterprise),
            "process_description": PROCESSES.get(word, ""),
        }
        for name, value in facts.items():
            setattr(enterprise, name, value)
        enterprise.risk_tags = [*enterprise.risk_tags, *further_risks(enterprise, word)]
        return enterprise

    def term(self, begins: date) -> dict[str, Any]:
        """A term from the day on which the enterprise was established."""
        years = self.random.choice(TERMS)
        ends = begins.replace(year=begins.year + years) if years else None
        return {"business_term_from": begins, "business_term_to": ends}

    def deputies(self, employees: int) -> dict[str, Any]:
        """The people above the head of safety, where the enterprise is large enough to have them."""
        posts = (("safety_deputy", DEPUTIES_FROM), ("safety_director", DIRECTORS_FROM))
        found = {post: self.names.name() for post, least in posts if employees >= least}
        return {**found, **{f"{post}_phone": self.number() for post in found}}

    def emergency(self, enterprise: Enterprise) -> dict[str, Any]:
        """Whom to call, and where the injured are taken."""
        return {
            "emergency_contact_name": enterprise.safety_head,
            "emergency_contact_phone": enterprise.contact_phone,
            "nearest_hospital": HOSPITALS[enterprise.region_id[:6]],
            "hospital_distance": Decimal(f"{self.random.uniform(0.8, 18):.1f}"),
            "hospital_tel": "120",
        }

    def number(self) -> str:
        """A mobile number that nobody has."""
        return f"1390546{self.random.randint(0, 9999):04d}"


def shifts(enterprise: Enterprise) -> dict[str, int]:
    """The most people on one shift, by how the shifts follow each other."""
    return {"shift_people": -(-enterprise.employees // SHIFTS[enterprise.shift_system])}


def further_risks(enterprise: Enterprise, word: str) -> list[str]:
    """Special risks that go along with one that is there already, so that no enterprise becomes more dangerous by them."""
    if word == "铝业" and enterprise.risk_tags:
        return ["deep_well_casting"]
    is_crowded = word in CROWDED_LINES and enterprise.shift_people >= LABOUR_FROM
    return ["labour_intensive"] if is_crowded and enterprise.risk_tags else []
