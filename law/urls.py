from django.urls import path

from law import views

app_name = "law"
urlpatterns = [
    path("", views.parameters, name="parameters"),
    path("articles/", views.articles, name="articles"),
    path("add/", views.parameter_add, name="parameter-add"),
    path("<int:pk>/", views.parameter, name="parameter"),
    path("<int:pk>/confirm/", views.parameter_confirm, name="parameter-confirm"),
    path("tiers/add/", views.tier_add, name="tier-add"),
    path("tiers/<int:pk>/", views.tier, name="tier"),
    path("calendar/", views.calendar, name="calendar"),
]
