import Foundation
import HTTPTypes
import HummingbirdTesting
import ModuleKit
import NIOCore
import TrivselTesting

@testable import DeviationsModule
@testable import Host
@testable import WhistleblowingModule

/// Calls every address as one of the actors, and compares each answer with the policy's.
struct AccessSweep: Sendable {
    let world: AccessWorld
    let actor: AccessActor
    let line: AccessLine
    let routes: [HostHarness.Route]
    private let viewer: Viewer?
    private let hidden: [AccessThing]

    init(_ world: AccessWorld, _ actor: AccessActor, _ routes: [HostHarness.Route]) {
        (self.world, self.actor, self.routes) = (world, actor, routes)
        line = AccessLine(port: world.host.port)
        viewer = world.viewer(actor)
        hidden = world.hidden(from: actor)
    }

    func run() async throws -> AccessFindings {
        var found = AccessFindings()
        let place = AccessWorld.actors.firstIndex { $0.id == actor.id } ?? 0
        for (index, route) in routes.enumerated() {
            guard let rule = RouteRules.rule(route) else {
                found.undescribed.insert("\(route)")
                continue
            }
            found.add(try await run(route, rule, part: place + index))
        }
        await line.close()
        return found
    }

    /// Of many things a write is tried on some, other ones by each actor; every one of them is read by all.
    private func things(_ kind: AccessKind, _ route: HostHarness.Route, part: Int) -> [AccessThing] {
        let all = world.things.filter { $0.kind == kind }
        guard route.method != .get, all.count > Self.parts else { return all }
        return all.enumerated().filter { ($0.offset + part).isMultiple(of: Self.parts) }.map(\.element)
    }

    private static let parts = 4

    private func run(_ route: HostHarness.Route, _ rule: RouteRule, part: Int) async throws -> AccessFindings {
        var found = AccessFindings()
        guard let kind = rule.kind else {
            let expected = expected(rule, nil, route)
            if rule.onlyRefusals && expected == .may { return found }
            judge(try await call(route, [:]), expected, nil, nil, route, rule, &found)
            return found
        }
        // By what else stands in the address.
        var unknowns: [[String: String]: (answer: Answer, id: String)] = [:]
        for thing in things(kind, route, part: part) {
            let expected = expected(rule, thing, route)
            if rule.onlyRefusals && expected == .may { continue }
            let answer = try await call(route, thing.ids)
            // Who may see a thing is told why not; everybody else must not tell it from one that is not there.
            let parts = thing.ids.filter { $0.key != kind.parameter }
            if expected != .may, !isSeen(thing, rule), unknowns[parts] == nil {
                let ids = thing.ids.merging([kind.parameter: thing.twin]) { _, other in other }
                unknowns[parts] = (try await call(route, ids), thing.twin)
                found.calls += 1
            }
            judge(answer, expected, thing, isSeen(thing, rule) ? nil : unknowns[parts], route, rule, &found)
        }
        return found
    }

    // What should happen

    enum Expected: Sendable, Equatable {
        case may, mayNot, unknown
        /// Nobody is signed in, as far as this address can tell.
        case signInNeeded
    }

    private func expected(_ rule: RouteRule, _ thing: AccessThing?, _ route: HostHarness.Route) -> Expected {
        if route.isForAPI, viewer != nil || actor.way != .signedOut, actor.id != "acc-ended" {
            // A key to one door opens no other, not even one that is open without a key.
            if (actor.way == .scimToken) != route.path.hasPrefix("/scim/") { return .signInNeeded }
            if actor.way == .readToken, ![.get, .head].contains(route.method), !rule.isSearch { return .mayNot }
        }
        if actor.id == "acc-ended", route.isForAPI { return .signInNeeded }
        if rule.door == .open { return .may }
        guard let viewer else { return .signInNeeded }
        return expected(viewer, rule.door, thing)
    }

    private func expected(_ viewer: Viewer, _ door: Admission, _ thing: AccessThing?) -> Expected {
        let access = world.access
        let object = thing?.object ?? AccessObject(unit: "")
        let person = viewer.person.id
        switch door {
        case .open, .signedIn: return .may
        case .everywhere(let right): return access.mayEverywhere(viewer, right) ? .may : .mayNot
        case .anywhere(let right): return access.mayAnywhere(viewer, right) ? .may : .mayNot
        case .anywhereHidden(let right): return access.mayAnywhere(viewer, right) ? .may : .unknown
        case .thing(let right, let kind):
            return switch access.verdict(viewer, right, on: object) {
            case .may: .may
            case .mayNot: kind == .deviation ? .mayNot : .unknown
            case .unknown: .unknown
            }
        case .among(let right, _):
            guard access.mayAnywhere(viewer, right) else { return .mayNot }
            return access.may(viewer, right, on: object) ? .may : .unknown
        case .hidden(let right, _): return access.may(viewer, right, on: object) ? .may : .unknown
        case .related(let relation, _): return object.relations[relation]?.contains(person) ?? false ? .may : .unknown
        case .own: return thing?.owner == person ? .may : .unknown
        case .ownWith(let right, _):
            guard access.mayAnywhere(viewer, right) else { return .mayNot }
            return thing?.owner == person ? .may : .unknown
        case .answering, .answeringHidden:
            guard access.mayEverywhere(viewer, PrivacyDesk.right) else {
                return door == .answering(.request) ? .mayNot : .unknown
            }
            return thing?.owner == person ? .unknown : .may
        case .givingAny: return gives(viewer) ? .may : .mayNot
        case .giving:
            guard gives(viewer) else { return .mayNot }
            return access.may(viewer, RolePolicy.giveCaseRoles, on: object) ? .may : .unknown
        }
    }

    private func gives(_ viewer: Viewer) -> Bool {
        [RolePolicy.giveCaseRoles, RolePolicy.giveRoles, RolePolicy.giveTrustedRoles].contains {
            world.access.mayAnywhere(viewer, $0)
        }
    }

    /// Whether the actor may know of the thing.
    private func isSeen(_ thing: AccessThing, _ rule: RouteRule) -> Bool {
        guard let viewer, case .thing = rule.door, thing.kind == .deviation else { return false }
        return world.access.may(viewer, DeviationsRights.read, on: thing.object)
    }

    // What happens

    private func call(_ route: HostHarness.Route, _ ids: [String: String]) async throws -> Answer {
        var path = route.path
        for (name, value) in ids { path = path.replacing("{\(name)}", with: value) }
        path = path.replacing(/\{[a-zA-Z]+\}/, with: AccessWorld.unknown)
        let keys = world.keys[actor.id]
        let isWrite = route.method != .get
        var headers: HTTPFields = [.acceptLanguage: "en"]
        var body: String?
        if route.isForAPI {
            headers[.authorization] = keys?.token.map { "Bearer \($0)" }
            // No thing has this version: what is allowed changes nothing either.
            if isWrite { headers[.ifMatch] = "\"0\"" }
            if [.post, .put, .patch].contains(route.method) {
                headers[.contentType] = "application/json"
                body = "{}"
            }
        } else {
            headers[.cookie] = keys?.cookie.map { "trivsel=\($0)" }
            if isWrite {
                headers[.contentType] = "application/x-www-form-urlencoded"
                body = "version=0" + (keys?.formToken.map { "&_token=\($0)" } ?? "")
            }
        }
        return try await line.send(
            TestClient.Request(
                path, method: route.method, authority: "127.0.0.1:\(world.host.port)", headers: headers,
                body: body.map { ByteBuffer(string: $0) }))
    }

    private func judge(
        _ answer: Answer, _ expected: Expected, _ thing: AccessThing?,
        _ unknown: (answer: Answer, id: String)?,
        _ route: HostHarness.Route, _ rule: RouteRule, _ found: inout AccessFindings
    ) {
        found.calls += 1
        let who = actor.id.isEmpty ? "nobody" : actor.id
        let what = "\(route) \(thing?.marker ?? "") \(answer.status.code)"
        let isSignIn = answer.status == .unauthorized || answer.location?.hasPrefix("/sign-in?back=") ?? false
        switch expected {
        case .may:
            let isMissing = answer.status == .notFound && !rule.mayBeMissing
            let isRefused = isSignIn || answer.status == .forbidden
            if isRefused || isMissing || answer.status.code >= 500 { found.refusals[what, default: []].append(who) }
        case .mayNot: if answer.status != .forbidden { found.leaks["\(what), not 403", default: []].append(who) }
        case .unknown where unknown?.answer.status == answer.status && answer.status.kind == .clientError: break
        case .unknown: if answer.status != .notFound { found.leaks["\(what), not 404", default: []].append(who) }
        case .signInNeeded: if !isSignIn { found.leaks["\(what), without signing in", default: []].append(who) }
        }
        if let thing, let unknown, expected != .may, seen(answer, thing.id) != seen(unknown.answer, unknown.id) {
            found.leaks["\(what), other than of an unknown id", default: []].append(who)
        }
        for word in told(in: answer, thing) { found.leaks["\(what), tells of \(word)", default: []].append(who) }
    }

    /// All of an answer but the id that was sent, and the time.
    private func seen(_ answer: Answer, _ id: String) -> [String] {
        let headers = answer.headers.filter { $0.name != .date }.map { "\($0.name): \($0.value)" }.sorted()
        return ["\(answer.status.code)"] + headers.map { $0.replacing(id, with: "ID") }
            + [answer.text.replacing(id, with: "ID")]
    }

    /// The cases and whistleblows that an answer tells of, and must not.
    private func told(in answer: Answer, _ thing: AccessThing?) -> [String] {
        let text = answer.text
        let words = text.contains("Qvartz") ? hidden.filter { text.contains($0.marker ?? "") } : []
        // Who runs the installation and who watches over it see ids, and nothing else.
        let seesIDs = actor.roles.contains { [.administrator, .auditor].contains($0.role) }
        guard answer.status.kind == .successful, !seesIDs else { return words.compactMap(\.marker) }
        let sent = Set(thing?.ids.values.map { $0 } ?? [])
        let named = hidden.filter { !sent.contains($0.id) && text.contains($0.id) }
        return (words + named).compactMap(\.marker)
    }
}
