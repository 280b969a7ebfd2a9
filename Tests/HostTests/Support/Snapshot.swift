import Host
import Storage
import TrivselTesting

extension HostHarness {
    /// Everything that a write of somebody could change, in a form that can be compared.
    func snapshot() async throws -> [String] {
        let tables = [
            "deviations_case", "deviations_entry", "deviations_measure", "host_module_switch", "host_session",
            "host_token",
            "idempotency_answer", "directory_person", "directory_grant", "directory_deputy", "directory_contact",
        ]
        let head = try await base.log.bounds().head
        return try await base.database.read { reader in
            var lines = try tables.map { table in
                let count = try reader.first("SELECT COUNT(*) FROM \(raw: table)") { $0.int(0) }
                return "\(table) \(count ?? -1)"
            }
            lines += try reader.query("SELECT uid, version FROM deviations_case ORDER BY uid") {
                "\($0.text(0)) \($0.int(1))"
            }
            lines += try reader.query("SELECT id, language FROM directory_person ORDER BY id") {
                "\($0.text(0)) \($0.text(1))"
            }
            return lines + ["head \(head)"]
        }
    }
}
