"""The rows of a database of PostgreSQL, set aside once and put back again and again.

To copy or to empty a database, PostgreSQL makes a file for each of its tables and indexes anew,
which takes it a hundred times as long. Triggers and foreign keys sleep while rows are put back.
"""

from typing import Any

# Every table stands once more in a schema of its own, beside what is numbered.
SET_ASIDE = """
    CREATE SCHEMA {aside};
    CREATE TABLE {aside}."sequences of all" (name text, last bigint, called boolean);
    DO $$ DECLARE one name; BEGIN
        FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('CREATE TABLE {aside}.%1$I AS TABLE public.%1$I', one);
        END LOOP;
        FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
            EXECUTE format('INSERT INTO {aside}."sequences of all"
                SELECT %1$L, last_value, is_called FROM public.%1$I', one);
        END LOOP;
    END $$
"""
PUT_BACK = """
    SET session_replication_role = replica;
    DO $$ DECLARE one name; BEGIN
        FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('DELETE FROM public.%1$I', one);
            EXECUTE format('INSERT INTO public.%1$I TABLE {aside}.%1$I', one);
        END LOOP;
    END $$;
    SET session_replication_role = DEFAULT
"""
COUNT_AGAIN = """
    SELECT setval(format('public.%I', name)::regclass, last, called)
        FROM {aside}."sequences of all"
"""


def set_aside(connection: Any, aside: str) -> None:
    """Note all rows as they are, in a schema of that name."""
    _run(connection, SET_ASIDE.replace("{aside}", aside))


def put_back(connection: Any, aside: str) -> None:
    """All rows are as they were; what comes next has numbers that were never given."""
    _run(connection, PUT_BACK.replace("{aside}", aside))


def count_again(connection: Any, aside: str) -> None:
    """What comes next has the numbers that it would have had then."""
    _run(connection, COUNT_AGAIN.replace("{aside}", aside))


def _run(connection: Any, sql: str) -> None:
    with connection.cursor() as cursor:
        # Past all who watch what deeds do (tests.ledger_last): this is none.
        cursor.cursor.execute(sql)
