import DeviationsCore
import EventKit
import HTTPTypes
import Hummingbird
import Logging
import ModuleKit
import Storage

/// Takes a reference back that was registered in error: on the page it is found and shown first, a system names its version.
///
/// What has been counted stays counted, as every number that has been reported does; who took it back stands in the log.
struct HSERemoval: Sendable {
    let host: HostServices
    let page: @Sendable (FormData, Viewer, Visit) async throws -> Response

    func mount(on routes: ModuleRoutes) {
        routes.pages.post("hse/removal") { request, context in try await remove(request, context) }
        routes.api.delete("hse-deviations/:reference") { request, context in
            let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.registerHSE)
            let reference = try context.parameters.require("reference")
            let version = try context.expectedVersion(request)
            try await DeviationsAPI.said(visit.language) {
                try await remove(reference, ifVersion: version, by: viewer, visit)
            }
            return Response(status: .noContent)
        }
    }

    private func remove(_ request: Request, _ context: AppContext) async throws -> Response {
        let (visit, viewer) = try SetupPage.visitor(context, DeviationsRights.registerHSE)
        var form = try await context.form(request)
        let reference = form["reference"].trimmingSpaces()
        guard form.errors.isEmpty else { return try await page(form, viewer, visit) }
        do {
            if let version = Int(form["version"]) {
                try await remove(reference, ifVersion: version, by: viewer, visit)
                return .seeOther("\(HSEPages.path)?done=1")
            }
            let stored = try await host.database.read { try HSEStore.load(reference, in: $0) }
            form["version"] = try "\(seen(stored, viewer, visit).version)"
        } catch is ModuleKit.Problem {
            form.errors = [FieldError("reference", HSETexts[visit.language].notFound)]
        } catch is DeviationStoreError {
            form["version"] = ""
            form.errors = [FieldError("reference", ModuleKit.Problem.stale(visit.language).detail)]
        }
        return try await page(form, viewer, visit)
    }

    /// - Throws: `Problem` 404 for what the viewer may not register; `DeviationStoreError` for another version.
    private func remove(_ reference: String, ifVersion version: Int, by viewer: Viewer, _ visit: Visit) async throws {
        try await host.database.write { tx in
            _ = try seen(try HSEStore.load(reference, in: tx), viewer, visit)
            try HSEStore.remove(reference, ifVersion: version, in: tx)
        }
        host.logger.notice(
            "an HSE reference was taken back",
            metadata: ["reference": "\(reference)", "version": "\(version)", "person": "\(viewer.person.id)"])
    }

    private func seen(_ stored: StoredHSE?, _ viewer: Viewer, _ visit: Visit) throws -> StoredHSE {
        guard let stored, HSEChoices(viewer, visit).units.contains(stored.deviation.unit) else {
            throw ModuleKit.Problem.notFound(visit.language)
        }
        return stored
    }
}
