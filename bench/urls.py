"""Pages that exist only while measuring: the floor, and Django admin's lists of the same rows."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from enterprises.models import Enterprise
from hazards.models import Hazard

PEER_SECONDS = 30


class Peer(admin.AdminSite):
    """Django admin as one would otherwise use it: open to any signed-in person, for it is only measured."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Let everyone in."""
        return request.user.is_authenticated


class PeerAdmin(admin.ModelAdmin):
    """A changelist as generous as ours: search, filters, the same rows of the county."""

    list_per_page = 25
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Keep the rows of the person's county."""
        return super().get_queryset(request).filter(county_code=request.user.posts[0].region_id)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Stop a list that keeps the database for too long: 504 says that there is no figure."""
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = %s", [PEER_SECONDS * 1000])
        try:
            return super().changelist_view(request, extra_context).render()
        except OperationalError:
            return HttpResponse(status=504)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")

    def has_view_permission(self, request, obj=None):
        return True

    has_module_permission = has_change_permission = has_view_permission


class EnterprisePeer(PeerAdmin):
    list_display = (
        "name",
        "uscc",
        "regulatory_category",
        "sub_category",
        "operating_status",
        "region",
        "employees",
        "contact_name",
        "updated_at",
    )
    list_filter = ("regulatory_category", "operating_status")
    list_select_related = ("region",)
    search_fields = ("name", "uscc")
    ordering = ("-updated_at", "-id")


class HazardPeer(PeerAdmin):
    list_display = (
        "description",
        "enterprise",
        "grade",
        "state",
        "region",
        "source",
        "found_at",
        "deadline_on",
        "responsible_person",
        "number",
    )
    list_filter = ("grade", "state", "source")
    list_select_related = ("enterprise", "region")
    search_fields = ("number", "description")
    ordering = ("-found_at", "-id")


peer = Peer(name="peer")
peer.register(Enterprise, EnterprisePeer)
peer.register(Hazard, HazardPeer)


@login_required
def floor(request: HttpRequest) -> HttpResponse:
    """Show an empty signed-in page of the product."""
    return render(request, "layouts/app.html")


urlpatterns = [path("floor/", floor), path("peer/", peer.urls)]
