from django.urls import path

from approvals import views

app_name = "approvals"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.flow, name="flow"),
    path("<int:pk>/reject/", views.reject, name="reject"),
    path("<int:pk>/sheet/", views.sheet, name="sheet"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
