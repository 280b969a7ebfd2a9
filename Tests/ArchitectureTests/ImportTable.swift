/// One row of "who may import what": a folder, and the modules that the sources in it may name.
///
/// In `folder`, `*` is the name of a feature module; in `may` and `never`, `*` is that same module and `?` any feature
/// module.
struct ImportRow: Sendable, CustomStringConvertible {
    let folder: String
    let may: Set<String>
    /// What a planted source imports to show that the row holds; none of it is in `may`.
    let never: [String]

    var description: String { folder }
}

/// The table. A source is held by the row with the longest folder that it stands in; one that no row holds is reported.
enum ImportTable {
    /// What every target may import: the standard library's own modules and Foundation.
    static let everywhere: Set = ["Foundation", "FoundationEssentials", "Synchronization"]

    static let rows: [ImportRow] = [
        // From the ground up
        ImportRow(folder: "Sources/EventKit", may: [], never: ["CalendarKit", "Storage", "ModuleKit", "Hummingbird"]),
        ImportRow(folder: "Sources/CalendarKit", may: ["EventKit"], never: ["Storage", "ModuleKit", "Hummingbird"]),
        ImportRow(folder: "Sources/ZeroMQ", may: ["CZeroMQ", "Glibc"], never: ["EventKit", "EventBus", "Storage"]),
        ImportRow(folder: "Sources/Gzip", may: ["CZlib"], never: ["EventKit", "ModuleKit", "Hummingbird"]),
        ImportRow(
            folder: "Sources/QREncode", may: ["CQREncode", "CPNG"], never: ["EventKit", "ModuleKit", "Hummingbird"]),
        ImportRow(
            folder: "Sources/Storage",
            may: ["EventKit", "GRDB", "GRDBSQLite", "CSQLite", "CPostgreSQL", "Logging", "Glibc", "Dispatch"],
            never: ["ModuleKit", "EventBus", "CZeroMQ", "Hummingbird"]),
        ImportRow(
            folder: "Sources/EventBus",
            may: ["EventKit", "Storage", "ZeroMQ", "ServiceLifecycle", "Logging", "Metrics"],
            never: ["CZeroMQ", "GRDB", "CPostgreSQL", "ModuleKit", "Hummingbird"]),
        ImportRow(
            folder: "Sources/Vault",
            may: ["EventKit", "Storage", "Crypto", "CryptoExtras", "ServiceLifecycle", "Logging", "Dispatch"],
            never: ["ModuleKit", "EventBus", "GRDB", "CPostgreSQL", "Hummingbird", "DeviationsContract"]),
        ImportRow(
            folder: "Sources/Attachments",
            may: ["Vault", "Storage", "EventKit", "Logging", "NIOCore", "NIOPosix", "Subprocess", "Glibc"],
            never: ["ModuleKit", "Crypto", "GRDB", "CPostgreSQL", "Hummingbird", "DeviationsContract"]),
        ImportRow(
            folder: "Sources/WebhookKit", may: ["Crypto", "Glibc"],
            never: ["EventKit", "EventBus", "Storage", "CCurl", "ModuleKit", "Hummingbird"]),
        ImportRow(
            folder: "Sources/OpenID", may: ["AsyncHTTPClient", "JWTKit", "Crypto", "NIOCore", "NIOHTTP1", "NIOSSL"],
            never: ["EventKit", "Storage", "ModuleKit", "Host", "Hummingbird", "DeviationsContract"]),
        ImportRow(
            folder: "Sources/ModuleKit",
            may: [
                "EventKit", "CalendarKit", "Storage", "Vault", "Attachments", "Hummingbird", "ServiceLifecycle",
                "Configuration",
                "Logging", "Metrics",
                "Crypto",
                "HTTPTypes", "NIOCore",
            ],
            never: ["Host", "EventBus", "ZeroMQ", "GRDB", "DeviationsContract", "DeviationsCore", "DeviationsModule"]),
        ImportRow(
            folder: "Sources/Workers",
            may: [
                "EventBus", "EventKit", "WebhookKit", "CCurl", "ServiceLifecycle", "Logging", "Metrics", "Dispatch",
                "Glibc",
                "?Contract",
            ],
            never: ["Storage", "ModuleKit", "Host", "ZeroMQ", "DeviationsCore", "DeviationsModule"]),
        ImportRow(
            folder: "Sources/Host",
            may: [
                "ModuleKit", "Attachments", "EventKit", "CalendarKit", "EventBus", "Gzip", "QREncode", "Storage",
                "Vault", "WebhookKit", "OpenID",
                "Hummingbird", "HummingbirdTLS",
                "ServiceLifecycle", "Logging",
                "Metrics", "Crypto", "HTTPTypes", "NIOCore", "NIOPosix", "NIOSSL", "Configuration", "Yams",
                "UnixSignals",
                "Glibc",
            ],
            never: [
                "ZeroMQ", "GRDB", "CPostgreSQL", "Workers", "JWTKit", "AsyncHTTPClient", "DeviationsContract",
                "DeviationsCore", "DeviationsModule",
            ]),
        ImportRow(
            folder: "Sources/trivsel",
            may: [
                "Host", "ModuleKit", "EventKit", "EventBus", "Vault", "Storage", "WebhookKit", "Workers",
                "ArgumentParser",
                "ServiceLifecycle",
                "Logging", "Metrics", "UnixSignals",
                "Glibc", "?Module",
            ],
            never: ["ZeroMQ", "GRDB", "CPostgreSQL", "DeviationsCore"]),
        ImportRow(
            folder: "Sources/TrivselTesting",
            may: [
                "Vault", "Storage", "EventKit", "EventBus", "CalendarKit", "ModuleKit", "Host", "Hummingbird",
                "HummingbirdTesting", "HTTPTypes",
                "NIOCore", "Logging", "Crypto", "CryptoExtras",
            ],
            never: ["GRDB", "CPostgreSQL", "ZeroMQ", "OpenID", "JWTKit", "DeviationsModule"]),

        // A feature module
        ImportRow(
            folder: "Plugins/*/Contract", may: ["EventKit"],
            never: ["*Core", "MeetingsContract", "CalendarKit", "ModuleKit", "Storage", "Hummingbird"]),
        ImportRow(
            folder: "Plugins/*/Core", may: ["*Contract", "EventKit", "CalendarKit"],
            never: [
                "MeetingsContract", "MeetingsCore", "ModuleKit", "Storage", "Hummingbird", "GRDB", "CPostgreSQL",
                "CZeroMQ", "Logging",
            ]),
        ImportRow(
            folder: "Plugins/*/Module", may: moduleMay, never: moduleNever),
        ImportRow(
            folder: "Plugins/*/Module/Views", may: moduleMay.subtracting(["Storage"]),
            never: moduleNever + ["Storage"]),
        ImportRow(
            folder: "Plugins/*/Tests/CoreTests", may: ["*Core", "*Contract", "EventKit", "CalendarKit", "Testing"],
            never: ["*Module", "Storage", "MeetingsCore", "GRDB"]),
        ImportRow(
            folder: "Plugins/*/Tests/ModuleTests",
            may: moduleMay.union(["*Module", "TrivselTesting", "HummingbirdTesting", "Testing"]),
            never: ["MeetingsModule", "MeetingsCore", "GRDB", "CPostgreSQL", "ZeroMQ", "EventBus"]),
    ]

    private static let moduleMay: Set = [
        "*Contract", "*Core", "?Contract", "ModuleKit", "Storage", "Vault", "Attachments", "EventKit", "CalendarKit",
        "Hummingbird", "HTTPTypes", "Logging", "ServiceLifecycle",
    ]
    private static let moduleNever = [
        "MeetingsCore", "MeetingsModule", "Host", "EventBus", "ZeroMQ", "CZeroMQ", "NIOCore", "GRDB", "CPostgreSQL",
        "CCurl",
        "Glibc",
    ]

    /// What the source imports and may not, as `path:line: …`.
    static func violations(in source: Source) -> [String] {
        let held = rows.filter { stands(source.path, in: $0.folder) }
        guard let row = held.max(by: { $0.folder.count < $1.folder.count }) else {
            return ["\(source.path): stands in a folder that the import table does not name"]
        }
        let module = source.path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        return source.imports
            .filter { !everywhere.contains($0.module) && !row.allows($0.module, own: module) }
            .map { "\(source.path):\($0.number): \(row.folder) may not import \($0.module)" }
    }

    private static func stands(_ path: String, in folder: String) -> Bool {
        let parts = path.split(separator: "/")
        let wanted = folder.split(separator: "/")
        return parts.count > wanted.count && zip(parts, wanted).allSatisfy { $1 == "*" || $0 == $1 }
    }
}

extension ImportRow {
    func allows(_ name: String, own module: String) -> Bool {
        may.contains { allowed in
            switch allowed.first {
            case "*": name == module + allowed.dropFirst()
            case "?": name.hasSuffix(allowed.dropFirst()) && name.count > allowed.count - 1
            default: name == allowed
            }
        }
    }
}
