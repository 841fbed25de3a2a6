import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Sector',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('initials', models.CharField(blank=True, db_index=True, max_length=60)),
                ('identity_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ('identity_last4', models.CharField(blank=True, max_length=4, verbose_name='last four of the identity number')),
                ('gender', models.CharField(blank=True, choices=[('female', 'Female'), ('male', 'Male')], max_length=10, verbose_name='gender')),
                ('born_on', models.DateField(blank=True, null=True, verbose_name='born on')),
            ],
            options={
                'ordering': ['name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('gender__in', ['', 'female', 'male'])), name='person_gender_is_known')],
            },
        ),
        migrations.CreateModel(
            name='PostCategory',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, unique=True)),
                ('role', models.CharField(choices=[('secretary', 'Secretary'), ('leader', 'Member of the leading group')], max_length=20)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['secretary', 'leader'])), name='post_category_role_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(error_messages={'unique': 'This code is taken.'}, max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('initials', models.CharField(blank=True, db_index=True, max_length=100)),
                ('kind', models.CharField(choices=[('committee', 'Party committee'), ('work_committee', 'Working committee'), ('leading_group', 'Leading Party group'), ('general_branch', 'General branch'), ('branch', 'Branch')], max_length=20, verbose_name='kind')),
                ('level', models.CharField(choices=[('province', 'Province'), ('city', 'City'), ('county', 'County'), ('county_unit', 'County-level unit'), ('township', 'Township or subdistrict'), ('grassroots', 'Grassroots')], max_length=20, verbose_name='level')),
                ('valid_from', models.DateField(verbose_name='exists from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='exists to')),
                ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organizations.sector', verbose_name='sector')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('split', 'Split'), ('merge', 'Merge')], max_length=10)),
                ('on', models.DateField()),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='organizations.organization')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='precessions', to='organizations.organization')),
            ],
            options={
                'ordering': ['on'],
            },
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('formal', 'Formal'), ('secondary', 'Secondary')], default='formal', max_length=20)),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='to')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to='organizations.organization')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='child_affiliations', to='organizations.organization')),
            ],
            options={
                'ordering': ['organization_id', 'valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='affiliation_ends_after_it_begins', violation_error_message='The end must come after the beginning.'), models.CheckConstraint(condition=models.Q(('kind__in', ['formal', 'secondary'])), name='affiliation_kind_is_known'), models.CheckConstraint(condition=models.Q(('organization', models.F('parent')), _negated=True), name='organization_is_not_its_own_parent', violation_error_message='An organization cannot be placed under itself.'), models.UniqueConstraint(condition=models.Q(('kind', 'formal'), ('valid_to__isnull', True)), fields=('organization',), name='organization_has_one_open_formal_affiliation', violation_error_message='This organization already has a formal affiliation.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(choices=[('full', 'Full member'), ('probationary', 'Probationary member')], default='full', max_length=20, verbose_name='standing')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='to')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organizations.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='organizations.person')),
            ],
            options={
                'ordering': ['organization_id', 'person_id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='membership_ends_after_it_begins', violation_error_message='The end must come after the beginning.'), models.CheckConstraint(condition=models.Q(('standing__in', ['full', 'probationary'])), name='membership_standing_is_known'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('person',), name='person_has_one_open_membership', violation_error_message='This person is already a member of an organization.')],
            },
        ),
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='to')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charges', to='organizations.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charges', to='organizations.person')),
            ],
            options={
                'ordering': ['organization_id', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='charge_ends_after_it_begins', violation_error_message='The end must come after the beginning.'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('person', 'organization'), name='person_is_in_charge_once', violation_error_message='This person is already in charge of this organization.')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60, verbose_name='post')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='to')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organizations.organization')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='organizations.person')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organizations.postcategory', verbose_name='leader category')),
            ],
            options={
                'ordering': ['organization_id', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='post_ends_after_it_begins', violation_error_message='The end must come after the beginning.'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('person', 'organization', 'title'), name='person_holds_a_post_once', violation_error_message='This person already holds this post.')],
            },
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='organization_ends_after_it_begins', violation_error_message='The end must come after the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['committee', 'work_committee', 'leading_group', 'general_branch', 'branch'])), name='organization_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['province', 'city', 'county', 'county_unit', 'township', 'grassroots'])), name='organization_level_is_known'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_is_stated_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['split', 'merge'])), name='succession_kind_is_known'),
        ),
    ]
