import Hummingbird
import ModuleKit

/// `GET /api/v1/units` and `/campuses`, the codes that other requests name. Open to everyone: they are public.
struct DirectoryAPI: Sendable {
    let directory: Directory

    func mount(on api: RouterGroup<AppContext>) {
        api.get("units") { _, _ in
            let items = try await directory.freshChart().units.map { unit -> JSON in
                #"{"id":\#(unit.id),"parent":\#(unit.parent),"kind":\#(unit.kind.rawValue),"short":\#(unit.short),"names":\#(unit.names.json)}"#
            }
            return Response.json(#"{"items":\#(items)}"#)
        }
        api.get("campuses") { _, _ in
            let items = try await directory.freshChart().campuses.map {
                #"{"id":\#($0.id),"names":\#($0.names.json)}"# as JSON
            }
            return Response.json(#"{"items":\#(items)}"#)
        }
    }
}
