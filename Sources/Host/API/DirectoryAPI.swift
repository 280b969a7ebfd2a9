import Hummingbird
import ModuleKit

/// `GET /api/v1/units` and `/campuses`, the codes that other requests name, and `/help-contacts`. Open to everyone: they
/// are public.
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
        api.get("help-contacts") { request, context in
            let chart = try await directory.freshChart()
            let campus = request.uri.queryParameters["campus"].map(String.init)
            if let campus, chart.campus(campus) == nil {
                let language = try context.visit.language
                throw Problem.malformed(language, [FieldError("campus", ContactTexts[language].unknown)])
            }
            return Response.json(#"{"items":\#(chart.contacts(for: campus).map(Self.contact))}"#)
        }
    }

    private static func contact(_ contact: HelpContact) -> JSON {
        #"""
        {"id":\#(contact.id),"kind":\#(contact.kind.rawValue),"campus":\#(contact.campus),"names":\#(contact.names.json),\#
        "purposes":\#(contact.purposes.json),"hours":\#(contact.hours.json),"phone":\#(contact.phone),"mail":\#(contact.mail),\#
        "link":\#(contact.link)}
        """#
    }
}
