"""Where the pages are."""

from django.contrib.auth import views as auth_views
from django.urls import path

from reports.web import views

app_name = "web"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("deals/", views.deal_list, name="deals"),
    path("deals/<slug:public_id>/", views.deal, name="deal"),
    path("articles/", views.article_list, name="articles"),
    path("articles/<slug:public_id>/", views.article, name="article"),
    path("parties/", views.party_list, name="parties"),
    path("parties/<slug:code>/", views.party, name="party"),
    path("weapons/", views.weapon_list, name="weapons"),
    path("weapons/<slug:slug>/", views.weapon, name="weapon"),
    path("statements/", views.statement_list, name="statements"),
    path("speakers/<slug:public_id>/", views.speaker, name="speaker"),
    path("about/", views.about, name="about"),
    path("sample/remove/", views.sample_remove, name="sample-remove"),
    path("login/", auth_views.LoginView.as_view(template_name="login.html"), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("healthz", views.healthz, name="healthz"),
]
