from django.urls import path

from plans.views import plans, versions

app_name = "plans"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("start/", plans.start, name="start"),
    path("<int:pk>/", plans.plan, name="plan"),
    path("<int:pk>/terms/", plans.terms, name="terms"),
    path("<int:pk>/sections/<slug:key>/", plans.section, name="section"),
    path("<int:pk>/sections/<slug:key>/autosave/", plans.autosave, name="autosave"),
    path("<int:pk>/sections/<slug:key>/keep/", plans.keep, name="keep"),
    path("<int:pk>/files/", plans.attach, name="attach"),
    path("<int:pk>/files/<int:file>/", plans.plan_file, name="file"),
    path("<int:pk>/files/<int:file>/remove/", plans.detach, name="detach"),
    path("<int:pk>/submit/", plans.submit, name="submit"),
    path("<int:pk>/versions/<int:number>/", versions.version, name="version"),
    path("<int:pk>/difference/", versions.diff, name="diff"),
]
