import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('subject', models.CharField(db_index=True, max_length=200)),
                ('body_hash', models.CharField(max_length=64)),
                ('actor_role', models.CharField(max_length=100)),
                ('at', models.DateTimeField()),
                ('leaf_hash', models.CharField(max_length=64)),
                ('root_hash', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['seq'],
                'constraints': [models.CheckConstraint(condition=models.Q(('seq__gte', 0)), name='ledger_entry_seq_starts_at_zero')],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(default=0)),
                ('frontier', models.JSONField(default=list)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='ledger_has_one_head')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='body', serialize=False, to='ledger.entry')),
                ('salt', models.CharField(max_length=64)),
                ('content', models.TextField()),
            ],
        ),
    ]
