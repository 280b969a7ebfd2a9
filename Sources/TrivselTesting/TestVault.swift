import Logging
public import Storage
public import Vault

/// Gives each test a vault of its own.
public enum TestVault {
    /// Opens a vault with a new keys' database over `data`, gives it to `body`, and removes it. `data` must have `Vault.migrations`.
    public static func with<Value>(
        _ engine: Engine, data: Database, isolation: isolated (any Actor)? = #isolation,
        _ body: (Vault) async throws -> Value
    ) async throws -> Value {
        try await TestDatabase.with(engine) { keys in
            let masters = try MasterKeys(text: MasterKeys.makeLine(), from: "the test")
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let vault = try await Vault.open(data: data, keys: keys.url, masters: masters, logger: logger)
            do {
                let value = try await body(vault)
                await vault.close()
                return value
            } catch {
                await vault.close()
                throw error
            }
        }
    }
}
