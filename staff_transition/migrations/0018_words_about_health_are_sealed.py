"""Seal what speaks of people's health: remarks, evidence of protected states, questions to counsel and their answers.

Going back opens them again. Read and written past the ORM, which would open what is not sealed yet.
"""

import common.fields
from django.db import migrations

SEALED = (
    ("worker", "remark"),
    ("historicalworker", "remark"),
    ("protectedcondition", "evidence"),
    ("historicalprotectedcondition", "evidence"),
    ("consultation", "question"),
    ("consultation", "advice"),
    ("historicalconsultation", "question"),
    ("historicalconsultation", "advice"),
)


def _rewrite(apps, schema_editor, change):
    quote = schema_editor.quote_name
    with schema_editor.connection.cursor() as cursor:
        for name, field in SEALED:
            model = apps.get_model("staff_transition", name)
            table, key, column = quote(model._meta.db_table), quote(model._meta.pk.column), quote(field)
            cursor.execute(f"SELECT {key}, {column} FROM {table} WHERE {column} <> ''")
            context = f"staff_transition.{name}.{field}"
            rows = [(change(text, context), pk) for pk, text in cursor.fetchall()]
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", rows)


def seal_words(apps, schema_editor):
    _rewrite(apps, schema_editor, common.fields.encrypt)


def open_words(apps, schema_editor):
    _rewrite(apps, schema_editor, common.fields.decrypt)


class Migration(migrations.Migration):

    dependencies = [
        ('staff_transition', '0017_the_history_is_whole'),
    ]

    operations = [
        migrations.AlterField(
            model_name='consultation',
            name='advice',
            field=common.fields.EncryptedTextField(blank=True, max_length=4000, verbose_name='答复意见'),
        ),
        migrations.AlterField(
            model_name='consultation',
            name='question',
            field=common.fields.EncryptedTextField(max_length=2000, verbose_name='问题'),
        ),
        migrations.AlterField(
            model_name='historicalconsultation',
            name='advice',
            field=common.fields.EncryptedTextField(blank=True, max_length=4000, verbose_name='答复意见'),
        ),
        migrations.AlterField(
            model_name='historicalconsultation',
            name='question',
            field=common.fields.EncryptedTextField(max_length=2000, verbose_name='问题'),
        ),
        migrations.AlterField(
            model_name='historicalprotectedcondition',
            name='evidence',
            field=common.fields.EncryptedTextField(blank=True, max_length=200, verbose_name='证明材料'),
        ),
        migrations.AlterField(
            model_name='historicalworker',
            name='remark',
            field=common.fields.EncryptedTextField(blank=True, max_length=500, verbose_name='备注'),
        ),
        migrations.AlterField(
            model_name='protectedcondition',
            name='evidence',
            field=common.fields.EncryptedTextField(blank=True, max_length=200, verbose_name='证明材料'),
        ),
        migrations.AlterField(
            model_name='worker',
            name='remark',
            field=common.fields.EncryptedTextField(blank=True, max_length=500, verbose_name='备注'),
        ),
        migrations.RunPython(seal_words, open_words),
    ]
