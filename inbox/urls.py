"""The home page, messages, and the SMS log."""

from django.urls import path

from inbox.views import home, messages, sms

app_name = "inbox"
urlpatterns = [
    path("", home.home, name="home"),
    path("messages/", messages.messages, name="messages"),
    path("messages/<int:pk>/read/", messages.read, name="read"),
    path("messages/read-all/", messages.read_all, name="read_all"),
    path("messages/preferences/", messages.preferences, name="preferences"),
    path("sms/", sms.sms_log, name="sms_log"),
    path("sms/<int:pk>/send-again/", sms.send_again, name="send_again"),
]
