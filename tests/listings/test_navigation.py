"""The menu shows what a person may open, the columns of records what they may see."""

from django.urls import reverse

from listings.navigation import entries, items


def labels(client, user, path="/enterprises/"):
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(path).context["navigation"]


def test_every_entry_leads_to_a_page_that_stands():
    for entry in entries():
        assert reverse(entry.url_name)


def test_the_entries_stand_in_their_order():
    orders = [entry.order for entry in entries()]

    assert orders == sorted(orders)


def test_a_visitor_has_no_menu(rf):
    request = rf.get("/")

    assert items(request) == []


def test_a_person_is_shown_only_what_their_posts_open(client, people):
    urls = {item.url for item in labels(client, people.enterprise)}

    assert reverse("hazards:list") in urls
    assert reverse("inbox:sms_log") not in urls


def test_just_one_entry_is_the_current_one(client, people):
    current = [item.url for item in labels(client, people.county, reverse("hazards:list")) if item.current]

    assert current == [reverse("hazards:list")]


def test_the_first_page_is_current_on_itself_and_nowhere_else(client, people):
    def current(path):
        return [item.url for item in labels(client, people.county, path) if item.current]

    assert current("/") == ["/"]
    assert current(reverse("accounts:me")) == []
