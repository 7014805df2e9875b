from django.db import migrations

from lianze.org.keys import ByteOrder


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        ByteOrder("organisation", "path", 80),
        ByteOrder("entry", "register", 40),
        ByteOrder("entry", "number", 60),
        ByteOrder("entry", "kind", 80),
        ByteOrder("entry", "state", 40),
        ByteOrder("entry", "level", 40),
        ByteOrder("participation", "role", 40),
        ByteOrder("participation", "capacity", 40),
    ]
