import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('campaigns', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appraisal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_at', models.DateTimeField()),
                ('begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appraisals', to='campaigns.round')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appraisals', to='campaigns.unit')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=40)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('signed', 'Signed'), ('reopened', 'Opened again'), ('void', 'Void')], default='draft', max_length=10)),
                ('counted_on', models.DateField(verbose_name='counted on')),
                ('due', models.PositiveIntegerField(default=0, verbose_name='due')),
                ('present', models.PositiveIntegerField(default=0, verbose_name='present')),
                ('issued', models.PositiveIntegerField(default=0, verbose_name='issued')),
                ('collected', models.PositiveIntegerField(default=0, verbose_name='collected')),
                ('valid', models.PositiveIntegerField(default=0, verbose_name='valid')),
                ('spoilt', models.PositiveIntegerField(default=0, verbose_name='spoilt')),
                ('scrutineer', models.CharField(blank=True, max_length=60, verbose_name='scrutineer')),
                ('teller', models.CharField(blank=True, max_length=60, verbose_name='teller')),
                ('recorded_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('reopened_at', models.DateTimeField(blank=True, null=True)),
                ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='appraisals.appraisal')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reopened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['appraisal_id', 'form', 'number'],
            },
        ),
        migrations.CreateModel(
            name='CountLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=40)),
                ('votes', models.JSONField(default=dict)),
                ('abstained', models.PositiveIntegerField(default=0, verbose_name='abstained')),
                ('void', models.PositiveIntegerField(default=0, verbose_name='void cells')),
                ('count', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='appraisals.count')),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='count_lines', to='campaigns.participant')),
            ],
            options={
                'ordering': ['count_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('facts', models.JSONField(default=dict)),
                ('raised_at', models.DateTimeField()),
                ('decision', models.TextField(blank=True, verbose_name='decision')),
                ('decider', models.CharField(blank=True, max_length=100, verbose_name='decided by')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='appraisals.appraisal')),
                ('count', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='appraisals.count')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='campaigns.participant')),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['appraisal_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='opinion')),
                ('recorded_at', models.DateTimeField()),
                ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='appraisals.appraisal')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['appraisal_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PanelStratum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stratum', models.CharField(max_length=40)),
                ('due', models.PositiveIntegerField(verbose_name='due')),
                ('present', models.PositiveIntegerField(verbose_name='present')),
                ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='panel', to='appraisals.appraisal')),
            ],
            options={
                'ordering': ['appraisal_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='StageRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(max_length=40)),
                ('held_on', models.DateField(verbose_name='date')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='place')),
                ('content', models.TextField(verbose_name='record')),
                ('recorded_at', models.DateTimeField()),
                ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stage_records', to='appraisals.appraisal')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['appraisal_id', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='appraisal',
            constraint=models.UniqueConstraint(fields=('round', 'unit'), name='unit_is_appraised_once_in_round'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'reopened'), _negated=True), fields=('appraisal', 'form', 'number'), name='vote_is_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'signed')), fields=('appraisal', 'form'), name='one_vote_counts_per_form'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'signed', 'reopened', 'void'])), name='count_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', False), ('state__in', ('signed', 'reopened'))), models.Q(models.Q(('state__in', ('signed', 'reopened')), _negated=True), ('signed_at__isnull', True)), _connector='OR'), name='count_says_when_it_was_signed'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reopened_at__isnull', False), ('state', 'reopened')), models.Q(models.Q(('state', 'reopened'), _negated=True), ('reopened_at__isnull', True)), _connector='OR'), name='count_says_when_it_was_reopened'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'signed'), _negated=True), models.Q(('collected', django.db.models.expressions.CombinedExpression(models.F('valid'), '+', models.F('spoilt'))), ('due__gte', models.F('present')), ('issued__gte', models.F('collected'))), _connector='OR'), name='signed_count_keeps_its_identities', violation_error_message='The figures of the count do not add up.'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'signed'), _negated=True), models.Q(('scrutineer', ''), ('teller', ''), _connector='OR', _negated=True), _connector='OR'), name='signed_count_names_scrutineer_and_teller', violation_error_message='Name the scrutineer and the teller.'),
        ),
        migrations.AddConstraint(
            model_name='countline',
            constraint=models.UniqueConstraint(condition=models.Q(('participant__isnull', False)), fields=('count', 'participant', 'item'), name='count_line_of_a_member_is_stated_once'),
        ),
        migrations.AddConstraint(
            model_name='countline',
            constraint=models.UniqueConstraint(condition=models.Q(('participant__isnull', True)), fields=('count', 'item'), name='count_line_of_the_organization_is_stated_once'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(('decided_at__isnull', True), models.Q(('decision', ''), ('decider', ''), _connector='OR', _negated=True), _connector='OR'), name='decision_names_who_decided', violation_error_message='State the decision and who took it.'),
        ),
        migrations.AddConstraint(
            model_name='panelstratum',
            constraint=models.UniqueConstraint(fields=('appraisal', 'stratum'), name='stratum_is_stated_once'),
        ),
        migrations.AddConstraint(
            model_name='panelstratum',
            constraint=models.CheckConstraint(condition=models.Q(('present__lte', models.F('due'))), name='stratum_present_is_at_most_due', violation_error_message='Not more can be present than are due.'),
        ),
        migrations.AddConstraint(
            model_name='stagerecord',
            constraint=models.UniqueConstraint(fields=('appraisal', 'stage'), name='stage_is_recorded_once'),
        ),
    ]
