import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0002_classification'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('pack_code', models.CharField(max_length=60)),
                ('pack', models.JSONField()),
                ('pack_hash', models.CharField(max_length=64)),
                ('cut_off_on', models.DateField(verbose_name='cut-off date')),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('initials', models.CharField(blank=True, max_length=60)),
                ('standing', models.CharField(blank=True, max_length=20)),
                ('is_active', models.BooleanField(default=True)),
                ('since', models.DateTimeField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='campaigns.campaign')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.person')),
            ],
            options={
                'ordering': ['unit_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20)),
                ('name', models.CharField(max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
                ('opens_on', models.DateField(verbose_name='opens on')),
                ('closes_on', models.DateField(verbose_name='closes on')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('open', 'Open'), ('closed', 'Closed')], default='planned', max_length=10)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='campaigns.campaign')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['campaign_id', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=100)),
                ('due_on', models.DateField(verbose_name='due on')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='campaigns.round')),
            ],
            options={
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(db_index=True, max_length=120)),
                ('depth', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=100)),
                ('initials', models.CharField(blank=True, max_length=100)),
                ('kind', models.CharField(max_length=20)),
                ('level', models.CharField(max_length=20)),
                ('sector', models.CharField(blank=True, max_length=40)),
                ('is_reporting', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('since', models.DateTimeField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='campaigns.campaign')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='campaigns.unit')),
            ],
            options={
                'ordering': ['path'],
            },
        ),
        migrations.CreateModel(
            name='ParticipantPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('role', models.CharField(blank=True, max_length=20)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='campaigns.participant')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='campaigns.unit')),
            ],
            options={
                'ordering': ['unit_id', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ParticipantCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charges', to='campaigns.participant')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charges', to='campaigns.unit')),
            ],
            options={
                'ordering': ['unit_id', 'id'],
            },
        ),
        migrations.AddField(
            model_name='participant',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='members', to='campaigns.unit'),
        ),
        migrations.CreateModel(
            name='FormerUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('path', models.CharField(max_length=120)),
                ('sector', models.CharField(blank=True, max_length=40)),
                ('is_active', models.BooleanField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former', to='campaigns.unit')),
            ],
            options={
                'ordering': ['unit_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='FormerParticipant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('standing', models.CharField(blank=True, max_length=20)),
                ('is_active', models.BooleanField()),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former', to='campaigns.participant')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.unit')),
            ],
            options={
                'ordering': ['participant_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty', models.CharField(max_length=40)),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('exempted_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('exempted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='exemptions', to='campaigns.participant')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exemptions', to='campaigns.round')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='exemptions', to='campaigns.unit')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('participant_moved', 'Person moved to another organization'), ('participant_added', 'Person added'), ('participant_removed', 'Person removed'), ('standing_changed', 'Standing changed'), ('unit_moved', 'Organization moved'), ('unit_added', 'Organization added'), ('unit_removed', 'Organization removed')], max_length=30)),
                ('before', models.JSONField(blank=True, default=dict)),
                ('after', models.JSONField(blank=True, default=dict)),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('amended_at', models.DateTimeField()),
                ('amended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='campaigns.campaign')),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='campaigns.participant')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='campaigns.unit')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='campaign_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('campaign', 'code'), name='round_code_is_unique_in_campaign'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'open', 'closed'])), name='round_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='round_closes_after_it_opens', violation_error_message='The round must close on or after the day it opens.'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.UniqueConstraint(fields=('round', 'tier'), name='deadline_is_stated_once_per_tier'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('campaign', 'organization'), name='unit_is_once_in_campaign'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('campaign', 'code'), name='unit_code_is_unique_in_campaign'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('campaign', 'path'), name='unit_path_is_unique_in_campaign'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='unit_has_a_code_and_a_name'),
        ),
        migrations.AddConstraint(
            model_name='participantcharge',
            constraint=models.UniqueConstraint(fields=('participant', 'unit'), name='charge_is_frozen_once'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('campaign', 'person'), name='participant_is_once_in_campaign'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='participant_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='formerunit',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='former_unit_stood_forwards'),
        ),
        migrations.AddConstraint(
            model_name='formerparticipant',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='former_participant_stood_forwards'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('duty', ''), _negated=True), name='exemption_names_a_duty'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('participant__isnull', False), ('unit__isnull', True)), models.Q(('participant__isnull', True), ('unit__isnull', False)), _connector='OR'), name='exemption_has_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='exemption_has_a_reason', violation_error_message='An exemption needs a reason.'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True), ('unit__isnull', False)), fields=('round', 'duty', 'unit'), name='unit_is_exempted_once'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.UniqueConstraint(condition=models.Q(('participant__isnull', False), ('revoked_at__isnull', True)), fields=('round', 'duty', 'participant'), name='participant_is_exempted_once'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['participant_moved', 'participant_added', 'participant_removed', 'standing_changed', 'unit_moved', 'unit_added', 'unit_removed'])), name='amendment_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='amendment_has_a_reason', violation_error_message='An amendment needs a reason.'),
        ),
    ]
