from django.urls import path, register_converter

from documents import views

app_name = "documents"


class FileForm:
    """The two forms in which a paper leaves."""

    regex = "docx|pdf"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileForm, "form")

urlpatterns = [
    path("", views.documents, name="documents"),
    path("make/<slug:kind>/<int:subject>/", views.make, name="make"),
    path("<int:pk>/", views.document, name="document"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/pdf/", views.make_pdf, name="make-pdf"),
    path("<int:pk>/file/<form:form>/", views.download, name="download"),
]
