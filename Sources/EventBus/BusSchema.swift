public import Storage

/// The tables of the bus.
public enum BusSchema {
    /// To be applied together with `EventLog.migrations`.
    public static let migrations = [
        Migration(module: "bus", number: 1, name: "keys, readers and jobs") { d in
            [
                """
                CREATE TABLE bus_key (
                    name \(d.text) PRIMARY KEY, public_key \(d.text) NOT NULL UNIQUE,
                    topics TEXT NOT NULL, work TEXT NOT NULL, created_at \(d.bigint) NOT NULL)
                """,
                """
                CREATE TABLE bus_reader (
                    name \(d.text) PRIMARY KEY, epoch TEXT NOT NULL, position \(d.bigint) NOT NULL)
                """,
                """
                CREATE TABLE bus_job (
                    id \(d.identity), key \(d.text) NOT NULL UNIQUE, queue \(d.text) NOT NULL, payload TEXT NOT NULL,
                    required INTEGER NOT NULL CHECK (required IN (0, 1)),
                    state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'sending', 'done', 'parked', 'dropped')),
                    attempts INTEGER NOT NULL DEFAULT 0, not_before \(d.bigint) NOT NULL, lease_until \(d.bigint),
                    token TEXT, worker TEXT, message_id TEXT, reason TEXT, result TEXT,
                    created_at \(d.bigint) NOT NULL, changed_at \(d.bigint) NOT NULL,
                    CHECK ((lease_until IS NULL) = (state NOT IN ('leased', 'sending'))))
                """,
                "CREATE INDEX bus_job_waiting ON bus_job (queue, not_before, id) WHERE state = 'waiting'",
                "CREATE INDEX bus_job_leased ON bus_job (queue, lease_until) WHERE lease_until IS NOT NULL",
                "CREATE INDEX bus_job_open ON bus_job (state, queue, id) WHERE state NOT IN ('done', 'dropped')",
            ]
        },
        Migration(module: "bus", number: 2, name: "durable readers") { d in
            [
                "ALTER TABLE bus_key ADD COLUMN readers TEXT NOT NULL DEFAULT ''",
                """
                CREATE TABLE bus_durable (
                    name \(d.text) PRIMARY KEY, topics TEXT NOT NULL, epoch TEXT NOT NULL, fence \(d.bigint) NOT NULL,
                    created_at \(d.bigint) NOT NULL)
                """,
                """
                CREATE TABLE bus_member (
                    reader \(d.text) NOT NULL, member \(d.text) NOT NULL, fence \(d.bigint) NOT NULL,
                    lease_until \(d.bigint) NOT NULL, PRIMARY KEY (reader, member))
                """,
                """
                CREATE TABLE bus_partition (
                    reader \(d.text) NOT NULL, "partition" INTEGER NOT NULL, position \(d.bigint) NOT NULL,
                    fence \(d.bigint), PRIMARY KEY (reader, "partition"))
                """,
            ]
        },
        Migration(module: "bus", number: 5, name: "results in parts") { d in
            [
                """
                CREATE TABLE bus_result (
                    job \(d.bigint) NOT NULL, token \(d.text) NOT NULL, start \(d.bigint) NOT NULL,
                    size \(d.bigint) NOT NULL, bytes \(d.blob) NOT NULL, PRIMARY KEY (job, token, start))
                """
            ]
        },
        Migration(module: "bus", number: 6, name: "terms of partitions") { d in
            ["ALTER TABLE bus_partition ADD COLUMN term \(d.bigint) NOT NULL DEFAULT 0"]
        },
        Migration(module: "bus", number: 7, name: "lanes of jobs") { d in
            [
                "ALTER TABLE bus_job ADD COLUMN lane \(d.text)",
                "CREATE INDEX bus_job_lane ON bus_job (queue, lane, not_before, id) WHERE state = 'waiting'",
            ]
        },
        Migration(module: "bus", number: 8, name: "finished jobs by their age") { _ in
            ["CREATE INDEX bus_job_finished ON bus_job (changed_at) WHERE state IN ('done', 'dropped')"]
        },
    ]
}
