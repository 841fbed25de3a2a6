"""Addresses of the room."""

from django.urls import path

from pingyi.bulletins.views import bulletins, public, writing
from pingyi.downloads.views import document

app_name = "bulletins"
CAMPAIGN = "<slug:campaign_code>/"
ITEM = f"{CAMPAIGN}items/<int:pk>/"
PUBLIC = f"public/{CAMPAIGN}"
urlpatterns = [
    path(PUBLIC, public.notices, name="public"),
    path(f"{PUBLIC}notices/<int:pk>/", public.notice, name="notice"),
    path(f"{PUBLIC}notices/<int:pk>/document.pdf", public.document, name="notice-pdf"),
    path(CAMPAIGN, bulletins.bulletins, name="bulletins"),
    path(f"{CAMPAIGN}ledger.<slug:kind>", document, {"what": "bulletins"}, name="ledger"),
    path(f"{CAMPAIGN}write/<slug:round_code>/", writing.begin, name="begin"),
    path(f"{CAMPAIGN}write/<slug:round_code>/<str:unit_code>/", writing.write, name="write"),
    path(ITEM, bulletins.bulletin, name="bulletin"),
    path(f"{ITEM}document.<slug:form>", bulletins.document, name="document"),
    path(f"{ITEM}poster-<slug:size>.pdf", bulletins.notice_board, name="poster"),
    path(f"{ITEM}revise/", writing.revise, name="revise"),
    path(f"{ITEM}<slug:move>/", bulletins.deed, name="deed"),
]
