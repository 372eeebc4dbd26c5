"""Every page of the product, and who looks at it on which record: what axe reads.

A new address must be named here, as a page or among what is none; `test_axe.py` fails for one that is not. A page of a
hazard's verb names the scene (`scenes.py`) in which its form is shown.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """A person, or nobody, looks at a page: of the record made by `scene`, if given, with what the address asks."""

    person: str | None = "town"
    scene: str = ""
    query: str = ""
    status: int = 200


TOWN, COUNTY, SAFETY, LEADER = Look("town"), Look("county"), Look("enterprise"), Look("leader")

PAGES: dict[str, tuple[Look, ...]] = {
    # The door. What stands behind a second factor is walked through in test_second_factor.py.
    "account_login": (Look(None), Look(None, query="?as=enterprise")),
    "account_logout": (TOWN,),
    "account_inactive": (Look(None),),
    "account_reauthenticate": (TOWN,),
    "account_change_password": (TOWN,),
    "accounts:me": (TOWN, SAFETY),
    # What everybody has.
    "inbox:home": (TOWN, SAFETY, COUNTY),
    "inbox:messages": (TOWN, SAFETY),
    "inbox:preferences": (TOWN,),
    "inbox:sms_log": (COUNTY,),
    "rulebook:index": (TOWN,),
    "rulebook:numbers": (TOWN,),
    "rulebook:law": (TOWN,),
    "rulebook:article": (TOWN,),
    "rulebook:unconfirmed": (Look("legal"),),
    "listings:search": (Look("town", query="?q=砚池"), Look("town", query="?q=zzzz")),
    "listings:job": (TOWN,),
    "listings:import_job": (COUNTY,),
    # Documents.
    "paperwork:document": (TOWN, SAFETY),
    "paperwork:withdraw": (TOWN,),
    "paperwork:record_service": (TOWN,),
    "help": (Look(None), TOWN),
    "verify_code": (Look(None),),
    "verify_document": (Look(None),),
    # Enterprises.
    "enterprises:list": (TOWN, Look("town", query="?panel=conditions")),
    "enterprises:create": (COUNTY,),
    "enterprises:import": (COUNTY,),
    "enterprises:detail": (TOWN, SAFETY),
    "enterprises:edit": (TOWN,),
    # Hazards.
    "hazards:list": (
        COUNTY,
        Look("county", query="?state=reported&grade=general&panel=conditions"),
        Look("county", query="?q=zzzz"),
    ),
    "hazards:report": (TOWN, SAFETY),
    "hazards:detail": (
        Look("town", "asking_for_time"),
        Look("leader", "site_review"),
        Look("county", "released"),
        Look("enterprise", "reported"),
    ),
    "hazards:accept_report": (Look("town", "reported"),),
    "hazards:confirm_major": (Look("county", "claimed_major"),),
    "hazards:set_general": (Look("county", "claimed_major"),),
    "hazards:mark_not_hazard": (Look("town", "reported"),),
    "hazards:submit_plan": (Look("enterprise", "plan_due"),),
    "hazards:approve_plan": (Look("leader", "plan_submitted"),),
    "hazards:return_plan": (Look("leader", "plan_submitted"),),
    "hazards:close_by_enterprise": (Look("enterprise", "rectifying"),),
    "hazards:submit_rectification": (Look("enterprise", "rectifying"),),
    "hazards:apply_for_review": (Look("enterprise", "listed"),),
    "hazards:request_extension": (Look("enterprise", "rectifying"),),
    "hazards:grant_extension": (Look("town", "asking_for_time"),),
    "hazards:refuse_extension": (Look("town", "asking_for_time"),),
    "hazards:accept_repair": (Look("town", "verifying"),),
    "hazards:pass_sample": (Look("town", "sampled"),),
    "hazards:return_for_work": (Look("town", "verifying"),),
    "hazards:record_site_review": (Look("county", "site_review"),),
    "hazards:release": (Look("leader", "reviewed"),),
    "hazards:reopen": (Look("town", "closed"),),
    "hazards:list_for_supervision": (Look("leader", "major_rectifying"),),
    "hazards:delist": (Look("county", "released"),),
    "hazards:urge": (Look("town", "rectifying"),),
    # The record of all that was done, and the figures.
    "audit:list": (Look("auditor"),),
    "analytics:overview": (Look("city"), TOWN),
    "analytics:measure": (Look("city"),),
}
# Buttons (a GET is refused), files, and answers to scripts.
NO_PAGES = frozenset(
    {
        "accounts:end_delegation",
        "accounts:end_session",
        "accounts:language",
        "attachments:open",
        "attachments:show",
        "attachments:thumbnail",
        "attachments:waiting",
        "audit:export",
        "enterprises:search",
        "enterprises:similar",
        "hazards:issue_notice",
        "hazards:similar",
        "inbox:read",
        "inbox:read_all",
        "inbox:send_again",
        "listings:apply_import",
        "listings:discard_import",
        "listings:job_file",
        "mfa_download_recovery_codes",
        "mfa_index",
        "paperwork:download",
        "paperwork:try_again",
        "regions:search",
    }
)
# Looked at on the way through the second factor, which no session made for a test has passed.
SECOND_FACTOR = frozenset(
    {
        "mfa_activate_totp",
        "mfa_authenticate",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
    }
)
# Django draws the administration's pages; these are the ones of daily work.
ADMINISTRATION = (
    "/admin/",
    "/admin/inbox/messagetemplate/",
    "/admin/inbox/messagetemplate/{template}/change/",
    "/admin/accounts/user/",
    "/admin/rulebook/parameter/",
)
ERRORS = {
    "/wrong/400/": 400,
    "/wrong/403/": 403,
    "/no-such-page/": 404,
    "/wrong/429/": 429,
    "/wrong/500/": 500,
}
