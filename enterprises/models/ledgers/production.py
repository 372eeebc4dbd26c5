"""Ledgers of production: facilities, processes, chemicals, and places of special risk (handbook §3.1 B and E)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from enterprises.codes import check_cas
from enterprises.models.ledgers.base import LedgerRow, amount, chosen, day, never, number, once, words


class KeyProcess(models.TextChoices):
    """The processes under key supervision (安监总管三〔2009〕116号 and 〔2013〕3号)."""

    PHOSGENE = "phosgene", _("Phosgene and phosgenation")
    CHLOR_ALKALI = "chlor_alkali", _("Chlor-alkali electrolysis")
    CHLORINATION = "chlorination", _("Chlorination")
    NITRATION = "nitration", _("Nitration")
    AMMONIA_SYNTHESIS = "ammonia_synthesis", _("Ammonia synthesis")
    CRACKING = "cracking", _("Cracking")
    FLUORINATION = "fluorination", _("Fluorination")
    HYDROGENATION = "hydrogenation", _("Hydrogenation")
    DIAZOTISATION = "diazotisation", _("Diazotisation")
    OXIDATION = "oxidation", _("Oxidation")
    PEROXIDATION = "peroxidation", _("Peroxidation")
    AMINATION = "amination", _("Amination")
    SULFONATION = "sulfonation", _("Sulfonation")
    POLYMERISATION = "polymerisation", _("Polymerisation")
    ALKYLATION = "alkylation", _("Alkylation")
    COAL_CHEMISTRY = "coal_chemistry", _("New coal chemistry")
    CALCIUM_CARBIDE = "calcium_carbide", _("Calcium carbide production")
    AZOTISATION = "azotisation", _("Azo coupling")


class ChemicalRole(models.TextChoices):
    """What a chemical is in the process."""

    RAW = "raw", _("raw material")
    INTERMEDIATE = "intermediate", _("intermediate")
    PRODUCT = "product", _("product")
    AUXILIARY = "auxiliary", _("auxiliary material")


class SpaceKind(models.TextChoices):
    """Kinds of confined spaces."""

    CLOSED = "closed", _("closed equipment")
    UNDERGROUND = "underground", _("underground")
    ABOVE = "above", _("above ground")


class DustState(models.TextChoices):
    """How dust is collected."""

    DRY = "dry", _("dry collection")
    WET = "wet", _("wet collection")


@tracked
class ProductionFacility(LedgerRow):
    """A plant, line, furnace, tank farm or store (生产设施)."""

    CODE = "facilities"

    name = words(_("name of the facility"), needed=True)
    place = words(_("place in the works"))
    quantity = number(_("quantity"))
    capacity = words(_("capacity"), 60)
    commissioned_on = day(_("in use since"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("production facility")
        verbose_name_plural = _("Production facilities")
        constraints = [once("facility", "name", "place")]

    def __str__(self) -> str:
        return self.name


@tracked
class ProductionProcess(LedgerRow):
    """A production process, and whether it is under key supervision (重点监管危险化工工艺)."""

    CODE = "processes"

    name = words(_("name of the process"), needed=True)
    is_key = models.BooleanField(_("under key supervision"), default=False)
    key_kind = chosen(_("kind of key process"), KeyProcess, blank=True)
    product = words(_("product made"))
    reactors = number(_("reactors"))
    temperature = words(_("temperature (°C)"), 40)
    pressure = words(_("pressure (MPa)"), 40)
    is_automated = models.BooleanField(_("controlled automatically"), default=False)

    class Meta(LedgerRow.Meta):
        verbose_name = _("production process")
        verbose_name_plural = _("Production processes")
        constraints = [
            once("process", "name"),
            never(
                "process_key_without_kind",
                Q(is_key=True, key_kind="") | Q(is_key=False) & ~Q(key_kind=""),
                "key_kind",
                _("Say which of the 18 key processes it is, or that it is none."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Chemical(LedgerRow):
    """A hazardous chemical on the premises (危险化学品)."""

    CODE = "chemicals"

    name = words(_("name of the chemical"), needed=True)
    cas = words(_("CAS number"), 12, validators=[check_cas])
    role = chosen(_("used as"), ChemicalRole, default=ChemicalRole.RAW)
    is_key = models.BooleanField(_("under key supervision"), default=False)
    max_storage = amount(_("largest store (t)"), 3)
    annual = amount(_("used or made in a year (t)"), 3)
    place = words(_("place in the works"))
    packaging = words(_("packaging"), 60)
    is_toxic = models.BooleanField(_("highly toxic"), default=False)
    is_explosive_precursor = models.BooleanField(_("explosives precursor"), default=False)
    is_drug_precursor = models.BooleanField(_("drug precursor"), default=False)

    class Meta(LedgerRow.Meta):
        verbose_name = _("hazardous chemical")
        verbose_name_plural = _("Hazardous chemicals held")
        constraints = [once("chemical", "name", "role", "place")]

    def __str__(self) -> str:
        return self.name


@tracked
class ConfinedSpace(LedgerRow):
    """A confined space (有限空间)."""

    CODE = "confined_spaces"

    name = words(_("name of the space"), needed=True)
    place = words(_("place in the works"))
    kind = chosen(_("kind"), SpaceKind, default=SpaceKind.CLOSED)
    quantity = number(_("quantity"))
    dangers = words(_("what may be in it"), 120)
    guardian = words(_("person who watches"), 40)
    has_sign = models.BooleanField(_("warning sign in place"), default=False)

    class Meta(LedgerRow.Meta):
        verbose_name = _("confined space")
        verbose_name_plural = _("Confined spaces")
        constraints = [once("confined_space", "name", "place")]

    def __str__(self) -> str:
        return self.name


@tracked
class DustSite(LedgerRow):
    """A place with combustible dust (粉尘涉爆场所)."""

    CODE = "dust_sites"

    dust = words(_("kind of dust"), 60, needed=True)
    place = words(_("place in the works"), needed=True)
    people = number(_("people on site"))
    state = chosen(_("dust collection"), DustState, default=DustState.DRY)
    collectors = number(_("collectors"))
    has_venting = models.BooleanField(_("explosion venting"), default=False)
    cleaning = words(_("cleaning"), 60)

    class Meta(LedgerRow.Meta):
        verbose_name = _("place with combustible dust")
        verbose_name_plural = _("Places with combustible dust")
        constraints = [once("dust_site", "dust", "place")]

    def __str__(self) -> str:
        return f"{self.place} {self.dust}".strip()


@tracked
class CastingWell(LedgerRow):
    """A well in which metal is cast, with the furnace that feeds it (深井铸造)."""

    CODE = "casting_wells"

    name = words(_("name of the casting line"), needed=True)
    place = words(_("place in the works"))
    metal = words(_("metal cast"), 60)
    furnace = amount(_("furnace capacity (t)"), 3)
    depth = amount(_("depth of the well (m)"))
    people = number(_("people on site"))
    has_interlock = models.BooleanField(_("cooling water monitored and interlocked"), default=False)
    has_emergency_water = models.BooleanField(_("emergency water source"), default=False)
    commissioned_on = day(_("in use since"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("deep-well casting line")
        verbose_name_plural = _("Deep-well casting lines")
        constraints = [once("casting_well", "name", "place")]

    def __str__(self) -> str:
        return self.name


@tracked
class AmmoniaSystem(LedgerRow):
    """A refrigeration system with ammonia (涉氨制冷)."""

    CODE = "ammonia_systems"

    name = words(_("name of the system"), needed=True)
    place = words(_("place in the works"))
    charge = amount(_("ammonia (t)"), 3)
    people = number(_("people in the cold rooms"))
    has_alarm = models.BooleanField(_("gas alarm"), default=False)
    has_direct_use = models.BooleanField(_("evaporates in a manned room"), default=False)
    commissioned_on = day(_("in use since"))

    class Meta(LedgerRow.Meta):
        verbose_name = _("ammonia refrigeration system")
        verbose_name_plural = _("Ammonia refrigeration systems")
        constraints = [once("ammonia_system", "name", "place")]

    def __str__(self) -> str:
        return self.name
