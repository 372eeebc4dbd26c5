"""The columns of the enterprise list: screen and export say the same."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.masking import mask_phone
from enterprises.terms import BEGINS, ENDS, end_in_words
from listings.columns import Column, display, linked

TERM = (BEGINS, ENDS)
COLUMNS = (
    Column(
        "name",
        _("Enterprise name"),
        "name",
        html=linked("enterprises:detail"),
        css="sw-what",
    ),
    Column("uscc", _("Code"), "uscc", css="sw-id"),
    Column("category", _("Industry"), display("regulatory_category"), css="sw-nowrap"),
    Column("sub_category", _("Sub-category"), "sub_category", css="sw-nowrap sw-desk"),
    Column("status", _("Status"), display("operating_status"), css="sw-nowrap"),
    Column("town", _("Town"), lambda row: row.town_name, css="sw-nowrap", needs=("town_code",)),
    Column("employees", _("Employees"), "employees", css="sw-num"),
    Column("contact", _("Contact"), "contact_name", css="sw-nowrap sw-desk"),
    Column(
        "phone",
        _("Mobile"),
        lambda row: mask_phone(row.contact_phone),
        css="sw-nowrap sw-desk",
        needs=("contact_phone",),
    ),
    Column("updated", _("Changed"), "updated_at", sort="updated_at", css="sw-nowrap sw-desk"),
    Column("address", _("Address"), "production_address", default=False),
    Column("principal", _("Principal"), "principal_name", default=False),
    Column("industry", _("Industry code"), "industry_code", default=False),
    Column("size", _("Size"), display("size"), default=False),
    Column("established", _("Established on"), "established_on", default=False),
    Column(
        "term", _("Business term ends"), lambda row: end_in_words(row, localdate()), default=False, needs=TERM
    ),
    Column("safety_director", _("Safety director"), "safety_director", default=False),
    Column("safety_deputy", _("Deputy in charge of safety"), "safety_deputy", default=False),
    Column("shift", _("Most people on one shift"), "shift_people", css="sw-num", default=False),
    Column("hospital", _("Nearest hospital"), "nearest_hospital", default=False),
    Column("emergency_contact", _("Emergency contact"), "emergency_contact_name", default=False),
)
