from django.urls import path

from accounts import office_views, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/<slug:username>/", views.demo_sign_in, name="demo-sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("password/", views.password, name="password"),
    path("me/", views.me, name="me"),
    path("setup/", office_views.setup_first, name="setup"),
    path("first-steps/", office_views.steps, name="first-steps"),
    path("college/", office_views.college, name="college"),
    path("units/", office_views.units, name="units"),
    path("units/<int:pk>/", office_views.unit, name="unit"),
    path("units/<int:pk>/remove/", office_views.unit_remove, name="unit-remove"),
    path("people/", office_views.people, name="people"),
    path("people/add/", office_views.person_add, name="person-add"),
    path("people/paste/", office_views.people_paste, name="people-paste"),
    path("people/<int:pk>/", office_views.person, name="person"),
    path("people/<int:pk>/password/", office_views.person_password, name="person-password"),
    path("access-records/", office_views.access_records, name="access-records"),
    path("large-text/", views.toggle_large_text, name="large-text"),
]
