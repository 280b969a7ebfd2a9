import CPostgreSQL

/// What a server says beside its answers; libpq would print it.
final class Warnings {
    /// The last one, until it is taken away.
    var last: String?

    /// libpq's notice receiver; its first argument is an instance, which must live as long as the connection.
    static let count: PQnoticeReceiver = { owner, result in
        guard let owner = unsafe owner, let result = unsafe result else { return }
        let warnings = unsafe Unmanaged<Warnings>.fromOpaque(owner).takeUnretainedValue()
        let text = unsafe PQresultErrorField(result, Int32(PostgreSQLResult.Diagnosis.message.rawValue.value))
        warnings.last = unsafe text.map { unsafe oneLine(String(cString: $0)) } ?? "a warning"
    }
}
