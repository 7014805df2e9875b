"""Every address: the API under /api/, and the pages."""

from django.urls import include, path

from lianze.web import urls as pages

urlpatterns = [path("api/", include("lianze.api.urls")), *pages.urlpatterns]

handler400 = pages.handler400
handler403 = pages.handler403
handler404 = pages.handler404
handler500 = pages.handler500
