"""The ledgers of an enterprise's file: one model each."""

from enterprises.models.ledgers.base import LedgerRow, ValidRow
from enterprises.models.ledgers.emergency import Drill, EmergencyMaterial, EmergencyPlan, RescueTeam
from enterprises.models.ledgers.equipment import (
    HealthExamination,
    OccupationalFactor,
    SafetyFacility,
    SpecialEquipment,
)
from enterprises.models.ledgers.papers import Insurance, Licence, Standardisation
from enterprises.models.ledgers.production import (
    AmmoniaSystem,
    Chemical,
    ConfinedSpace,
    DustSite,
    ProductionFacility,
    ProductionProcess,
)
from enterprises.models.ledgers.safety import (
    Contractor,
    PastAccident,
    SafetyInstitution,
    SafetyInvestment,
    SafetyPerson,
    SafetyProject,
    SafetyRule,
)

__all__ = [
    "AmmoniaSystem",
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
    "ProductionFacility",
    "ProductionProcess",
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
]
