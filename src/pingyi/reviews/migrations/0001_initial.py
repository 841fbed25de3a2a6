import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('campaigns', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=40, verbose_name='form')),
                ('held_on', models.DateField(verbose_name='date')),
                ('place', models.CharField(max_length=100, verbose_name='place')),
                ('themes', models.JSONField(blank=True, default=list)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('saved', 'Saved'), ('discarded', 'Discarded')], default='draft', max_length=10)),
                ('draft', models.JSONField(blank=True, default=dict)),
                ('begun_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField(blank=True, null=True)),
                ('begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_meetings', to='campaigns.participant')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_meetings', to='campaigns.round')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_meetings', to='campaigns.unit')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'saved', 'discarded'])), name='meeting_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=40, verbose_name='form')),
                ('held_on', models.DateField(verbose_name='date')),
                ('place', models.CharField(max_length=100, verbose_name='place')),
                ('themes', models.JSONField(blank=True, default=list, verbose_name='themes')),
                ('achievements', models.TextField(blank=True)),
                ('problems', models.TextField(blank=True)),
                ('direction', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField()),
                ('follow_up', models.TextField(blank=True, verbose_name='follow-up')),
                ('followed_up_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawal_reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('followed_up_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='reviews.meeting')),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='campaigns.participant')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews_given', to='campaigns.participant')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='campaigns.round')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='campaigns.unit')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-held_on', '-id'],
                'indexes': [models.Index(fields=['round', 'participant'], name='review_by_round_and_person'), models.Index(fields=['round', 'unit'], name='review_by_round_and_unit'), models.Index(fields=['round', 'reviewer'], name='review_by_round_and_reviewer')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('participant__isnull', False), ('unit__isnull', True)), models.Q(('participant__isnull', True), ('unit__isnull', False)), _connector='OR'), name='review_has_one_subject'), models.CheckConstraint(condition=models.Q(('participant__isnull', True), models.Q(('participant', models.F('reviewer')), _negated=True), _connector='OR'), name='nobody_reviews_themselves', violation_error_message='Nobody reviews themselves.'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawal_reason', ''), _negated=True), _connector='OR'), name='withdrawn_review_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=40, verbose_name='scope')),
                ('way', models.CharField(max_length=40, verbose_name='way')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='where')),
                ('published_on', models.DateField(verbose_name='published on')),
                ('published_at', models.DateTimeField()),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_publications', to='campaigns.round')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_publications', to='campaigns.unit')),
                ('reviews', models.ManyToManyField(related_name='publications', to='reviews.review')),
            ],
            options={
                'ordering': ['-published_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Sign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('empty', 'Empty part'), ('thin', 'Too thin'), ('copied', 'Like another text')], max_length=10)),
                ('part', models.CharField(choices=[('achievements', 'Achievements'), ('problems', 'Shortcomings'), ('direction', 'Direction of efforts')], max_length=20)),
                ('likeness', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signs', to='reviews.review')),
                ('similar_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='reviews.review')),
            ],
            options={
                'ordering': ['review_id', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['empty', 'thin', 'copied'])), name='sign_kind_is_known'), models.CheckConstraint(condition=models.Q(('part__in', ['achievements', 'problems', 'direction'])), name='sign_part_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('affiliation', 'By affiliation'), ('charge', 'By division of labour'), ('edited', 'Changed by hand')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='campaigns.participant')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='assignments_given', to='campaigns.participant')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='campaigns.round')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='campaigns.unit')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('participant__isnull', False), ('unit__isnull', True)), models.Q(('participant__isnull', True), ('unit__isnull', False)), _connector='OR'), name='assignment_has_one_subject'), models.CheckConstraint(condition=models.Q(('source__in', ['affiliation', 'charge', 'edited'])), name='assignment_source_is_known'), models.CheckConstraint(condition=models.Q(('reason', ''), ('source', 'edited'), _negated=True), name='edited_assignment_has_a_reason', violation_error_message='A change of reviewer needs a reason.'), models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('round', 'unit'), name='unit_is_assigned_once_in_round'), models.UniqueConstraint(condition=models.Q(('participant__isnull', False)), fields=('round', 'participant'), name='participant_is_assigned_once_in_round')],
            },
        ),
    ]
