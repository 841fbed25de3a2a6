import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RosterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filename', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('file', models.FileField(upload_to='imports/%Y/')),
                ('state', models.CharField(choices=[('reading', 'Being read'), ('refused', 'Has errors'), ('previewed', 'Ready to apply'), ('applying', 'Being applied'), ('applied', 'Applied'), ('undone', 'Undone'), ('discarded', 'Discarded'), ('failed', 'Failed')], default='reading', max_length=20)),
                ('effective_on', models.DateField()),
                ('complete', models.BooleanField(default=False)),
                ('mapping', models.JSONField(blank=True, default=dict)),
                ('errors', models.JSONField(blank=True, default=list)),
                ('notes', models.JSONField(blank=True, default=list)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('uploaded_at', models.DateTimeField()),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('applied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RosterChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('add', 'Addition'), ('change', 'Change'), ('end', 'Ending')], max_length=10)),
                ('model', models.CharField(max_length=20)),
                ('sheet', models.CharField(blank=True, max_length=60)),
                ('row', models.PositiveIntegerField(blank=True, null=True)),
                ('label', models.CharField(max_length=200)),
                ('object_id', models.BigIntegerField(default=0)),
                ('said', models.JSONField()),
                ('roster_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='rosters.rosterimport')),
            ],
            options={
                'ordering': ['roster_import_id', 'position'],
            },
        ),
        migrations.AddConstraint(
            model_name='rosterimport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'refused', 'previewed', 'applying', 'applied', 'undone', 'discarded', 'failed'])), name='import_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='rosterchange',
            constraint=models.UniqueConstraint(fields=('roster_import', 'position'), name='import_change_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='rosterchange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['add', 'change', 'end'])), name='import_change_kind_is_known'),
        ),
    ]
