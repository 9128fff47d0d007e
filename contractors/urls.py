from django.urls import path

from contractors import views

app_name = "contractors"
urlpatterns = [
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/mine/", views.mine, name="mine"),
    path("contracts/add/", views.contract_add, name="contract-add"),
    path("contracts/<int:pk>/", views.contract, name="contract"),
    path("contracts/<int:pk>/edit/", views.contract_edit, name="contract-edit"),
    path("contracts/<int:pk>/file/", views.contract_file, name="contract-file"),
    path("contractors/", views.contractors, name="contractors"),
    path("contractors/add/", views.contractor_add, name="contractor-add"),
    path("contractors/<int:pk>/", views.contractor, name="contractor"),
    path("contractors/<int:pk>/edit/", views.contractor_edit, name="contractor-edit"),
]
