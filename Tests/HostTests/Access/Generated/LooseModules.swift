import EventKit
import ModuleKit
import Storage

@testable import DeviationsModule
@testable import WhistleblowingModule

/// A module with a hole: one rule of its policy lets in more than it should.
protocol LooseModule: FeatureModule {
    associatedtype Whole: FeatureModule
    static var right: Right { get }
    static var hole: Rule { get }
    var whole: Whole { get }
    init(whole: Whole)
}

extension LooseModule {
    static var manifest: ModuleManifest {
        let real = Whole.manifest
        let policy = real.policy.map { policy in
            Policy(
                policy.title, sight: policy.sight, relations: policy.relations, standings: policy.standings,
                policy.permissions.map { row in
                    Permission(row.right, row.says, row.rules + (row.right == right ? [hole] : []))
                })
        }
        return ModuleManifest(
            id: real.id, title: real.title, topics: real.topics, tables: real.tables, policy: policy,
            settings: real.settings, searches: real.searches, isDiscreet: real.isDiscreet)
    }

    static var events: [any EventPayload.Type] { Whole.events }
    static var migrations: [Migration] { Whole.migrations }
    static var openAPI: [UInt8] { Whole.openAPI }

    init(settings: SettingValues, host: HostServices) throws {
        self.init(whole: try Whole(settings: settings, host: host))
    }

    func mount(on routes: ModuleRoutes) { whole.mount(on: routes) }
}

/// Here every case handler of the unit sees its cases.
struct LooseDeviations: LooseModule {
    static let right = DeviationsRights.read
    static let hole = Rule.role(.caseHandler)
    let whole: DeviationsModule
}

/// Here the keepers of every campus are a case’s.
struct LooseWhistleblowing: LooseModule {
    static let right = WhistleblowingRights.handle
    static let hole = Rule.signedIn
    let whole: WhistleblowingModule
}
