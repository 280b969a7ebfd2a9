extension Database {
    func startPostgreSQL(_ connectionString: String) async throws {
        throw StorageError(.unavailable, "PostgreSQL is not supported yet")
    }

    func startSequencer(_ connectionString: String) {}
}
