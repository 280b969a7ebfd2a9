import CPostgreSQL
import EventKit

/// A connection to PostgreSQL, through libpq.
@safe
final class PostgreSQLConnection: Connection {
    let dialect = Dialect.postgres
    private let handle: OpaquePointer
    private let warnings = Warnings()
    /// Names of the statements prepared on this connection, by their text.
    private var prepared: [String: String] = [:]

    /// Connects and sets up the session.
    ///
    /// - Throws: ``StorageError`` `.unavailable`, in one line.
    init(_ connectionString: String, readOnly: Bool, lockTimeout: Duration) throws {
        unsafe handle = try Self.connect(connectionString)
        unsafe PQsetNoticeReceiver(handle, Warnings.count, Unmanaged.passUnretained(warnings).toOpaque())
        let milliseconds =
            lockTimeout.components.seconds * 1000 + lockTimeout.components.attoseconds / 1_000_000_000_000_000
        // Statements are planned once: planning a list anew for its values took three times as long as reading it.
        try simple(
            """
            SET client_min_messages = warning; SET lock_timeout = \(max(1, milliseconds));
            SET default_transaction_read_only = \(readOnly ? "on" : "off"); SET plan_cache_mode = force_generic_plan;
            SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3
            """)
    }

    deinit { unsafe PQfinish(handle) }

    private static func connect(_ connectionString: String) throws -> OpaquePointer {
        // A dead server is noticed within half a minute; the connection string comes last and may say otherwise. And the
        // server notices a dead host, whose locks others wait for.
        let defaults = [
            "connect_timeout": "5", "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
            "tcp_user_timeout": "25000",
            "application_name": "trivsel",
        ]
        let names = Array(defaults.keys) + ["dbname", "client_encoding"]
        let values = Array(defaults.values) + [connectionString, "UTF8"]
        let handle = unsafe try Parameters(names.map { .text($0) }).withPointers { names in
            unsafe try Parameters(values.map { .text($0) }).withPointers { values in
                unsafe PQconnectdbParams(names, values, 1)
            }
        }
        guard let handle = unsafe handle else {
            throw StorageError(.unavailable, "libpq has no memory for a connection")
        }
        guard unsafe PQstatus(handle) == CONNECTION_OK else {
            let reason = unsafe oneLine(String(cString: PQerrorMessage(handle)))
            unsafe PQfinish(handle)
            throw StorageError(.unavailable, "cannot connect to PostgreSQL: \(reason)")
        }
        return unsafe handle
    }

    /// Set when the server cannot be used any more though it answers, such as after it has become a standby.
    private var isUseless = false

    /// False when the server has gone; asks the socket, not the server.
    var isAlive: Bool {
        // Twice, because the first call may only read the server's farewell.
        unsafe !isUseless && PQconsumeInput(handle) == 1 && PQconsumeInput(handle) == 1
            && PQstatus(handle) == CONNECTION_OK
    }

    var isInTransaction: Bool { unsafe PQtransactionStatus(handle) != PQTRANS_IDLE }

    func run(_ sql: SQL, _ body: (Row) throws -> Bool) throws -> Int {
        let name = try preparedName(sql.text)
        let result = unsafe try checked(execute(name, sql.values), sql.text)
        let problem = Row.Problem()
        for index in 0..<result.rowCount {
            guard try body(Row(.postgres(result, index), problem)) else { break }
        }
        return result.changedRows
    }

    /// Runs statements without values, several in one round trip.
    func simple(_ text: String) throws {
        _ = unsafe try checked(PQexec(handle, text), text)
    }

    /// Ends the transaction and keeps it.
    ///
    /// - Throws: ``StorageError`` `.unavailable` also when the server says it kept it, but warns: its wait for a synchronous
    ///   standby was cancelled, and after a failover it would be gone.
    func commit() throws {
        warnings.last = nil
        try simple("COMMIT")
        guard let warning = warnings.last else { return }
        throw StorageError(.unavailable, "the commit is not known to be safe: \(warning)")
    }

    /// Adds rows by COPY; `body` sends them, in COPY's text format, in as many pieces as it likes.
    func copy(into target: String, _ body: (_ send: ([UInt8]) throws -> Void) throws -> Void) throws {
        let statement = "COPY \(target) FROM STDIN"
        try simple(statement)
        let sent = Result {
            try body { bytes in
                let sent = unsafe bytes.withUnsafeBytes { buffer in
                    unsafe PQputCopyData(
                        handle, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
                }
                guard sent == 1 else { throw lost }
            }
        }
        let isWhole = if case .success = sent { true } else { false }
        unsafe PQputCopyEnd(handle, isWhole ? nil : "stopped")
        let end = Result { unsafe try checked(PQgetResult(handle), statement) }
        while let more = unsafe PQgetResult(handle) { unsafe PQclear(more) }
        try sent.get()
        _ = try end.get()
    }

    private func preparedName(_ text: String) throws -> String {
        if let name = prepared[text] { return name }
        // Texts made of lists are many; few are used often.
        if prepared.count >= 400 {
            try simple("DEALLOCATE ALL")
            prepared = [:]
        }
        let name = "s\(prepared.count)"
        _ = unsafe try checked(PQprepare(handle, name, text.withNumberedPlaceholders, 0, nil), text)
        prepared[text] = name
        return name
    }

    private func execute(_ name: String, _ values: [SQLValue]) throws -> OpaquePointer? {
        let parameters = try Parameters(values)
        return unsafe parameters.withPointers { pointers in
            unsafe PQexecPrepared(
                handle, name, Int32(values.count), pointers, parameters.lengths, parameters.formats, 0)
        }
    }

    private var lost: StorageError {
        let reason = unsafe oneLine(String(cString: PQerrorMessage(handle)))
        return StorageError(.unavailable, "the connection to PostgreSQL was lost: \(reason)")
    }

    private func checked(_ pointer: OpaquePointer?, _ statement: String) throws -> PostgreSQLResult {
        guard let pointer = unsafe pointer else { throw lost }
        let result = unsafe PostgreSQLResult(pointer)
        guard result.succeeded else {
            let error = StorageError(result, statement: statement)
            isUseless = isUseless || error.kind == .unavailable
            throw error
        }
        return result
    }
}

func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
}
