import Testing

@testable import Storage

struct EncryptionTests {
    @Test(arguments: [
        "postgres://u:p@db.example.no/t", "postgres://u:p@10.0.0.7:5432/t?target_session_attrs=read-write",
        "postgresql://127.0.0.1,db2/t", "postgres:///t?host=db", "postgres:///t?hostaddr=10.0.0.7",
        "postgres://[2001:db8::7]:5432/t", "postgres://u@127.evil.example/t",
    ])
    func `a server on another machine is reached by TLS only`(address: String) {
        let encrypted = DatabaseURL.encrypted(address, environment: [:])
        #expect(encrypted.hasPrefix(address) && encrypted.dropFirst(address.count).dropFirst() == "sslmode=require")
    }

    @Test(arguments: [
        "postgres://u:p@127.0.0.1:5432/t", "postgres://localhost,[::1]/t", "postgres:///t",
        "postgres:///t?host=/run/postgresql",
        "postgres://%2Frun%2Fpostgresql/t", "postgres://db.example.no/t?sslmode=verify-full",
        "postgres://db.example.no/t?sslmode=disable",
    ])
    func `one on this machine, and one of which it is said how, are reached as they say`(address: String) {
        #expect(DatabaseURL.encrypted(address, environment: [:]) == address)
    }

    @Test(arguments: [["PGHOST": "db.example.no"], ["PGHOSTADDR": "127.0.0.1,10.0.0.7"], ["PGSERVICE": "db"]])
    func `where the environment says where, that counts`(environment: [String: String]) {
        for address in ["postgres:///t", "postgres://:5433/t"] {
            #expect(DatabaseURL.encrypted(address, environment: environment) == "\(address)?sslmode=require")
        }
        let here = "postgres://127.0.0.1/t"
        #expect(DatabaseURL.encrypted(here, environment: environment) == here)
        #expect(DatabaseURL.encrypted("postgres:///t?service=db", environment: [:]).hasSuffix("&sslmode=require"))
        #expect(DatabaseURL.encrypted("postgres:///t", environment: ["PGHOST": "/run"]) == "postgres:///t")
    }

    @Test func `the environment may say how, as it may to libpq`() {
        let address = "postgres://db.example.no/t"
        #expect(DatabaseURL.encrypted(address, environment: ["PGSSLMODE": "verify-full"]) == address)
    }
}
