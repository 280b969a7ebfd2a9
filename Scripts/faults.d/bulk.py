"""Many events at once, put into the log as another process would: the host sees them within 250 ms."""

TYPE = "bulk.happened.v1"


def append(database, count, bytes=200):
    """Adds `count` events to an SQLite log, which all read but no module heeds; the position of the last one."""
    database.execute(f"""
        -- The host's own commits are not to wait for this one's disk.
        PRAGMA synchronous = OFF;
        BEGIN IMMEDIATE;
        CREATE TEMP TABLE was AS SELECT coalesce(max(position), 0) AS head,
            (SELECT coalesce(max(position), 0) FROM event_log WHERE type = '{TYPE}') AS same FROM event_log;
        INSERT INTO event_log (position, previous, id, type, subject, "partition", time, body)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        SELECT head + i, CASE i WHEN 1 THEN same ELSE head + i - 1 END, lower(hex(randomblob(16))), '{TYPE}', 'bulk', 0, 1800000000000,
            '{{"text":"{'x' * bytes}"}}' FROM n, was;
        COMMIT;
    """)
    return database.rows("SELECT max(position) FROM event_log")[0][0]
