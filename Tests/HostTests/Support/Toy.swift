import EventKit
import Foundation
import HTTPTypes
import Host
import Hummingbird
import ModuleKit
import ServiceLifecycle
import Storage

protocol ToyName: Sendable { static var id: String { get } }

enum AlphaName: ToyName { static let id = "alpha" }
enum BetaName: ToyName { static let id = "beta" }

typealias Alpha = Toy<AlphaName>
typealias Beta = Toy<BetaName>

/// A module of the tests: tells its stage what happens to it, rings when asked, and hears when any toy has rung.
struct Toy<Name: ToyName>: FeatureModule {
    static var manifest: ModuleManifest {
        ModuleManifest(
            id: Name.id, title: Translated(nb: "Leke \(Name.id)", nn: "Leike \(Name.id)", en: "Toy \(Name.id)"),
            topics: ["\(Name.id).rang.v1"], tables: ["\(Name.id)_heard"],
            policy: [
                Policy(
                    Translated(nb: "Leker", nn: "Leiker", en: "Toys"),
                    [
                        Permission(
                            "toy.see", Translated(nb: "se", nn: "sjå", en: "see"), .role(.caseHandler),
                            .relation("owner"))
                    ])
            ],
            settings: [Setting("\(Name.id).count", .integer(1...9), default: 3, "How many; never 7.")])
    }

    static var migrations: [Migration] {
        let isBroken = Stage.current.faults.contains(.migrate(Name.id))
        return [
            Migration(module: Name.id, number: 1, name: "heard") { _ in
                [isBroken ? "CREATE NONSENSE" : "CREATE TABLE \(Name.id)_heard (subject TEXT NOT NULL)"]
            }
        ]
    }

    private let host: HostServices
    private let stage: Stage

    init(settings: SettingValues, host: HostServices) throws {
        (self.host, stage) = (host, Stage.current)
        stage.note("\(Name.id) is made")
        if stage.faults.contains(.create(Name.id)) { throw StartFailure("the toy is out of order") }
        if try settings.integer("\(Name.id).count") == 7 { throw StartFailure("\(Name.id).count must not be 7") }
    }

    func mount(on routes: ModuleRoutes) {
        routes.pages.get("") { _, context in
            Page(Name.id, content: "<main id=\"main\">\(Name.id)</main>").response(try context.visit)
        }
        routes.pages.get("slow") { [stage] _, _ in
            stage.note("\(Name.id) is asked")
            try await stage.pass(Name.id)
            return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "late but whole")))
        }
        routes.pages.get("broken") { _, _ -> Response in throw StartFailure("secret of the toy") }
        routes.pages.post("refuse/:status") { _, context -> Response in
            let code = Int(try context.parameters.require("status")) ?? 500
            throw Problem(.init(code: code), "toy", title: "The toy refuses", detail: "It says \(code).")
        }
        routes.pages.post("ring/:subject") { [host] _, context in
            let subject = try context.parameters.require("subject")
            let visit = try context.visit
            let event = Event(
                id: Identifier.make(at: visit.now), type: "\(Name.id).rang.v1", subject: subject, time: visit.now,
                data: "{}")
            try await host.database.write { try $0.append(event) }
            return Response(status: .noContent)
        }
    }

    var handlers: [EventHandler] {
        let topics = ["alpha.*", "beta.*"].compactMap { TopicPattern($0) }
        return [
            EventHandler(name: "\(Name.id).hears", topics: topics) { logged, tx in
                let subject = logged.event.subject
                try tx.execute("INSERT INTO \(raw: Name.id)_heard (subject) VALUES (\(subject))")
            }
        ]
    }

    var services: [any Service] { [ToyService(id: Name.id, stage: stage)] }

    func menu(for visit: Visit) -> [MenuItem] { [MenuItem(Self.manifest.title[visit.language], "/\(Name.id)")] }

    func doors(for visit: Visit) -> [Door] { [Door(.better, title: "\(Name.id) door", text: "", path: "/\(Name.id)")] }

    /// The subjects of the events that it has handled, in order.
    static func heard(in database: Database) async throws -> [String] {
        try await database.read { try $0.query("SELECT subject FROM \(raw: Name.id)_heard") { $0.text(0) } }
    }
}

/// Runs until it is told to stop, and then until its stage lets it end.
struct ToyService: Service {
    let id: String
    let stage: Stage

    func run() async throws {
        stage.note("\(id) runs")
        if stage.faults.contains(.run(id)) { throw StartFailure("the toy broke") }
        try await gracefulShutdown()
        stage.note("\(id) is to stop")
        try await stage.pass("\(id) may stop")
        stage.note("\(id) has stopped")
    }
}
