"""The ledgers of an enterprise's file: one model each."""

from enterprises.models.ledgers.base import LedgerRow, ValidRow
from enterprises.models.ledgers.emergency import Drill, EmergencyMaterial, EmergencyPlan, RescueTeam
from enterprises.models.ledgers.equipment import (
    HealthExamination,
    OccupationalFactor,
    ProtectiveEquipment,
    SafetyFacility,
    SpecialEquipment,
)
from enterprises.models.ledgers.papers import Insurance, Licence, Standardisation
from enterprises.models.ledgers.production import (
    AmmoniaSystem,
    CastingWell,
    Chemical,
    ConfinedSpace,
    DustSite,
    ProductionFacility,
    ProductionProcess,
)
from enterprises.models.ledgers.safety import (
    Contractor,
    PastAccident,
    PastPenalty,
    SafetyInstitution,
    SafetyInvestment,
    SafetyPerson,
    SafetyProject,
    SafetyRule,
)
from enterprises.models.ledgers.work_permits import WorkPermit

__all__ = [
    "AmmoniaSystem",
    "CastingWell",
    "Chemical",
    "ConfinedSpace",
    "Contractor",
    "Drill",
    "DustSite",
    "EmergencyMaterial",
    "EmergencyPlan",
    "HealthExamination",
    "Insurance",
    "LedgerRow",
    "Licence",
    "OccupationalFactor",
    "PastAccident",
    "PastPenalty",
    "ProductionFacility",
    "ProductionProcess",
    "ProtectiveEquipment",
    "RescueTeam",
    "SafetyFacility",
    "SafetyInstitution",
    "SafetyInvestment",
    "SafetyPerson",
    "SafetyProject",
    "SafetyRule",
    "SpecialEquipment",
    "Standardisation",
    "ValidRow",
    "WorkPermit",
]
