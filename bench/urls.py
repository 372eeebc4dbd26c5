"""Pages that exist only while measuring: the floor, and Django admin's lists of the same rows."""

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from enterprises.models import Enterprise
from hazards.models import Hazard


class Peer(admin.AdminSite):
    """Django admin as one would otherwise use it: open to any signed-in person, for it is only measured."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Let everyone in."""
        return request.user.is_authenticated


class PeerAdmin(admin.ModelAdmin):
    """A changelist as generous as ours: search, filters, the same rows of the county."""

    list_per_page = 25
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(county_code=request.GET.get("_county", "320104"))

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
