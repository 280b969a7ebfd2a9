import EventKit
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import ModuleKit
import Storage

/// `/scim/v2` (RFC 7643, 7644): the institution's identity system keeps people and their roles up to date.
///
/// A token of the scope `scim` opens it and nothing else, as long as its person is an administrator.
struct ScimAPI: Sendable {
    static let right: Right = "host.provision"

    let store: ScimStore

    private var database: Database { store.database }

    func mount(on router: Router<AppContext>) {
        let api = router.group("scim/v2")
        api.get("ServiceProviderConfig") { _, context in
            _ = try visit(context)
            return Response.scim(ScimDiscovery.configuration(store.site))
        }
        mountDiscovery("ResourceTypes", on: api) { visit in ScimDiscovery.types(store.site) }
        mountDiscovery("Schemas", on: api) { visit in ScimDiscovery.schemas(visit.access.chart, store.site) }
        mountUsers(on: api)
        mountGroups(on: api)
    }

    /// - Throws: `Problem` 401 or 403.
    private func visit(_ context: AppContext) throws -> Visit {
        try context.visitor(with: Self.right).visit
    }

    private func mountDiscovery(
        _ name: String, on api: RouterGroup<AppContext>, _ all: @escaping @Sendable (Visit) -> [ScimValue]
    ) {
        api.get(RouterPath(name)) { _, context in
            let found = all(try visit(context))
            return Response.scim(Self.list(found, total: found.count, start: 1))
        }
        api.get(RouterPath("\(name)/:one")) { _, context in
            let id = try context.parameters.require("one")
            guard let one = all(try visit(context)).first(where: { $0["id"]?.text == id }) else {
                throw ScimError.notFound
            }
            return Response.scim(one)
        }
    }

    // People

    private func mountUsers(on api: RouterGroup<AppContext>) {
        api.get("Users") { request, context in
            let visit = try visit(context)
            return try await Self.list([people], try ScimPage(request), visit)
        }
        api.post("Users/.search") { request, context in
            let visit = try visit(context)
            return try await Self.list([people], ScimPage(search: try await body(request, context)), visit)
        }
        api.post("Users") { request, context in
            let visit = try visit(context)
            let user = try ScimUser(try await body(request, context), visit.access.chart)
            return try await write(request, context, .created) { try store.add(user, at: visit.now, in: $0) }
        }
        api.get("Users/:user") { request, context in
            let visit = try visit(context)
            let id = try context.parameters.require("user")
            let person = try await database.read { try store.person(id, in: $0) }
            return try answer(shown(person, visit.access.chart, visit), request)
        }
        api.put("Users/:user") { request, context in
            let visit = try visit(context)
            let (id, user) = (
                try context.parameters.require("user"),
                try ScimUser(try await body(request, context), visit.access.chart)
            )
            return try await write(request, context) { tx in
                try store.change(try unchanged(id, request, visit, in: tx), to: user, at: visit.now, in: tx)
            }
        }
        api.patch("Users/:user") { request, context in
            let visit = try visit(context)
            let (id, patch) = (
                try context.parameters.require("user"), try ScimPatch(try await body(request, context))
            )
            return try await write(request, context) { tx in
                let person = try unchanged(id, request, visit, in: tx)
                let user = try ScimUser.patched(person, by: patch, visit.access.chart, now: visit.now)
                return try store.change(person, to: user, at: visit.now, in: tx)
            }
        }
        api.delete("Users/:user") { request, context in
            let visit = try visit(context)
            let id = try context.parameters.require("user")
            try await database.write { tx in
                try store.delete(try unchanged(id, request, visit, in: tx), at: visit.now, in: tx)
            }
            log("a person was ended", id, context)
            return Response(status: .noContent)
        }
    }

    private func people(_ page: ScimPage, _ part: Range<Int>, _ visit: Visit) async throws -> (Int, [ScimValue]) {
        let condition: SQL = try "removed = 0" + (page.filter.map { try " AND " + ScimFilter.sql($0) } ?? "")
        let (total, people) = try await database.read { reader in
            (
                try Directory.count(where: condition, in: reader),
                try Directory.people(where: condition, limit: part.count, offset: part.lowerBound, in: reader)
            )
        }
        return (total, people.map { shown($0, visit.access.chart, visit) })
    }

    /// The person, as far as nobody changed them since the client read them.
    private func unchanged(_ id: String, _ request: Request, _ visit: Visit, in tx: Transaction) throws -> Person {
        let person = try store.person(id, in: tx)
        let chart = try Directory.currentChart(in: tx)
        try Self.check(shown(person, chart, visit), request)
        return person
    }

    private func write(
        _ request: Request, _ context: AppContext, _ status: HTTPResponse.Status = .ok,
        _ change: @escaping @Sendable (Transaction) throws -> Person
    ) async throws -> Response {
        let visit = try context.visit
        let resource = try await database.write { tx in
            let person = try change(tx)
            return shown(person, try Directory.currentChart(in: tx), visit)
        }
        log("a person was brought up to date", resource["id"]?.text ?? "", context)
        var response = try answer(resource, request, status)
        if status == .created { response.headers[.location] = resource["meta"]?["location"]?.text }
        return response
    }

    private func shown(_ person: Person, _ chart: OrganisationChart, _ visit: Visit) -> ScimValue {
        ScimUser.shown(person, chart, site: store.site, now: visit.now)
    }

    // Roles at units

    private func mountGroups(on api: RouterGroup<AppContext>) {
        api.get("Groups") { request, context in
            let visit = try visit(context)
            return try await Self.list([groups], try ScimPage(request), visit)
        }
        for (path, lists) in [("Groups/.search", [groups]), (".search", [people, groups])] {
            api.post(RouterPath(path)) { request, context in
                let visit = try visit(context)
                return try await Self.list(lists, ScimPage(search: try await body(request, context)), visit)
            }
        }
        api.get("Groups/:group") { request, context in
            let visit = try visit(context)
            let group = try group(context, visit)
            let held = try await database.read { try group.held(at: visit.now, in: $0) }
            return try answer(group.shown(held, site: store.site), request)
        }
        api.put("Groups/:group") { request, context in
            _ = try visit(context)
            let members = try await body(request, context)["members"]
            return try await bring(request, context) { _ in members }
        }
        api.patch("Groups/:group") { request, context in
            _ = try visit(context)
            let patch = try ScimPatch(try await body(request, context))
            return try await bring(request, context) { try patch.applied(to: $0)["members"] }
        }
    }

    private func groups(_ page: ScimPage, _ part: Range<Int>, _ visit: Visit) async throws -> (Int, [ScimValue]) {
        let all = ScimGroup.all(visit.access.chart).filter { page.fits($0) }
        let wanted = Array(all.dropFirst(part.lowerBound).prefix(part.count))
        let items = try await database.read { reader in
            try wanted.map { group in
                let held = page.wants("members") ? try group.held(at: visit.now, in: reader) : nil
                return group.shown(held, site: store.site)
            }
        }
        return (all.count, items)
    }

    private func group(_ context: AppContext, _ visit: Visit) throws -> ScimGroup {
        let id = try context.parameters.require("group")
        guard let group = ScimGroup(id.removingPercentEncoding ?? id, visit.access.chart) else {
            throw ScimError.notFound
        }
        return group
    }

    private func bring(
        _ request: Request, _ context: AppContext, _ members: @escaping @Sendable (ScimValue) throws -> ScimValue?
    ) async throws -> Response {
        let visit = try visit(context)
        let group = try group(context, visit)
        let resource = try await database.write { tx in
            let before = group.shown(try group.held(at: visit.now, in: tx), site: store.site)
            try Self.check(before, request)
            try group.bring(to: try members(before), at: visit.now, in: tx)
            return group.shown(try group.held(at: visit.now, in: tx), site: store.site)
        }
        log("the holders of a role were brought up to date", group.id, context)
        return try answer(resource, request)
    }

    // What all have in common

    private func body(_ request: Request, _ context: AppContext) async throws -> ScimValue {
        let bytes = try await context.body(request)
        guard !bytes.contains(0), let value = try? JSONDecoder().decode(ScimValue.self, from: Data(bytes)),
            case .object = value
        else { throw ScimError(.badRequest, "invalidSyntax", "The body is not a JSON object.") }
        return value
    }

    /// - Throws: `ScimError` 412.
    private static func check(_ resource: ScimValue, _ request: Request) throws {
        guard let wanted = request.headers[.ifMatch], wanted != "*" else { return }
        let tags = wanted.split(separator: ",").map { $0.trimmingSpaces() }
        guard tags.contains(ScimResources.version(of: resource)) else { throw ScimError.stale }
    }

    private func answer(
        _ resource: ScimValue, _ request: Request, _ status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let version = ScimResources.version(of: resource)
        if request.method == .get, request.headers[.ifNoneMatch] == version {
            return Response(status: .notModified, headers: [.eTag: version])
        }
        var response = Response.scim(try ScimPage(request).narrowed(resource), status: status)
        response.headers[.eTag] = version
        return response
    }

    /// A part of what there is of a kind, and how much there is.
    private typealias Part = @Sendable (ScimPage, Range<Int>, Visit) async throws -> (Int, [ScimValue])

    /// A page of several kinds, one after the other.
    private static func list(_ kinds: [Part], _ page: ScimPage, _ visit: Visit) async throws -> Response {
        var (total, items): (Int, [ScimValue]) = (0, [])
        for kind in kinds {
            // What of this kind comes before the page is passed over.
            let skipped = max(0, page.start - 1 - total)
            let (count, some) = try await kind(page, skipped..<(skipped + page.count - items.count), visit)
            total += count
            items += some
        }
        return Response.scim(list(items.map(page.narrowed), total: total, start: page.start))
    }

    private static func list(_ items: [ScimValue], total: Int, start: Int) -> ScimValue {
        .fields([
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": .number(Double(total)),
            "startIndex": .number(Double(start)), "itemsPerPage": .number(Double(items.count)),
            "Resources": .array(items),
        ])
    }

    private func log(_ what: String, _ id: String, _ context: AppContext) {
        context.logger.info("\(what)", metadata: ["resource": "\(id)", "by": "\(DirectoryImport.id)"])
    }
}
