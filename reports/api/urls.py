"""Where the endpoints are, below /api/v1/."""

from rest_framework.routers import DefaultRouter

from reports.api import views

app_name = "api"

router = DefaultRouter()
router.register("deals", views.DealViewSet, "deal")
router.register("parties", views.PartyViewSet, "party")
router.register("suppliers", views.SupplierViewSet, "supplier")
router.register("recipients", views.RecipientViewSet, "recipient")
router.register("weapons", views.WeaponViewSet, "weapon")
router.register("statements", views.StatementViewSet, "statement")
router.register("speakers", views.SpeakerViewSet, "speaker")
router.register("articles", views.ArticleViewSet, "article")

urlpatterns = router.urls
