// swift-tools-version: 6.2
import PackageDescription

// What every Swift target of ours is built with: see the house style in README.md.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]
// Targets that touch C pointers mark each such expression `unsafe`.
let pointers = strict + [.strictMemorySafety()]

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let jwt: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")

/// The targets of one feature module; every module has the same five. `others` are the modules whose Contract it reads.
func module(_ name: String, others: [String] = []) -> [Target] {
    let folder = "Plugins/\(name)"
    let contract = "\(name)Contract"
    let core = "\(name)Core"
    let main = "\(name)Module"
    return [
        .target(name: contract, dependencies: ["EventKit"], path: "\(folder)/Contract", swiftSettings: strict),
        .target(
            name: core, dependencies: [.init(stringLiteral: contract), "EventKit", "CalendarKit"],
            path: "\(folder)/Core",
            swiftSettings: strict),
        .target(
            name: main,
            dependencies: [
                .init(stringLiteral: contract), .init(stringLiteral: core), "EventKit", "CalendarKit", "ModuleKit",
                "Storage", "Vault", "Attachments",
                hummingbird, httpTypes, lifecycle, logging,
            ] + others.map { .init(stringLiteral: "\($0)Contract") },
            path: "\(folder)/Module", resources: [.embedInCode("Resources")], swiftSettings: strict),
        .testTarget(
            name: "\(core)Tests",
            dependencies: [.init(stringLiteral: core), .init(stringLiteral: contract), "EventKit", "CalendarKit"],
            path: "\(folder)/Tests/CoreTests", swiftSettings: strict),
        .testTarget(
            name: "\(main)Tests",
            dependencies: [
                .init(stringLiteral: main), .init(stringLiteral: core), .init(stringLiteral: contract), "EventKit",
                "CalendarKit",
                "ModuleKit", "Storage", "Vault", "Attachments", "TrivselTesting", hummingbird, httpTypes, lifecycle,
                logging,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ] + others.map { .init(stringLiteral: "\($0)Contract") },
            path: "\(folder)/Tests/ModuleTests", swiftSettings: strict),
    ]
}

let package = Package(
    name: "trivsel",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "trivsel", targets: ["trivsel"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // C libraries
        .systemLibrary(name: "CZeroMQ", pkgConfig: "libzmq", providers: [.apt(["libzmq3-dev"])]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),

        // Ours, from the ground up
        .target(name: "EventKit", swiftSettings: strict),
        .target(name: "CalendarKit", dependencies: ["EventKit"], swiftSettings: strict),
        .target(name: "ZeroMQ", dependencies: ["CZeroMQ"], swiftSettings: pointers),
        .target(name: "QREncode", dependencies: ["CQREncode", "CPNG"], swiftSettings: pointers),
        .target(name: "Gzip", dependencies: ["CZlib"], swiftSettings: pointers),
        .target(
            name: "Storage",
            dependencies: [
                "EventKit", "CPostgreSQL", "CSQLite", logging, .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: pointers),
        .target(
            name: "Vault", dependencies: ["EventKit", "Storage", crypto, cryptoExtras, lifecycle, logging],
            swiftSettings: strict),
        .target(
            name: "Attachments",
            dependencies: [
                "Vault", "Storage", "EventKit", logging, nioCore, .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ], exclude: ["README.md"], swiftSettings: strict),
        .target(
            name: "EventBus", dependencies: ["EventKit", "Storage", "ZeroMQ", lifecycle, logging, metrics],
            exclude: ["Relay/README.md", "Work/README.md"], swiftSettings: strict),
        .target(
            name: "ModuleKit",
            dependencies: [
                "EventKit", "CalendarKit", "Storage", "Vault", "Attachments", hummingbird, lifecycle, logging, metrics,
                crypto, httpTypes,
                nioCore,
                .product(name: "Configuration", package: "swift-configuration"),
            ], swiftSettings: strict),
        .target(name: "WebhookKit", dependencies: [crypto], swiftSettings: pointers),
        .target(
            name: "OpenID", dependencies: [crypto, httpClient, jwt, nioCore, nioHTTP1, nioSSL],
            swiftSettings: strict),
        .target(
            name: "Host",
            dependencies: [
                "ModuleKit", "Attachments", "EventKit", "CalendarKit", "EventBus", "Gzip", "QREncode", "Storage",
                "Vault", "WebhookKit", "OpenID",
                hummingbird, .product(name: "HummingbirdTLS", package: "hummingbird"), nioSSL,
                lifecycle, signals, logging, metrics, crypto, httpTypes,
                nioCore, .product(name: "Configuration", package: "swift-configuration"), "Yams",
                .product(name: "NIOPosix", package: "swift-nio"),
            ], exclude: ["Audit/DECISION.md", "Privacy/DECISION.md"], resources: [.embedInCode("Resources")],
            swiftSettings: strict),
        .target(
            name: "Workers",
            dependencies: ["EventKit", "EventBus", "WebhookKit", "CCurl", lifecycle, logging, metrics],
            swiftSettings: pointers),
        .executableTarget(
            name: "trivsel",
            dependencies: [
                "Host", "ModuleKit", "EventKit", "EventBus", "Vault", "Storage", "WebhookKit", "Workers",
                "DeviationsModule",
                "WhistleblowingModule",
                lifecycle, signals, logging, metrics,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),
        // `Scripts/bench --bus`
        .executableTarget(
            name: "bus-bench", dependencies: ["EventBus", "EventKit", "Storage", "ZeroMQ", logging],
            path: "Scripts/bench.d/BusBench", swiftSettings: strict),
        // `Scripts/bench`
        .executableTarget(
            name: "access-bench", dependencies: ["DeviationsModule", "EventKit", "ModuleKit", "WhistleblowingModule"],
            path: "Scripts/bench.d/AccessBench", swiftSettings: strict),
        .target(
            name: "TrivselTesting",
            dependencies: [
                "Storage", "EventKit", "EventBus", "CalendarKit", "Vault", "ModuleKit", "Host", hummingbird, httpTypes,
                logging,
                nioCore, crypto, cryptoExtras,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ], swiftSettings: strict),

        // Tests of what crosses modules
        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        .testTarget(name: "CalendarTests", dependencies: ["CalendarKit", "EventKit"], swiftSettings: strict),
        .testTarget(
            name: "StorageTests",
            dependencies: ["Storage", "EventKit", "TrivselTesting", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(
            name: "VaultTests",
            dependencies: ["Vault", "Storage", "EventKit", "TrivselTesting", crypto, lifecycle, logging],
            swiftSettings: strict),
        .testTarget(
            name: "AttachmentsTests",
            dependencies: [
                "Attachments", "Vault", "Storage", "EventKit", "TrivselTesting", logging, nioCore,
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ], swiftSettings: strict),
        .testTarget(name: "WebhookTests", dependencies: ["WebhookKit"], swiftSettings: strict),
        .testTarget(name: "OpenIDTests", dependencies: ["OpenID", "TrivselTesting"], swiftSettings: strict),
        .testTarget(name: "ZeroMQTests", dependencies: ["ZeroMQ"], swiftSettings: strict),
        .testTarget(
            name: "EventBusTests",
            dependencies: ["EventBus", "ZeroMQ", "Storage", "EventKit", "TrivselTesting", lifecycle, logging, metrics],
            swiftSettings: strict),
        .testTarget(
            name: "WorkersTests",
            dependencies: [
                "Workers", "WebhookKit", "EventBus", "Storage", "EventKit", "TrivselTesting", lifecycle, logging,
            ],
            exclude: ["Support/smtp_server.py", "Support/receiver.py"], swiftSettings: strict),
        .testTarget(
            name: "HostTests",
            dependencies: [
                "Host", "ModuleKit", "Vault", "Storage", "EventKit", "CalendarKit", "EventBus", "WebhookKit", "OpenID",
                "DeviationsModule",
                "DeviationsCore", "WhistleblowingModule",
                "TrivselTesting",
                hummingbird, lifecycle, logging, metrics, httpTypes,
                nioCore, .product(name: "HummingbirdTesting", package: "hummingbird"),
            ], swiftSettings: strict),
    ] + module("Deviations", others: ["Whistleblowing"]) + module("Whistleblowing"),
    swiftLanguageModes: [.v6]
)
