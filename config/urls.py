from django.contrib import admin
from django.urls import include, path

from config import views

urlpatterns = [
    path("", views.home, name="home"),
    path("alive/", views.alive, name="alive"),
    path("", include("accounts.urls")),
    path("parameters/", include("law.urls")),
    path("approvals/", include("approvals.urls")),
    path("", include("programme.urls")),
    path("", include("contractors.urls")),
    path("documents/", include("documents.urls")),
    path("plans/", include("plans.urls")),
    path("staff/", include("staff_transition.urls")),
    path("admin/", admin.site.urls),
]
handler404 = "config.views.not_found"
handler500 = "config.views.broken"
