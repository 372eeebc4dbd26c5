"""The fixed words of an enterprise record (handbook §3.4–3.5)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegulatoryCategory(TextChoices):
    """Regulator category: which section of the bureau watches over the enterprise."""

    INDUSTRY_TRADE = "industry_trade", _("Industry and trade")
    HAZCHEM = "hazchem", _("Hazardous chemicals")
    FIREWORKS = "fireworks", _("Fireworks")
    NON_COAL_MINE = "non_coal_mine", _("Non-coal mines")
    CONSTRUCTION_OTHER = "construction_other", _("Construction and other industries")


SUB_CATEGORIES: dict[str, tuple[str, ...]] = {
    "industry_trade": ("冶金", "有色", "建材", "机械", "轻工", "纺织", "烟草", "商贸"),
    "hazchem": ("生产", "经营", "加油站", "使用", "储存", "一般化工", "医药"),
    "fireworks": ("批发", "零售", "生产"),
    "non_coal_mine": ("地下", "露天", "尾矿库", "石油天然气", "地质勘探", "采掘施工"),
    "construction_other": ("建筑施工", "交通运输", "燃气", "特种设备", "人员密集", "教育", "养老"),
}


class OperatingStatus(TextChoices):
    """Whether the enterprise works now; some answers stop its self-checks."""

    NORMAL = "normal", _("Operating normally")
    TRIAL = "trial", _("Trial production")
    CONSTRUCTION = "construction", _("Under construction")
    SUSPENDED_SELF = "suspended_self", _("Stopped by itself")
    SUSPENDED_ORDERED = "suspended_ordered", _("Ordered to stop")
    SEASONAL = "seasonal", _("Seasonal stop")
    RELOCATED = "relocated", _("Moved away")
    CLOSED = "closed", pgettext_lazy("operating status", "Closed")
    DEREGISTERED = "deregistered", _("Deregistered")
    REVOKED = "revoked", _("Licence revoked")
    LOST = "lost", _("Not to be found")


# Read-only from here on: the enterprise no longer exists as a subject of supervision.
ENDED = frozenset({"relocated", "closed", "deregistered", "revoked"})
# Nobody can be asked there any more.
OUT_OF_SIGHT = ENDED | {"lost"}
# No work goes on, by its own decision, by order, or until the season begins.
STOPPED = frozenset({"suspended_self", "suspended_ordered", "seasonal"})
# With one of these a file may be opened by hand; every other status is reached by its own step.
OPENING = ("normal", "trial", "construction")


class EnterpriseSize(TextChoices):
    """Size by 国统字〔2017〕213号."""

    LARGE = "large", _("Large")
    MEDIUM = "medium", _("Medium")
    SMALL = "small", _("Small")
    MICRO = "micro", _("Micro")


class EnterpriseType(TextChoices):
    """Registered type, in the short form that forms use."""

    LIMITED = "limited", _("Limited liability company")
    JOINT_STOCK = "joint_stock", _("Joint-stock company")
    SOLE = "sole", _("Sole proprietorship")
    PARTNERSHIP = "partnership", _("Partnership")
    INDIVIDUAL = "individual", _("Individual business")
    COOPERATIVE = "cooperative", _("Farmers' cooperative")
    STATE = "state", _("State-owned enterprise")
    FOREIGN = "foreign", _("Foreign-invested enterprise")
    OTHER = "other", _("Other")


class SupervisionLevel(TextChoices):
    """The level of government that supervises the enterprise directly."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    TOWN = "town", _("Town")


class RiskTag(TextChoices):
    """Special risks that a regulator looks for first."""

    DUST = "dust", _("Combustible dust")
    AMMONIA = "ammonia", _("Ammonia refrigeration")
    CONFINED_SPACE = "confined_space", _("Confined space")
    MOLTEN_METAL = "molten_metal", _("Molten metal")
    DEEP_WELL_CASTING = "deep_well_casting", _("Deep-well casting")
    GAS = "gas", _("Coal gas")
    CHLORINE = "chlorine", _("Liquid chlorine")
    SPRAYING = "spraying", _("Spray painting")
    LITHIUM = "lithium", _("Lithium batteries")
    LABOUR_INTENSIVE = "labour_intensive", _("Labour-intensive")
    CROWDED = "crowded", _("Crowded place")
    RENTED = "rented", _("Rented premises")


# Sections of GB/T 4754-2017 with their first and last division; the words are the standard's own, in both languages.
SECTIONS: dict[str, tuple[str, str, str]] = {
    "A": ("农、林、牧、渔业", "01", "05"),
    "B": ("采矿业", "06", "12"),
    "C": ("制造业", "13", "43"),
    "D": ("电力、热力、燃气及水生产和供应业", "44", "46"),
    "E": ("建筑业", "47", "50"),
    "F": ("批发和零售业", "51", "52"),
    "G": ("交通运输、仓储和邮政业", "53", "60"),
    "H": ("住宿和餐饮业", "61", "62"),
    "I": ("信息传输、软件和信息技术服务业", "63", "65"),
    "J": ("金融业", "66", "69"),
    "K": ("房地产业", "70", "70"),
    "L": ("租赁和商务服务业", "71", "72"),
    "M": ("科学研究和技术服务业", "73", "75"),
    "N": ("水利、环境和公共设施管理业", "76", "79"),
    "O": ("居民服务、修理和其他服务业", "80", "82"),
    "P": ("教育", "83", "83"),
    "Q": ("卫生和社会工作", "84", "85"),
    "R": ("文化、体育和娱乐业", "86", "90"),
    "S": ("公共管理、社会保障和社会组织", "91", "96"),
    "T": ("国际组织", "97", "97"),
}
