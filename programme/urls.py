from django.urls import path

from programme.views import campuses, evidence, services

app_name = "programme"
urlpatterns = [
    path("services/", services.board, name="board"),
    path("services/list/", services.services, name="services"),
    path("services/add/", services.add, name="service-add"),
    path("services/<int:pk>/", services.service, name="service"),
    path("services/<int:pk>/edit/", services.edit, name="service-edit"),
    path("services/<int:pk>/stage/", services.stage, name="service-stage"),
    path("services/<int:pk>/remove/", services.remove, name="service-remove"),
    path("evidence/", evidence.evidence_list, name="evidence-list"),
    path("evidence/add/", evidence.add, name="evidence-add"),
    path("evidence/<int:pk>/", evidence.evidence, name="evidence"),
    path("evidence/<int:pk>/edit/", evidence.edit, name="evidence-edit"),
    path("evidence/<int:pk>/findings/", evidence.add_finding, name="finding-add"),
    path("evidence/files/<int:pk>/", evidence.evidence_file, name="evidence-file"),
    path("findings/<int:pk>/measures/", evidence.add_measure, name="measure-add"),
    path("measures/<int:pk>/close/", evidence.close_measure, name="measure-close"),
    path("campuses/", campuses.campuses, name="campuses"),
    path("campuses/<int:pk>/", campuses.campus, name="campus"),
]
