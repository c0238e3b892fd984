"""Everything of the first version: texts and readings, the catalogue, deals, the ledger."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import reports.choices
import reports.public_ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Deal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        editable=False, help_text="minted once, in the ledger", max_length=12, unique=True
                    ),
                ),
                ("block", models.CharField(max_length=200)),
                ("supplier_missing", models.CharField(blank=True, max_length=12)),
                ("recipient_missing", models.CharField(blank=True, max_length=12)),
                ("weapon_text", models.CharField(max_length=200)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("aircraft", "aircraft"),
                            ("air_defence", "air defence"),
                            ("anti_submarine", "anti submarine"),
                            ("armoured_vehicles", "armoured vehicles"),
                            ("artillery", "artillery"),
                            ("engines", "engines"),
                            ("missiles", "missiles"),
                            ("naval_weapons", "naval weapons"),
                            ("satellites", "satellites"),
                            ("sensors", "sensors"),
                            ("ships", "ships"),
                            ("other", "other"),
                            ("small_arms", "small arms"),
                            ("ammunition", "ammunition"),
                            ("services", "services"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("considered", "considered"),
                            ("requested", "requested"),
                            ("offered", "offered"),
                            ("negotiating", "negotiating"),
                            ("intent", "intent"),
                            ("selected", "selected"),
                            ("pledged", "pledged"),
                            ("notified", "notified"),
                            ("licensed", "licensed"),
                            ("ordered", "ordered"),
                            ("delivering", "delivering"),
                            ("delivered", "delivered"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "halt",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("suspended", "suspended"),
                            ("cancelled", "cancelled"),
                            ("refused", "refused"),
                            ("lapsed", "lapsed"),
                            ("seized", "seized"),
                        ],
                        max_length=12,
                    ),
                ),
                ("status", models.CharField(help_text="the halt where there is one, else the stage", max_length=12)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("talk", "talk"),
                            ("authorised", "authorised"),
                            ("contracted", "contracted"),
                            ("delivered", "delivered"),
                            ("stopped", "stopped"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("sale", "sale"),
                            ("aid", "aid"),
                            ("lease", "lease"),
                            ("loan", "loan"),
                            ("exchange", "exchange"),
                            ("licensed_production", "licensed production"),
                            ("upgrade", "upgrade"),
                            ("unknown", "unknown"),
                        ],
                        default=reports.choices.Mode["UNKNOWN"],
                        max_length=20,
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("second_hand", "second hand"),
                            ("modernised", "modernised"),
                            ("unknown", "unknown"),
                        ],
                        default=reports.choices.Condition["UNKNOWN"],
                        max_length=12,
                    ),
                ),
                ("quantity_min", models.PositiveBigIntegerField(blank=True, null=True)),
                ("quantity_max", models.PositiveBigIntegerField(blank=True, null=True)),
                ("quantity_approximate", models.BooleanField(default=False)),
                (
                    "quantity_unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("piece", "piece"),
                            ("launcher", "launcher"),
                            ("battery", "battery"),
                            ("battalion", "battalion"),
                            ("round", "round"),
                            ("set", "set"),
                        ],
                        max_length=10,
                    ),
                ),
                ("quantity_text", models.CharField(blank=True, max_length=120)),
                ("value_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=20, null=True)),
                ("value_currency", models.CharField(blank=True, max_length=3)),
                (
                    "value_scope",
                    models.CharField(blank=True, choices=[("item", "item"), ("package", "package")], max_length=10),
                ),
                (
                    "value_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contract", "contract"),
                            ("notified_ceiling", "notified ceiling"),
                            ("licence", "licence"),
                            ("aid_valuation", "aid valuation"),
                            ("press_estimate", "press estimate"),
                        ],
                        max_length=20,
                    ),
                ),
                ("ordered_start", models.DateField(blank=True, null=True)),
                ("ordered_end", models.DateField(blank=True, null=True)),
                (
                    "ordered_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("quarter", "quarter"),
                            ("year", "year"),
                            ("decade", "decade"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "ordered_basis",
                    models.CharField(
                        blank=True, choices=[("stated", "stated"), ("inferred", "inferred")], max_length=10
                    ),
                ),
                ("disputed", models.BooleanField(default=False)),
                (
                    "review",
                    models.CharField(
                        choices=[("machine", "machine"), ("reviewed", "reviewed"), ("contested", "contested")],
                        default=reports.choices.Review["MACHINE"],
                        max_length=10,
                    ),
                ),
                ("confidence", models.FloatField()),
                ("articles_count", models.PositiveIntegerField(default=0)),
                ("texts_count", models.PositiveIntegerField(default=0)),
                ("origins_count", models.PositiveIntegerField(default=0)),
                ("first_reported", models.DateField(blank=True, null=True)),
                ("last_reported", models.DateField(blank=True, null=True)),
                (
                    "is_sample",
                    models.BooleanField(default=False, help_text="at least one of its articles is sample data"),
                ),
                (
                    "chosen",
                    models.JSONField(
                        default=dict,
                        help_text="field: {rule, claim key, origins}: which claim gave the value, and by which rule",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["-last_reported", "-id"],
            },
        ),
        migrations.CreateModel(
            name="DirtyBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block", models.CharField(max_length=200, unique=True)),
                (
                    "since",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="when it was last touched"),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("new_report", "new report"),
                            ("source_corrected", "source corrected"),
                            ("source_retracted", "source retracted"),
                            ("judgement", "judgement"),
                            ("reader_upgrade", "reader upgrade"),
                            ("method_change", "method change"),
                            ("takedown", "takedown"),
                        ],
                        default=reports.choices.Cause["NEW_REPORT"],
                        max_length=20,
                    ),
                ),
            ],
            options={
                "ordering": ["since"],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=1000, unique=True)),
                ("active", models.BooleanField(default=True)),
                ("etag", models.CharField(blank=True, max_length=500)),
                ("last_modified", models.CharField(blank=True, max_length=200)),
                ("polled_at", models.DateTimeField(blank=True, null=True)),
                ("next_poll_at", models.DateTimeField(blank=True, null=True)),
                ("failures", models.PositiveIntegerField(default=0, help_text="polls failed in a row")),
                ("problem", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["url"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=120, unique=True)),
                ("name", models.CharField(max_length=160, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("maker", "maker"),
                            ("export_agency", "export agency"),
                            ("service", "service"),
                            ("ministry", "ministry"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("catalogue", "catalogue"), ("analyst", "analyst")],
                        default=reports.choices.Origin["CATALOGUE"],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Package",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(editable=False, max_length=12, unique=True)),
                ("value_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=20, null=True)),
                ("value_currency", models.CharField(blank=True, max_length=3)),
                (
                    "value_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contract", "contract"),
                            ("notified_ceiling", "notified ceiling"),
                            ("licence", "licence"),
                            ("aid_valuation", "aid valuation"),
                            ("press_estimate", "press estimate"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reader", models.CharField(help_text="code, weights and catalogue snapshot", max_length=40)),
                ("language", models.CharField(blank=True, max_length=12)),
                ("current", models.BooleanField(default=True)),
                ("set_aside", models.CharField(blank=True, max_length=200)),
                (
                    "unresolved",
                    models.JSONField(blank=True, default=list, help_text="designations that no catalogue row matched"),
                ),
                ("claims_found", models.PositiveIntegerField(default=0)),
                ("statements_found", models.PositiveIntegerField(default=0)),
                ("read_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-read_at"],
            },
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name_plural": "stories",
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.PositiveSmallIntegerField(
                        help_text="claims of one text with one number are about one transfer"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="derived from text hash, span and roles: survives a new reading", max_length=12
                    ),
                ),
                (
                    "supplier_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_stated", "not stated"),
                            ("said_unknown", "said unknown"),
                            ("several", "several"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "recipient_missing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_stated", "not stated"),
                            ("said_unknown", "said unknown"),
                            ("several", "several"),
                        ],
                        max_length=12,
                    ),
                ),
                ("weapon_text", models.CharField(max_length=200)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("aircraft", "aircraft"),
                            ("air_defence", "air defence"),
                            ("anti_submarine", "anti submarine"),
                            ("armoured_vehicles", "armoured vehicles"),
                            ("artillery", "artillery"),
                            ("engines", "engines"),
                            ("missiles", "missiles"),
                            ("naval_weapons", "naval weapons"),
                            ("satellites", "satellites"),
                            ("sensors", "sensors"),
                            ("ships", "ships"),
                            ("other", "other"),
                            ("small_arms", "small arms"),
                            ("ammunition", "ammunition"),
                            ("services", "services"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("considered", "considered"),
                            ("requested", "requested"),
                            ("offered", "offered"),
                            ("negotiating", "negotiating"),
                            ("intent", "intent"),
                            ("selected", "selected"),
                            ("pledged", "pledged"),
                            ("notified", "notified"),
                            ("licensed", "licensed"),
                            ("ordered", "ordered"),
                            ("delivering", "delivering"),
                            ("delivered", "delivered"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "halt",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("suspended", "suspended"),
                            ("cancelled", "cancelled"),
                            ("refused", "refused"),
                            ("lapsed", "lapsed"),
                            ("seized", "seized"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "polarity",
                    models.CharField(
                        choices=[("asserted", "asserted"), ("denied", "denied"), ("possible", "possible")],
                        default=reports.choices.Polarity["ASSERTED"],
                        max_length=10,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("sale", "sale"),
                            ("aid", "aid"),
                            ("lease", "lease"),
                            ("loan", "loan"),
                            ("exchange", "exchange"),
                            ("licensed_production", "licensed production"),
                            ("upgrade", "upgrade"),
                            ("unknown", "unknown"),
                        ],
                        default=reports.choices.Mode["UNKNOWN"],
                        max_length=20,
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("second_hand", "second hand"),
                            ("modernised", "modernised"),
                            ("unknown", "unknown"),
                        ],
                        default=reports.choices.Condition["UNKNOWN"],
                        max_length=12,
                    ),
                ),
                ("disputed", models.BooleanField(default=False)),
                ("quantity_min", models.PositiveBigIntegerField(blank=True, null=True)),
                ("quantity_max", models.PositiveBigIntegerField(blank=True, null=True)),
                ("quantity_approximate", models.BooleanField(default=False)),
                (
                    "quantity_unit",
                    models.CharField(
                        choices=[
                            ("piece", "piece"),
                            ("launcher", "launcher"),
                            ("battery", "battery"),
                            ("battalion", "battalion"),
                            ("round", "round"),
                            ("set", "set"),
                        ],
                        default=reports.choices.Unit["PIECE"],
                        max_length=10,
                    ),
                ),
                (
                    "quantity_of",
                    models.CharField(
                        choices=[("ordered", "ordered"), ("delivered", "delivered")],
                        default=reports.choices.QuantityOf["ORDERED"],
                        max_length=10,
                    ),
                ),
                ("quantity_text", models.CharField(blank=True, max_length=120)),
                ("value_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=20, null=True)),
                ("value_currency", models.CharField(blank=True, max_length=3)),
                (
                    "value_scope",
                    models.CharField(blank=True, choices=[("item", "item"), ("package", "package")], max_length=10),
                ),
                (
                    "value_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contract", "contract"),
                            ("notified_ceiling", "notified ceiling"),
                            ("licence", "licence"),
                            ("aid_valuation", "aid valuation"),
                            ("press_estimate", "press estimate"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value_text", models.CharField(blank=True, max_length=120)),
                ("confidence", models.FloatField(help_text="the reader's own, 0 to 1")),
                ("why", models.JSONField(default=list, help_text="trigger, roles, rule or score")),
                (
                    "block",
                    models.CharField(help_text="the group of claims that is resolved as a whole", max_length=200),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="claims",
                        to="reports.deal",
                    ),
                ),
            ],
            options={
                "ordering": ["text", "group", "id"],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("existence", "existence"),
                            ("stage", "stage"),
                            ("quantity", "quantity"),
                            ("value", "value"),
                            ("date", "date"),
                        ],
                        max_length=10,
                    ),
                ),
                ("open", models.BooleanField(default=True)),
                ("closed_by", models.CharField(blank=True, help_text="what closed it", max_length=200)),
                ("why", models.CharField(help_text="why the sides cannot all be true", max_length=300)),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="disputes", to="reports.deal"
                    ),
                ),
            ],
            options={
                "ordering": ["deal", "field"],
            },
        ),
        migrations.CreateModel(
            name="DisputeSide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=200)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dispute_sides", to="reports.claim"
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sides", to="reports.dispute"
                    ),
                ),
            ],
            options={
                "ordering": ["dispute", "id"],
            },
        ),
        migrations.CreateModel(
            name="Failure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("locator", models.CharField(max_length=1000, unique=True)),
                ("reason", models.CharField(max_length=40)),
                ("detail", models.CharField(max_length=500)),
                ("attempts", models.PositiveIntegerField(default=1)),
                ("first_at", models.DateTimeField(auto_now_add=True)),
                ("last_at", models.DateTimeField(auto_now=True)),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="failed_items",
                        to="reports.feed",
                    ),
                ),
            ],
            options={
                "ordering": ["-last_at"],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=reports.public_ids.mint, editable=False, max_length=12, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("same", "same"),
                            ("different", "different"),
                            ("reject_claim", "reject claim"),
                            ("correct_field", "correct field"),
                            ("add_claim", "add claim"),
                            ("relate", "relate"),
                            ("grade", "grade"),
                        ],
                        max_length=15,
                    ),
                ),
                ("anchor", models.JSONField(help_text="text hash, span, roles and value of what was decided")),
                (
                    "decision",
                    models.JSONField(
                        default=dict, help_text="the corrected field and value, the relation, the grade, ..."
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "orphaned",
                    models.BooleanField(default=False, help_text="no claim of the current readings matches its anchor"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements_undone",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("public_id", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("minted_at", models.DateTimeField(auto_now_add=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "forwards_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwarded",
                        to="reports.ledgerentry",
                    ),
                ),
                (
                    "successors",
                    models.ManyToManyField(blank=True, related_name="predecessors", to="reports.ledgerentry"),
                ),
            ],
            options={
                "verbose_name_plural": "ledger entries",
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=40)),
                ("old", models.JSONField(null=True)),
                ("new", models.JSONField(null=True)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("new_report", "new report"),
                            ("source_corrected", "source corrected"),
                            ("source_retracted", "source retracted"),
                            ("judgement", "judgement"),
                            ("reader_upgrade", "reader upgrade"),
                            ("method_change", "method change"),
                            ("takedown", "takedown"),
                        ],
                        max_length=20,
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "transaction",
                    models.BigIntegerField(
                        help_text="PostgreSQL's id of the transaction, so that a mirror never skips a late commit"
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="reports.ledgerentry"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="LedgerKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_hash", models.CharField(max_length=64)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("roles", models.CharField(help_text="supplier>recipient:weapon", max_length=200)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="reports.ledgerentry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.CharField(max_length=12)),
                ("reported_on", models.DateField(blank=True, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="reports.claim"
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="reports.deal"
                    ),
                ),
            ],
            options={
                "ordering": ["deal", "reported_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("name", "name"),
                            ("alias", "alias"),
                            ("demonym", "demonym"),
                            ("metonym", "metonym"),
                            ("former", "former"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("catalogue", "catalogue"), ("analyst", "analyst")],
                        default=reports.choices.Origin["CATALOGUE"],
                        max_length=10,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="reports.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["organisation", "kind", "name"],
            },
        ),
        migrations.AddField(
            model_name="deal",
            name="package",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="deals",
                to="reports.package",
            ),
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        help_text="ISO 3166-1 alpha-2 for a state, else a slug", max_length=60, unique=True
                    ),
                ),
                ("alpha3", models.CharField(blank=True, max_length=3)),
                ("name", models.CharField(max_length=120)),
                ("official_name", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("state", "state"), ("non_state", "non state"), ("body", "body")], max_length=10
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=60)),
                (
                    "country",
                    models.CharField(blank=True, help_text="codes of the states that a group sits in", max_length=60),
                ),
                ("valid_from", models.CharField(blank=True, max_length=10)),
                ("valid_to", models.CharField(blank=True, max_length=10)),
                (
                    "origin",
                    models.CharField(
                        choices=[("catalogue", "catalogue"), ("analyst", "analyst")],
                        default=reports.choices.Origin["CATALOGUE"],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "parties",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["state", "non_state", "body"])), name="party_kind_known"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="parties",
            field=models.ManyToManyField(related_name="organisations", to="reports.party"),
        ),
        migrations.CreateModel(
            name="DealParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("supplier", "supplier"),
                            ("recipient", "recipient"),
                            ("co_supplier", "co supplier"),
                            ("co_recipient", "co recipient"),
                            ("seller", "seller"),
                            ("buyer", "buyer"),
                            ("producer", "producer"),
                            ("authoriser", "authoriser"),
                            ("financier", "financier"),
                            ("end_user", "end user"),
                            ("broker", "broker"),
                            ("transit", "transit"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="others", to="reports.deal"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deal_roles", to="reports.party"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deal parties",
            },
        ),
        migrations.AddField(
            model_name="deal",
            name="recipient",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deals_as_recipient",
                to="reports.party",
            ),
        ),
        migrations.AddField(
            model_name="deal",
            name="supplier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deals_as_supplier",
                to="reports.party",
            ),
        ),
        migrations.CreateModel(
            name="ClaimParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("supplier", "supplier"),
                            ("recipient", "recipient"),
                            ("co_supplier", "co supplier"),
                            ("co_recipient", "co recipient"),
                            ("seller", "seller"),
                            ("buyer", "buyer"),
                            ("producer", "producer"),
                            ("authoriser", "authoriser"),
                            ("financier", "financier"),
                            ("end_user", "end user"),
                            ("broker", "broker"),
                            ("transit", "transit"),
                        ],
                        max_length=12,
                    ),
                ),
                ("organisation", models.CharField(blank=True, max_length=160)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="others", to="reports.claim"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claim_roles", to="reports.party"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "claim parties",
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="recipient",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims_as_recipient",
                to="reports.party",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="supplier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims_as_supplier",
                to="reports.party",
            ),
        ),
        migrations.CreateModel(
            name="PartyName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("name", "name"),
                            ("alias", "alias"),
                            ("demonym", "demonym"),
                            ("metonym", "metonym"),
                            ("former", "former"),
                        ],
                        max_length=10,
                    ),
                ),
                ("needs_context", models.BooleanField(default=False)),
                (
                    "origin",
                    models.CharField(
                        choices=[("catalogue", "catalogue"), ("analyst", "analyst")],
                        default=reports.choices.Origin["CATALOGUE"],
                        max_length=10,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="reports.party"
                    ),
                ),
            ],
            options={
                "ordering": ["party", "kind", "name"],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="reading",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="reports.reading"
            ),
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("option_of", "option of"),
                            ("follow_on", "follow on"),
                            ("retransfer_of", "retransfer of"),
                            ("backfill_for", "backfill for"),
                            ("replaces", "replaces"),
                            ("same_package", "same package"),
                        ],
                        max_length=15,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="relations", to="reports.deal"
                    ),
                ),
                (
                    "judgement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="reports.judgement",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="related_from", to="reports.deal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=120, unique=True)),
                ("name", models.CharField(max_length=160)),
                ("domain", models.CharField(blank=True, max_length=160)),
                ("language", models.CharField(blank=True, max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agency", "agency"),
                            ("newspaper", "newspaper"),
                            ("broadcaster", "broadcaster"),
                            ("trade", "trade"),
                            ("official", "official"),
                            ("magazine", "magazine"),
                            ("web", "web"),
                            ("ngo", "ngo"),
                            ("sample", "sample"),
                        ],
                        default=reports.choices.SourceKind["WEB"],
                        max_length=12,
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D"), ("E", "E"), ("F", "F")],
                        default=reports.choices.Reliability["F"],
                        max_length=1,
                    ),
                ),
                (
                    "is_sample",
                    models.BooleanField(default=False, help_text="armstrack's own sample corpus, never reporting"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("catalogue", "catalogue"), ("analyst", "analyst")],
                        default=reports.choices.Origin["CATALOGUE"],
                        max_length=10,
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outlets",
                        to="reports.party",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="feed",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="feeds",
                to="reports.source",
            ),
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        editable=False, help_text="derived from name and party", max_length=12, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="speakers",
                        to="reports.party",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        editable=False, help_text="derived from text, span, speaker", max_length=12, unique=True
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=200)),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("announces", "announces"),
                            ("confirms", "confirms"),
                            ("denies", "denies"),
                            ("declines", "declines"),
                            ("criticises", "criticises"),
                            ("supports", "supports"),
                            ("warns", "warns"),
                            ("comments", "comments"),
                        ],
                        max_length=12,
                    ),
                ),
                ("quote", models.BooleanField(help_text="quotation marks carry the content")),
                ("via", models.CharField(blank=True, max_length=200)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                (
                    "groups",
                    models.JSONField(
                        blank=True, default=list, help_text="groups of claims of its text that it is about"
                    ),
                ),
                ("deals", models.ManyToManyField(blank=True, related_name="statements", to="reports.deal")),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="statements",
                        to="reports.party",
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="reports.reading"
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="reports.speaker"
                    ),
                ),
            ],
            options={
                "ordering": ["text", "start"],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="statement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="claims",
                to="reports.statement",
            ),
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("content", models.TextField()),
                ("length", models.PositiveIntegerField(help_text="code points of the content")),
                ("title_length", models.PositiveIntegerField(default=0)),
                ("language", models.CharField(blank=True, max_length=12)),
                ("redacted_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="texts",
                        to="reports.story",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="story",
            name="root",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="story_as_root", to="reports.text"
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="text",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="reports.text"
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="text",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="reports.text"
            ),
        ),
        migrations.AddField(
            model_name="package",
            name="text",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="packages", to="reports.text"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="text",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="reports.text"
            ),
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=reports.public_ids.mint, editable=False, max_length=12, unique=True),
                ),
                (
                    "locator",
                    models.CharField(help_text="the URL, or the name of the file where there is none", max_length=1000),
                ),
                ("url", models.URLField(blank=True, max_length=1000)),
                ("title", models.CharField(blank=True, max_length=500)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "superseded",
                    models.BooleanField(default=False, help_text="a later revision of the same locator exists"),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("retrieved_at", models.DateTimeField()),
                ("redacted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="articles",
                        to="reports.feed",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="reports.source"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="reports.text"
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="TextBand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("band", models.BigIntegerField()),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bands", to="reports.text"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Weapon",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=140, unique=True)),
                ("designation", models.CharField(max_length=140, unique=True)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("aircraft", "aircraft"),
                            ("air_defence", "air defence"),
                            ("anti_submarine", "anti submarine"),
                            ("armoured_vehicles", "armoured vehicles"),
                            ("artillery", "artillery"),
                            ("engines", "engines"),
                            ("missiles", "missiles"),
                            ("naval_weapons", "naval weapons"),
                            ("satellites", "satellites"),
                            ("sensors", "sensors"),
                            ("ships", "ships"),
                            ("other", "other"),
                            ("small_arms", "small arms"),
                            ("ammunition", "ammunition"),
                            ("services", "services"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "unroca",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("I", "I"),
                            ("II", "II"),
                            ("III", "III"),
                            ("IVa", "IVa"),
                            ("IVb", "IVb"),
                            ("V", "V"),
                            ("VI", "VI"),
                            ("VIIa", "VIIa"),
                            ("VIIb", "VIIb"),
                            ("SALW", "SALW"),
                        ],
                        max_length=5,
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=160)),
                (
                    "origin",
                    models.CharField(
                        choices=[("catalogue", "catalogue"), ("analyst", "analyst")],
                        default=reports.choices.Origin["CATALOGUE"],
                        max_length=10,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="reports.weapon",
                    ),
                ),
                ("makers", models.ManyToManyField(blank=True, related_name="weapons", to="reports.organisation")),
                ("origin_parties", models.ManyToManyField(blank=True, related_name="weapons", to="reports.party")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="variants",
                        to="reports.weapon",
                    ),
                ),
            ],
            options={
                "ordering": ["designation"],
            },
        ),
        migrations.AddField(
            model_name="deal",
            name="family",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="family_deals",
                to="reports.weapon",
            ),
        ),
        migrations.AddField(
            model_name="deal",
            name="weapon",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deals",
                to="reports.weapon",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="weapon",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="reports.weapon",
            ),
        ),
        migrations.CreateModel(
            name="WeaponName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=140)),
                (
                    "needs_context",
                    models.BooleanField(default=False, help_text="also an ordinary word: counts only near other cues"),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("catalogue", "catalogue"), ("analyst", "analyst")],
                        default=reports.choices.Origin["CATALOGUE"],
                        max_length=10,
                    ),
                ),
                (
                    "weapon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="reports.weapon"
                    ),
                ),
            ],
            options={
                "ordering": ["weapon", "name"],
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("leased", "leased"),
                            ("read", "read"),
                            ("set_aside", "set aside"),
                            ("failed", "failed"),
                        ],
                        default=reports.choices.WorkState["WAITING"],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("enqueued_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("bulk", models.BooleanField(default=False, help_text="re-reading, which never starves the news")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "text",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="work", to="reports.text"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "work",
            },
        ),
        migrations.CreateModel(
            name="ClaimDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField()),
                ("end", models.DateField()),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("quarter", "quarter"),
                            ("year", "year"),
                            ("decade", "decade"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "bound",
                    models.CharField(
                        choices=[("exact", "exact"), ("not_before", "not before"), ("not_after", "not after")],
                        default=reports.choices.Bound["EXACT"],
                        max_length=12,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("stated", "stated"), ("inferred", "inferred")],
                        default=reports.choices.DateBasis["STATED"],
                        max_length=10,
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[("order", "order"), ("delivery", "delivery"), ("event", "event")],
                        default=reports.choices.DateOf["EVENT"],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=120)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="reports.claim"
                    ),
                ),
            ],
            options={
                "ordering": ["claim", "start"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("start__lte", models.F("end"))), name="claim_date_ordered"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimSpan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spans", to="reports.claim"
                    ),
                ),
            ],
            options={
                "ordering": ["claim", "start"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("start__gte", 0), ("end__gt", models.F("start"))), name="claim_span"
                    ),
                    models.UniqueConstraint(fields=("claim", "start", "end"), name="claim_span_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField(blank=True, null=True)),
                ("end", models.DateField(blank=True, null=True)),
                (
                    "precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "day"),
                            ("month", "month"),
                            ("season", "season"),
                            ("quarter", "quarter"),
                            ("year", "year"),
                            ("decade", "decade"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "bound",
                    models.CharField(
                        choices=[("exact", "exact"), ("not_before", "not before"), ("not_after", "not after")],
                        default=reports.choices.Bound["EXACT"],
                        max_length=12,
                    ),
                ),
                ("quantity_min", models.PositiveBigIntegerField(blank=True, null=True)),
                ("quantity_max", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "quantity_unit",
                    models.CharField(
                        choices=[
                            ("piece", "piece"),
                            ("launcher", "launcher"),
                            ("battery", "battery"),
                            ("battalion", "battalion"),
                            ("round", "round"),
                            ("set", "set"),
                        ],
                        default=reports.choices.Unit["PIECE"],
                        max_length=10,
                    ),
                ),
                ("running_total", models.BooleanField(default=False)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="reports.claim"
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="reports.deal"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "ordering": ["deal", "start", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quantity_min__isnull", True),
                            ("quantity_max__isnull", True),
                            ("quantity_min__lte", models.F("quantity_max")),
                            _connector="OR",
                        ),
                        name="delivery_quantity_ordered",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(fields=("deal", "field"), name="dispute_once_a_field"),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("field__in", ["existence", "stage", "quantity", "value", "date"])),
                name="dispute_field_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="disputeside",
            constraint=models.UniqueConstraint(fields=("dispute", "claim"), name="dispute_side_once"),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["same", "different", "reject_claim", "correct_field", "add_claim", "relate", "grade"])
                ),
                name="judgement_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                    _connector="OR",
                ),
                name="judgement_undone_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("forwards_to", models.F("public_id")), _negated=True), name="ledger_no_self_forward"
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["deal", "-id"], name="change_deal"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "cause__in",
                        [
                            "new_report",
                            "source_corrected",
                            "source_retracted",
                            "judgement",
                            "reader_upgrade",
                            "method_change",
                            "takedown",
                        ],
                    )
                ),
                name="change_cause_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerkey",
            constraint=models.CheckConstraint(
                condition=models.Q(("start__gte", 0), ("end__gt", models.F("start"))), name="ledger_key_span"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerkey",
            constraint=models.UniqueConstraint(fields=("text_hash", "start", "end", "roles"), name="ledger_key_once"),
        ),
        migrations.AddConstraint(
            model_name="organisationname",
            constraint=models.UniqueConstraint(fields=("organisation", "name"), name="organisation_name_once"),
        ),
        migrations.AddConstraint(
            model_name="dealparty",
            constraint=models.UniqueConstraint(fields=("deal", "party", "role"), name="deal_party_once"),
        ),
        migrations.AddConstraint(
            model_name="claimparty",
            constraint=models.UniqueConstraint(
                fields=("claim", "party", "role", "organisation"), name="claim_party_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="claimparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "supplier",
                            "recipient",
                            "co_supplier",
                            "co_recipient",
                            "seller",
                            "buyer",
                            "producer",
                            "authoriser",
                            "financier",
                            "end_user",
                            "broker",
                            "transit",
                        ],
                    )
                ),
                name="claim_party_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="partyname",
            constraint=models.UniqueConstraint(fields=("party", "name", "kind"), name="party_name_once"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(fields=("deal", "other", "kind"), name="relation_once"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("deal", models.F("other")), _negated=True), name="relation_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["option_of", "follow_on", "retransfer_of", "backfill_for", "replaces", "same_package"],
                    )
                ),
                name="relation_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(("domain", ""), _negated=True), fields=("domain",), name="source_domain_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["agency", "newspaper", "broadcaster", "trade", "official", "magazine", "web", "ngo", "sample"],
                    )
                ),
                name="source_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.CheckConstraint(condition=models.Q(("length__gt", 0)), name="text_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.CheckConstraint(
                condition=models.Q(("content__length", models.F("length"))), name="text_length_true"
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["party", "stance"], name="statement_party_stance"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("start__gte", 0), ("end__gt", models.F("start"))), name="statement_span"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stance__in",
                        ["announces", "confirms", "denies", "declines", "criticises", "supports", "warns", "comments"],
                    )
                ),
                name="statement_stance_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)), fields=("text",), name="reading_one_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value_amount__isnull", True), models.Q(("value_currency", ""), _negated=True), _connector="OR"
                ),
                name="package_value_has_currency",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-published_at", "-id"], name="article_newest"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("source", "locator", "revision"), name="article_revision_once"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(fields=("source", "locator", "text"), name="article_text_once"),
        ),
        migrations.AddConstraint(
            model_name="textband",
            constraint=models.UniqueConstraint(fields=("band", "text"), name="text_band_once"),
        ),
        migrations.AddConstraint(
            model_name="weapon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "category__in",
                        [
                            "aircraft",
                            "air_defence",
                            "anti_submarine",
                            "armoured_vehicles",
                            "artillery",
                            "engines",
                            "missiles",
                            "naval_weapons",
                            "satellites",
                            "sensors",
                            "ships",
                            "other",
                            "small_arms",
                            "ammunition",
                            "services",
                        ],
                    )
                ),
                name="weapon_category_known",
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(fields=["-last_reported", "-id"], name="deal_newest"),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(fields=["supplier", "-last_reported", "-id"], name="deal_supplier_newest"),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(fields=["recipient", "-last_reported", "-id"], name="deal_recipient_newest"),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(fields=["family", "-last_reported", "-id"], name="deal_family_newest"),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(fields=["category", "-last_reported", "-id"], name="deal_category_newest"),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(fields=["status", "-last_reported", "-id"], name="deal_status_newest"),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(fields=["block"], name="deal_block"),
        ),
        migrations.AddConstraint(
            model_name="deal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            "considered",
                            "requested",
                            "offered",
                            "negotiating",
                            "intent",
                            "selected",
                            "pledged",
                            "notified",
                            "licensed",
                            "ordered",
                            "delivering",
                            "delivered",
                        ],
                    )
                ),
                name="deal_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deal",
            constraint=models.CheckConstraint(
                condition=models.Q(("halt__in", ["suspended", "cancelled", "refused", "lapsed", "seized", ""])),
                name="deal_halt_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deal",
            constraint=models.CheckConstraint(
                condition=models.Q(("tier__in", ["talk", "authorised", "contracted", "delivered", "stopped"])),
                name="deal_tier_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "category__in",
                        [
                            "aircraft",
                            "air_defence",
                            "anti_submarine",
                            "armoured_vehicles",
                            "artillery",
                            "engines",
                            "missiles",
                            "naval_weapons",
                            "satellites",
                            "sensors",
                            "ships",
                            "other",
                            "small_arms",
                            "ammunition",
                            "services",
                        ],
                    )
                ),
                name="deal_category_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quantity_min__isnull", True),
                    ("quantity_max__isnull", True),
                    ("quantity_min__lte", models.F("quantity_max")),
                    _connector="OR",
                ),
                name="deal_quantity_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="deal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value_amount__isnull", True), models.Q(("value_currency", ""), _negated=True), _connector="OR"
                ),
                name="deal_value_has_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="deal",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)), name="deal_confidence_range"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["block"], name="claim_block"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["key"], name="claim_key"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            "considered",
                            "requested",
                            "offered",
                            "negotiating",
                            "intent",
                            "selected",
                            "pledged",
                            "notified",
                            "licensed",
                            "ordered",
                            "delivering",
                            "delivered",
                        ],
                    )
                ),
                name="claim_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("halt__in", ["suspended", "cancelled", "refused", "lapsed", "seized", ""])),
                name="claim_halt_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "category__in",
                        [
                            "aircraft",
                            "air_defence",
                            "anti_submarine",
                            "armoured_vehicles",
                            "artillery",
                            "engines",
                            "missiles",
                            "naval_weapons",
                            "satellites",
                            "sensors",
                            "ships",
                            "other",
                            "small_arms",
                            "ammunition",
                            "services",
                        ],
                    )
                ),
                name="claim_category_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quantity_min__isnull", True),
                    ("quantity_max__isnull", True),
                    ("quantity_min__lte", models.F("quantity_max")),
                    _connector="OR",
                ),
                name="claim_quantity_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value_amount__isnull", True), models.Q(("value_currency", ""), _negated=True), _connector="OR"
                ),
                name="claim_value_has_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)), name="claim_confidence_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supplier__isnull", False), models.Q(("supplier_missing", ""), _negated=True), _connector="OR"
                ),
                name="claim_missing_supplier_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recipient__isnull", False), models.Q(("recipient_missing", ""), _negated=True), _connector="OR"
                ),
                name="claim_missing_recipient_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("statement__isnull", True)),
                fields=("reading", "group"),
                name="claim_one_article_voice",
            ),
        ),
        migrations.AddConstraint(
            model_name="weaponname",
            constraint=models.UniqueConstraint(fields=("weapon", "name"), name="weapon_name_once"),
        ),
        migrations.AddIndex(
            model_name="work",
            index=models.Index(fields=["state", "enqueued_at"], name="work_sweep"),
        ),
        migrations.AddConstraint(
            model_name="work",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "leased", "read", "set_aside", "failed"])),
                name="work_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="work",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", reports.choices.WorkState["LEASED"]), _negated=True),
                    ("lease_until__isnull", False),
                    _connector="OR",
                ),
                name="work_leased_until",
            ),
        ),
    ]
