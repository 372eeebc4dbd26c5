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
    "listings:import_suggestions": (COUNTY,),
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
    "enterprises:import_city": (COUNTY,),
    "enterprises:import_sources": (COUNTY, SAFETY),
    "enterprises:detail": (TOWN, SAFETY),
    "enterprises:edit": (TOWN,),
    # Life: the steps that can be taken on a working enterprise show their form, the others their refusal.
    "enterprises:start_trial": (COUNTY,),
    "enterprises:start_normal": (COUNTY,),
    "enterprises:ask_to_stop": (SAFETY,),
    "enterprises:withdraw_stop": (SAFETY,),
    "enterprises:verify_stop": (TOWN,),
    "enterprises:verify_season": (TOWN,),
    "enterprises:refuse_stop": (TOWN,),
    "enterprises:recheck_stop": (TOWN,),
    "enterprises:resume": (SAFETY,),
    "enterprises:suspend_ordered": (COUNTY,),
    "enterprises:approve_resumption": (LEADER,),
    "enterprises:declare_lost": (TOWN,),
    "enterprises:move_away": (COUNTY,),
    "enterprises:close": (COUNTY,),
    "enterprises:deregister": (COUNTY,),
    "enterprises:revoke": (COUNTY,),
    "enterprises:reinstate": (COUNTY,),
    "enterprises:ask_transfer": (COUNTY,),
    "enterprises:withdraw_transfer": (COUNTY,),
    "enterprises:transfer": (COUNTY,),
    "enterprises:transfers": (COUNTY, Look("county", query="?panel=conditions")),
    "enterprises:accept_transfer": (Look("city"),),
    "enterprises:refuse_transfer": (Look("city"),),
    "enterprises:merge": (COUNTY,),
    "enterprises:hand_over": (SAFETY, TOWN),
    "enterprises:ledger": (TOWN, SAFETY),
    "enterprises:ledger_list": (COUNTY, Look("county", query="?panel=conditions")),
    "enterprises:ledger_import": (COUNTY,),
    "enterprises:ledger_add": (SAFETY,),
    "enterprises:ledger_edit": (TOWN, Look("leader")),
    "enterprises:ledger_remove": (TOWN,),
    "enterprises:map": (COUNTY, Look("town", query="?q=zzzz")),
    "enterprises:plate": (TOWN,),
    "enterprises:registrations": (COUNTY,),
    "enterprises:registration": (TOWN,),
    "enterprises:accept_registration": (TOWN,),
    "enterprises:dismiss_registration": (TOWN,),
    "api_page": (Look(None),),
    # The same page, by the name that the API gives to its root.
    "api:api-root": (Look(None),),
    "enterprises:quality_of": (TOWN, SAFETY),
    "enterprises:quality": (TOWN,),
    "enterprises:quality_districts": (Look("city"),),
    "enterprises:changes": (TOWN,),
    "enterprises:change_request": (TOWN, SAFETY),
    "enterprises:approve_change": (TOWN,),
    "enterprises:return_change": (TOWN,),
    "enterprises:withdraw_change": (SAFETY,),
    "enterprises:conflicts": (TOWN,),
    "enterprises:conflict": (TOWN,),
    "enterprises:take_seen": (TOWN,),
    "enterprises:keep_declared": (TOWN,),
    "enterprises:dismiss_conflict": (TOWN,),
    # Major hazard sources.
    "enterprises:sources": (COUNTY, Look("county", query="?grade=4&panel=conditions")),
    "enterprises:source": (COUNTY, SAFETY),
    "enterprises:source_new": (SAFETY,),
    "enterprises:recalculate_source": (SAFETY,),
    "enterprises:assess_source": (SAFETY,),
    "enterprises:add_source_material": (SAFETY,),
    "enterprises:submit_source_filing": (SAFETY,),
    "enterprises:file_source": (COUNTY,),
    "enterprises:return_source_filing": (COUNTY,),
    "enterprises:request_source_cancel": (SAFETY,),
    "enterprises:grant_source_cancel": (COUNTY,),
    "enterprises:refuse_source_cancel": (COUNTY,),
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
        "api:enterprise",
        "api:enterprises",
        "api:ledger",
        "api:openapi-json",
        "api:registrations",
        "api:sources",
        "enterprises:map_points",
        "enterprises:outlines",
        "enterprises:confirm",
        "enterprises:part",
        "enterprises:print_file",
        "enterprises:search",
        "enterprises:similar",
        "hazards:issue_notice",
        "hazards:similar",
        "inbox:read",
        "inbox:read_all",
        "inbox:send_again",
        "listings:apply_import",
        "listings:decide_suggestion",
        "listings:discard_import",
        "listings:job_file",
        "listings:recheck_import",
        "mfa_download_recovery_codes",
        "mfa_index",
        "paperwork:download",
        "paperwork:try_again",
        "plate",
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
    "/admin/enterprises/apitoken/",
    "/admin/rulebook/parameter/",
)
ERRORS = {
    "/wrong/400/": 400,
    "/wrong/403/": 403,
    "/no-such-page/": 404,
    "/wrong/429/": 429,
    "/wrong/500/": 500,
}
