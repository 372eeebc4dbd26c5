"""Who gets what at each address: written down by hand, so that a change of rights shows as a change of this table.

A person whom an entry does not name gets `otherwise`. An address without an entry fails.
"""

from collections.abc import Iterable

from tests.matrix.answers import EVERYBODY, Access, names, open_to

OFFICERS = names("officer", "second_officer")
DECIDERS = names("city", "county", "leader")
UPPER = names(DECIDERS, OFFICERS)
REGULATORS = names(UPPER, "town")
SEES = names(REGULATORS, OFFICERS, "grid", "legal", "enterprise")
WITHOUT_DOCUMENTS = names("grid")
KEEP_LEDGERS = names("city", "county", "town", OFFICERS, "enterprise")
IMPORT_LEDGERS = names(
    "city", "county", "other_county", "town", "other_town", "enterprise", "other_enterprise"
)


def step(people: Iterable[str]) -> Access:
    """A page about the hazard: forbidden to who sees the record but may not take the step, unknown to the rest."""
    return Access({200: frozenset(people), 403: SEES - frozenset(people)})


def document_step(people: Iterable[str]) -> Access:
    """A page about the document: for the agency that issued it."""
    return Access({200: frozenset(people), 403: SEES - frozenset(people) - WITHOUT_DOCUMENTS})


READERS = EVERYBODY - {"admin", "security", "auditor"}
LIBRARIANS = names("city", "legal")
ALL = open_to(EVERYBODY)
BUTTON = Access(otherwise=405)
PUBLIC_BUTTON = Access(otherwise=405, visitor=405)
WATCHED = open_to(
    EVERYBODY
    - {"grid", "enterprise", "other_enterprise", "expert", "agency", "admin", "security", "auditor"},
    otherwise=403,
)
WATCHES_QUALITY = names(REGULATORS, OFFICERS, "other_county", "other_town", "dept")
OWN_SECOND_FACTOR = Access(otherwise=404)
# An inspection under way: read in its area, worked on by those who take part, unknown to the inspected side.
READS_VISIT = names(REGULATORS, OFFICERS, "legal")


def visit_step(people: Iterable[str]) -> Access:
    """A page about the visit: forbidden to who reads it but may not take the step, unknown to the rest."""
    return Access({200: frozenset(people), 403: READS_VISIT - frozenset(people)})


GOES_OUT = names(REGULATORS, OFFICERS, "other_county", "other_town", "grid", "dept") - {"leader"}
VISIT_PAGES = {
    "inspections:visits": open_to(EVERYBODY),
    "inspections:plan_visit": open_to(GOES_OUT, otherwise=403),
    "inspections:open_visit": open_to(GOES_OUT, otherwise=403),
    "inspections:visit": open_to(READS_VISIT),
    **dict.fromkeys(
        (
            f"inspections:{name}"
            for name in ("check", "answer", "find_hazard", "confirm_visit_facts", "sign", "refuse_signature")
        ),
        visit_step(OFFICERS),
    ),
    "inspections:answer_rest": Access(otherwise=405),
    **dict.fromkeys(
        (f"inspections:{name}" for name in ("finish_visit", "cancel_visit")),
        visit_step(READS_VISIT - {"legal"}),
    ),
    # The visit of the world is under way already: whoever may begin one is told so.
    "inspections:start_visit": visit_step(READS_VISIT - {"legal"}),
    "inspections:agree_over_cap": visit_step({"leader", "city"}),
    "inspections:issue_record": visit_step({"leader", "city"}),
}

# A self-check list is worked on by its enterprise, accepted by who watches over it; a patrol is not announced.
READS_LISTS = names(REGULATORS, OFFICERS, "legal", "grid", "enterprise")
READS_PATROLS = names(REGULATORS, OFFICERS, "legal", "grid")
SAFETY_OFFICERS = names("enterprise", "other_enterprise")


def list_step(people: Iterable[str]) -> Access:
    """A page about the list: forbidden to who reads it but may not take the step, unknown to the rest."""
    return Access({200: frozenset(people), 403: READS_LISTS - frozenset(people)})


def patrol_step(people: Iterable[str]) -> Access:
    """A page about a route or a stop: forbidden to who only watches, unknown to the rest."""
    return Access({200: frozenset(people), 403: READS_PATROLS - frozenset(people)})


SELF_CHECK_PAGES = {
    **dict.fromkeys(
        ("inspections:self_check_lists", "inspections:patrols", "inspections:routes"), open_to(EVERYBODY)
    ),
    "inspections:self_check": Access({302: SAFETY_OFFICERS}, otherwise=403),
    "inspections:compose_list": open_to(SAFETY_OFFICERS, otherwise=403),
    "inspections:self_check_list": open_to(READS_LISTS),
    **dict.fromkeys(
        (
            f"inspections:{name}"
            for name in ("take_list_items", "write_own_item", "begin_self_check", "submit_list")
        ),
        list_step({"enterprise"}),
    ),
    **dict.fromkeys(
        ("inspections:accept_list", "inspections:return_list"),
        list_step(names("city", "county", "town", OFFICERS)),
    ),
    **dict.fromkeys(
        (f"inspections:{name}" for name in ("assign_lines", "remove_lines", "report_all_well")), BUTTON
    ),
    "inspections:patrols_due": open_to(names("grid", "town", "other_town"), otherwise=403),
    "inspections:begin_patrol": patrol_step({"grid"}),
    "inspections:route": open_to(READS_PATROLS),
    "inspections:draw_route": open_to(names("county", "town", "other_county", "other_town"), otherwise=403),
    **dict.fromkeys(
        ("inspections:change_route", "inspections:end_route"), patrol_step(names("county", "town"))
    ),
}

# Supervision of government: both sides read it, the body answers, the supervising side decides.
SUPERVISION_PAGES = {
    "inspections:orders": ALL,
    "inspections:supervise": open_to(names(DECIDERS, "other_county"), otherwise=403),
    "inspections:order": open_to(READS_VISIT),
    "inspections:reply_order": visit_step({"county", "town"}),
    **dict.fromkeys(
        (
            f"inspections:{name}"
            for name in (
                "return_reply",
                "close_order",
                "find_problem",
                "take_back_problem",
                "find_hazard_nearby",
                "issue_order",
            )
        ),
        visit_step(DECIDERS),
    ),
}

# The figures are for who watches over others; a doubt is no business of the enterprise before somebody asks it.
READS_DOUBT = names(REGULATORS, OFFICERS, "legal")
FIGURE_PAGES = {
    "inspections:conduct": open_to(WATCHES_QUALITY | {"legal"}, otherwise=403),
    "inspections:standings": ALL,
    "inspections:doubts": ALL,
    "inspections:doubt": open_to(READS_DOUBT),
    **dict.fromkeys(
        ("inspections:explain_doubt", "inspections:uphold_doubt"),
        Access({200: READS_DOUBT - {"legal"}, 403: names("legal")}),
    ),
}

ACCESS: dict[str, Access] = {
    **FIGURE_PAGES,
    **VISIT_PAGES,
    **SUPERVISION_PAGES,
    **SELF_CHECK_PAGES,
    # Sign-in and one's own account.
    "account_login": Access(otherwise=302, visitor=200),
    "account_logout": ALL,
    "account_inactive": Access(otherwise=200, visitor=200),
    "account_reauthenticate": ALL,
    "account_change_password": ALL,
    "mfa_index": Access(otherwise=302),
    "mfa_authenticate": Access(otherwise=302),
    "mfa_reauthenticate": Access(otherwise=302),
    "mfa_activate_totp": Access(otherwise=302),
    "mfa_generate_recovery_codes": Access(otherwise=302),
    "mfa_deactivate_totp": OWN_SECOND_FACTOR,
    "mfa_view_recovery_codes": OWN_SECOND_FACTOR,
    "mfa_download_recovery_codes": OWN_SECOND_FACTOR,
    "accounts:me": ALL,
    "accounts:end_delegation": BUTTON,
    "accounts:end_session": BUTTON,
    "accounts:language": PUBLIC_BUTTON,
    # The guide is for anyone.
    "help": Access(otherwise=200, visitor=200),
    # What belongs to everybody who is signed in, narrowed to what they see.
    "regions:search": ALL,
    "rulebook:index": ALL,
    "rulebook:numbers": ALL,
    "rulebook:law": ALL,
    "rulebook:article": ALL,
    "rulebook:unconfirmed": open_to({"legal", "admin"}),
    "listings:search": ALL,
    "inbox:home": ALL,
    "inbox:messages": ALL,
    "inbox:preferences": ALL,
    "inbox:read": PUBLIC_BUTTON,
    "inbox:read_all": PUBLIC_BUTTON,
    "inbox:send_again": PUBLIC_BUTTON,
    "inbox:sms_log": open_to({"city", "county", "other_county", "admin"}),
    # Long work is its person's own: the export the town's, the import the county's.
    "listings:job": open_to({"town"}),
    "listings:job_file": open_to({"town"}),
    "listings:import_job": open_to({"county"}),
    "listings:apply_import": BUTTON,
    "listings:discard_import": BUTTON,
    "listings:recheck_import": BUTTON,
    "listings:import_suggestions": open_to({"county"}),
    "listings:decide_suggestion": BUTTON,
    # Files and documents follow the record they belong to.
    "attachments:waiting": ALL,
    "attachments:open": open_to(SEES),
    "attachments:show": open_to(SEES),
    "attachments:thumbnail": open_to(SEES),
    "paperwork:document": open_to(SEES - WITHOUT_DOCUMENTS),
    "paperwork:download": open_to(SEES - WITHOUT_DOCUMENTS),
    "paperwork:withdraw": document_step({"town"}),
    "paperwork:record_service": document_step({"town"}),
    "paperwork:try_again": BUTTON,
    "verify_code": Access(otherwise=200, visitor=200),
    "verify_document": Access(otherwise=200, visitor=200),
    # Enterprises.
    "enterprises:list": ALL,
    "enterprises:search": ALL,
    "enterprises:similar": ALL,
    "enterprises:grids": ALL,
    "enterprises:unmask": step(names("city", "county", OFFICERS)),
    "enterprises:create": open_to({"city", "county", "other_county", "town", "other_town"}, otherwise=403),
    "enterprises:import": open_to({"city", "county", "other_county"}, otherwise=403),
    "enterprises:import_city": open_to({"city", "county", "other_county"}, otherwise=403),
    "enterprises:import_sources": open_to(
        {"city", "county", "other_county", "enterprise", "other_enterprise"}, otherwise=403
    ),
    "enterprises:detail": open_to(SEES),
    "enterprises:edit": step({"city", "county", "town", "enterprise"}),
    # Life: the steps of the operating status, moving, merging, handing over.
    **dict.fromkeys(
        (f"enterprises:{name}" for name in ("start_trial", "start_normal")), step({"city", "county", "town"})
    ),
    **dict.fromkeys(
        (f"enterprises:{name}" for name in ("ask_to_stop", "withdraw_stop", "hand_over")),
        step({"county", "town", "enterprise"}),
    ),
    **dict.fromkeys(
        (f"enterprises:{name}" for name in ("verify_stop", "verify_season", "refuse_stop", "recheck_stop")),
        step(names("county", "town", OFFICERS)),
    ),
    "enterprises:resume": step({"city", "county", "town", "enterprise"}),
    "enterprises:suspend_ordered": step(UPPER),
    "enterprises:approve_resumption": step(DECIDERS),
    "enterprises:declare_lost": step({"county", "town"}),
    **dict.fromkeys(
        (
            f"enterprises:{name}"
            for name in ("move_away", "close", "deregister", "revoke", "reinstate", "merge")
        ),
        step({"city", "county"}),
    ),
    **dict.fromkeys(
        (f"enterprises:{name}" for name in ("ask_transfer", "withdraw_transfer")), step({"city", "county"})
    ),
    "enterprises:transfers": ALL,
    "enterprises:print_file": BUTTON,
    "enterprises:transfer": open_to(SEES | {"other_county"}),
    **dict.fromkeys(
        (f"enterprises:{name}" for name in ("accept_transfer", "refuse_transfer")),
        Access({200: names("city", "other_county"), 403: SEES - {"city"}}),
    ),
    "enterprises:part": BUTTON,
    # Find: map, door plate, notices of the registry, and the interface, which a session does not open.
    "enterprises:map": ALL,
    "enterprises:map_points": Access(otherwise=400),
    "enterprises:outlines": ALL,
    "enterprises:plate": open_to(SEES),
    "plate": Access({302: SEES}),
    "enterprises:registrations": ALL,
    "enterprises:registration": open_to(SEES - {"grid", "enterprise"}),
    "enterprises:accept_registration": Access(
        {200: names("city", "county", "town"), 403: names("leader", OFFICERS, "legal")}
    ),
    "enterprises:dismiss_registration": Access(
        {200: names("city", "county", "town"), 403: names("leader", OFFICERS, "legal")}
    ),
    "api_page": Access(otherwise=200, visitor=200),
    "api:api-root": Access(otherwise=200, visitor=200),
    "api:openapi-json": Access(otherwise=200, visitor=200),
    "api:enterprises": Access(otherwise=401, visitor=401),
    "api:enterprise": Access(otherwise=401, visitor=401),
    "api:ledger": Access(otherwise=401, visitor=401),
    "api:sources": Access(otherwise=401, visitor=401),
    "api:registrations": PUBLIC_BUTTON,
    # Ledgers.
    "enterprises:ledger_list": ALL,
    "enterprises:ledger_import": open_to(IMPORT_LEDGERS, otherwise=403),
    "enterprises:ledger": open_to(SEES),
    "enterprises:ledger_add": step(KEEP_LEDGERS),
    "enterprises:ledger_edit": open_to(SEES),
    "enterprises:ledger_remove": step(KEEP_LEDGERS),
    # Major hazard sources.
    "enterprises:sources": ALL,
    "enterprises:source": open_to(SEES),
    "enterprises:source_new": step({"city", "county", "enterprise"}),
    "enterprises:recalculate_source": step({"city", "county", "enterprise"}),
    "enterprises:assess_source": step({"city", "county", "enterprise"}),
    "enterprises:add_source_material": step({"city", "county", "enterprise"}),
    "enterprises:submit_source_filing": step({"enterprise"}),
    "enterprises:file_source": step(DECIDERS),
    "enterprises:return_source_filing": step(DECIDERS),
    "enterprises:request_source_cancel": step({"enterprise"}),
    "enterprises:grant_source_cancel": step(DECIDERS),
    "enterprises:refuse_source_cancel": step(DECIDERS),
    "enterprises:print_source": BUTTON,
    # Filings that go upward are of the county: towns, departments and enterprises have no part in them.
    "enterprises:source_copies": ALL,
    "enterprises:source_copy": open_to(names(DECIDERS, OFFICERS, "legal")),
    "enterprises:send_source_copy": Access({200: DECIDERS, 403: names(OFFICERS, "legal")}),
    # Enterprises: how far the file is true.
    "enterprises:confirm": BUTTON,
    "enterprises:quality_of": open_to(SEES),
    "enterprises:quality": ALL,
    "enterprises:quality_districts": open_to(WATCHES_QUALITY, otherwise=403),
    "enterprises:changes": ALL,
    "enterprises:change_request": open_to(SEES),
    "enterprises:approve_change": step({"city", "county", "town"}),
    "enterprises:return_change": step({"city", "county", "town"}),
    "enterprises:withdraw_change": step({"enterprise"}),
    "enterprises:conflicts": ALL,
    "enterprises:conflict": open_to(SEES),
    "enterprises:take_seen": step({"city", "county", "town"}),
    "enterprises:keep_declared": step({"city", "county", "town"}),
    "enterprises:dismiss_conflict": step({"city", "county", "town"}),
    # Hazards.
    "hazards:list": ALL,
    "hazards:similar": ALL,
    "hazards:report": open_to(
        EVERYBODY - {"legal", "expert", "agency", "admin", "security", "auditor"}, otherwise=403
    ),
    "hazards:detail": open_to(SEES),
    "hazards:issue_notice": BUTTON,
    "hazards:accept_report": step(REGULATORS),
    "hazards:confirm_major": step(REGULATORS),
    "hazards:set_general": step(REGULATORS),
    "hazards:mark_not_hazard": step(REGULATORS),
    "hazards:submit_plan": step({"enterprise"}),
    "hazards:approve_plan": step(DECIDERS),
    "hazards:return_plan": step(DECIDERS),
    "hazards:close_by_enterprise": step({"enterprise"}),
    "hazards:submit_rectification": step({"enterprise"}),
    "hazards:apply_for_review": step({"enterprise"}),
    "hazards:request_extension": step({"enterprise"}),
    "hazards:grant_extension": step(REGULATORS),
    "hazards:refuse_extension": step(REGULATORS),
    "hazards:accept_repair": step(REGULATORS),
    "hazards:pass_sample": step(REGULATORS),
    "hazards:return_for_work": step(REGULATORS),
    "hazards:record_site_review": step(UPPER),
    "hazards:release": step(DECIDERS),
    "hazards:reopen": step(REGULATORS),
    "hazards:list_for_supervision": step(DECIDERS),
    "hazards:delist": step(DECIDERS),
    "hazards:urge": step(REGULATORS),
    "hazards:listings": ALL,
    "hazards:quarter": ALL,
    "hazards:major_ledger": ALL,
    **dict.fromkeys(
        (
            f"hazards:{name}"
            for name in (
                "approve_change",
                "return_change",
                "report_listing",
                "publish_listing",
                "publish_delisting",
                "grant_listing_extension",
                "refuse_listing_extension",
            )
        ),
        step(DECIDERS),
    ),
    **dict.fromkeys(
        (f"hazards:{name}" for name in ("report_progress", "change_plan", "ask_listing_extension")),
        step({"enterprise"}),
    ),
    "hazards:record_opinion": step(names(UPPER, "enterprise")),
    # What is listed for supervision is public.
    "listed_hazards": Access(otherwise=200, visitor=200),
    # The library of checklists: read by whoever visits, kept by the city and the legal reviewers.
    "inspections:library": ALL,
    "inspections:checklists": ALL,
    **dict.fromkeys(
        (
            f"inspections:{name}"
            for name in ("checklist", "edition", "edition_sheet", "edition_difference", "item")
        ),
        open_to(READERS),
    ),
    **dict.fromkeys(
        (
            f"inspections:{name}"
            for name in ("draft_checklist", "import_library", "reference_reviews", "review_reference")
        ),
        open_to(LIBRARIANS, otherwise=403),
    ),
    **dict.fromkeys(
        (
            f"inspections:{name}"
            for name in (
                "change_checklist",
                "add_item",
                "change_item",
                "take_items",
                "submit_edition",
                "return_edition",
                "withdraw_edition",
            )
        ),
        Access({200: LIBRARIANS, 403: READERS - LIBRARIANS}),
    ),
    # The edition of the world is in use already: whoever may publish one is told so.
    "inspections:publish_edition": Access({200: LIBRARIANS, 403: READERS - LIBRARIANS}),
    "inspections:draft_edition": BUTTON,
    "inspections:remove_item": BUTTON,
    "inspections:move_item": BUTTON,
    # The record of all that was done is the auditor's.
    "audit:list": open_to({"auditor"}),
    "audit:export": PUBLIC_BUTTON,
    # The figures: for those who watch over others.
    "analytics:overview": WATCHED,
    "analytics:measure": WATCHED,
}
