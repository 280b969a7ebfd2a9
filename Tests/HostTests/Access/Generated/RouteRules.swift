import HTTPTypes
import ModuleKit
import TrivselTesting

@testable import DeviationsModule
@testable import Host
@testable import WhistleblowingModule

/// What a route is for; nil for one that nobody has described.
enum RouteRules {
    static func rule(_ route: HostHarness.Route) -> RouteRule? {
        if route.path.hasPrefix("/assets/") { return open }
        let path = route.path.replacing("/api/v1/", with: "/")
        let all = route.path.hasPrefix("/scim/") ? scim : route.isForAPI ? api : pages
        return all["\(route.method) \(path)"] ?? all[path] ?? cases["\(route.method) \(path)"] ?? cases[path]
    }

    private static let administer = RouteRule(.everywhere(AdminPages.right))
    private static let webhooks = RouteRule(.everywhere(WebhookAccess.right), mayBeMissing: true)
    private static let contacts = RouteRule(.everywhere(ContactPages.right), mayBeMissing: true)
    private static let audit = RouteRule(.everywhere(AuditDesk.right))
    private static let references = RouteRule(.everywhere(ReferencePages.right))
    private static let maintain = RouteRule(.everywhere(DeviationsRights.maintain), mayBeMissing: true)
    private static let hse = RouteRule(.anywhere(DeviationsRights.registerHSE), mayBeMissing: true)
    private static let desk = RouteRule(.anywhere(DeviationsRights.desk), mayBeMissing: true)
    private static let central = RouteRule(.everywhere(DeviationsRights.central))
    private static let publish = RouteRule(.everywhere(DeviationsRights.publish), onlyRefusals: true)
    private static let templates = RouteRule(.anywhere(DeviationsRights.templates))
    private static let open = RouteRule(.open, mayBeMissing: true)
    private static let signedIn = RouteRule(.signedIn, mayBeMissing: true)
    private static let request = RouteRule(.answering(.request), mayBeMissing: true)
    private static let hidden = RouteRule(.answeringHidden(.request), mayBeMissing: true)
    private static let provision = RouteRule(.everywhere(ScimAPI.right), mayBeMissing: true)

    private static let scim: [String: RouteRule] = [
        "/scim/v2/ServiceProviderConfig": provision, "/scim/v2/ResourceTypes": provision,
        "/scim/v2/ResourceTypes/{one}": provision, "/scim/v2/Schemas": provision, "/scim/v2/Schemas/{one}": provision,
        "/scim/v2/Users": provision, "/scim/v2/Users/.search": provision, "/scim/v2/Users/{user}": provision,
        "DELETE /scim/v2/Users/{user}": RouteRule(.everywhere(ScimAPI.right), onlyRefusals: true),
        "/scim/v2/Groups": provision, "/scim/v2/Groups/{group}": provision, "/scim/v2/Groups/.search": provision,
        "/scim/v2/.search": provision,
    ]

    private static let pages: [String: RouteRule] = [
        "/": open, "/privacy": open, "/accessibility": open, "/help": open, "/si-ifra": open, "/si-ifra/qr.svg": open,
        "/si-ifra/qr.png": open, "/sign-in": open, "/signed-in": signedIn, "/sign-in/{provider}": open,
        "/sign-in/{provider}/callback": open, "/metrics": open, "/health/live": open, "/health/ready": open,
        "/assets/{name}": open, "/language": open, "/problems/{code}": open,
        "/sign-out": RouteRule(.open, onlyRefusals: true),
        "POST /sign-in": RouteRule(.open, onlyRefusals: true),
        "/admin": RouteRule(.open, onlyRefusals: true),
        "/admin/modules": administer,
        "/admin/modules/off": RouteRule(.everywhere(AdminPages.right), mayBeMissing: true),
        "/admin/events": administer, "/admin/mail": administer,
        "/admin/mail/{name}": RouteRule(.everywhere(AdminPages.right), mayBeMissing: true),
        "/admin/work": administer, "/admin/work/drop": RouteRule(.everywhere(AdminPages.right), mayBeMissing: true),
        "/admin/events/stream": RouteRule(.everywhere(EventStream.right), onlyRefusals: true),
        "/policy": RouteRule(.everywhere(PolicyPage.right)),
        "/people": RouteRule(.givingAny), "/people/{grant}/end": RouteRule(.giving, onlyRefusals: true),
        "/admin/webhooks": webhooks, "/admin/webhooks/new": webhooks, "/admin/webhooks/{hook}": webhooks,
        "/admin/help": contacts, "/admin/help/new": contacts, "/admin/help/{contact}": contacts,
        "/admin/references": references, "/audit": audit, "/audit/export": audit,
        "/audit/verification": audit,
        "/deputy": RouteRule(.anywhere(DeputyPages.ownRight)),
        "/deputy/{deputyship}/end": RouteRule(.ownWith(DeputyPages.ownRight, .deputyship), onlyRefusals: true),
        "/admin/deputies": RouteRule(.everywhere(DeputyPages.right)),
        "/admin/deputies/{deputyship}/end": RouteRule(.everywhere(DeputyPages.right), onlyRefusals: true),
        "/me/data": signedIn, "/me/data/export": signedIn, "/me/data/requests": signedIn,
        "/me/data/requests/{request}": RouteRule(.own(.ownRequest), mayBeMissing: true),
        "/me/data/requests/{request}/files/{file}": RouteRule(.own(.ownRequest), mayBeMissing: true),
        "/me/data/requests/{request}/files/{file}/preview": RouteRule(.own(.ownRequest), mayBeMissing: true),
        "/me/tokens": signedIn, "/me/sessions": signedIn,
        "/me/sessions/end-others": RouteRule(.signedIn, onlyRefusals: true),
        "/me/tokens/{token}/revoke": RouteRule(.own(.token), onlyRefusals: true),
        "/me/sessions/{session}/end": RouteRule(.own(.session), onlyRefusals: true),
        "/privacy-requests": RouteRule(.everywhere(PrivacyDesk.right)),
        "/privacy-requests/new": RouteRule(.everywhere(PrivacyDesk.right)),
        "/privacy-requests/{request}": request, "/privacy-requests/{request}/search": request,
        "/privacy-requests/{request}/cases": request, "/privacy-requests/{request}/cases/{case}": request,
        "/privacy-requests/{request}/cases/{case}/files/{file}": request,
        "/privacy-requests/{request}/cases/{case}/files/{file}/preview": request,
        "/privacy-requests/{request}/cases/{case}/removal": RouteRule(.answering(.request), onlyRefusals: true),
        "/privacy-requests/{request}/decision": request, "/privacy-requests/{request}/extract": request,
        "/deviations": signedIn, "/deviations/report": signedIn, "/deviations/guideline": open,
        "/deviations/you-said-we-did": open, "/deviations/numbers": open, "/deviations/mine": signedIn,
        "/deviations/measures": signedIn, "POST /deviations/measures": central, "/deviations/consultations": signedIn,
        "/deviations/guideline/versions": maintain, "/deviations/categories": maintain,
        "/deviations/categories/{category}": maintain, "/deviations/categories/{category}/use": maintain,
        "/deviations/categories/{category}/place": maintain,
        "/deviations/hse": hse, "/deviations/hse/removal": hse, "/deviations/templates": templates,
        "/deviations/templates/{template}": RouteRule(.among(DeviationsRights.templates, .template)),
        "/deviations/templates/{template}/deletion": RouteRule(
            .among(DeviationsRights.templates, .template), onlyRefusals: true),
        "/deviations/you-said-we-did/{summary}/text": publish,
        "/deviations/you-said-we-did/{summary}/withdrawal": publish,
        "/deviations/overview": RouteRule(.anywhere(DeviationsRights.overview)),
        "/deviations/triage": RouteRule(.anywhere(DeviationsRights.triage)),
        "/deviations/triage/{id}": RouteRule(.hidden(DeviationsRights.triage, .deviation)),
        "/deviations/search": signedIn, "/deviations/export": desk, "/deviations/filters": desk,
        "/deviations/filters/removal": desk, "/deviations/bulk": desk, "/deviations/bulk/assignments": desk,
        "/deviations/bulk/closing": desk, "/deviations/bulk/replies": desk,
        "/deviations/mine/{id}": RouteRule(.related(DeviationsRights.reporter, .deviation)),
        "/deviations/measures/{measure}/completion": RouteRule(.own(.measure), onlyRefusals: true),
        "/deviations/measures/{measure}/effect": RouteRule(.own(.measure)),
        "/whistleblowing": open, "/whistleblowing/cases": RouteRule(.anywhereHidden(WhistleblowingRights.handle)),
    ]

    private static let api: [String: RouteRule] = [
        "/units": open, "/campuses": open, "/openapi.json": open, "/asyncapi.json": open, "/legal-references": open,
        "POST /legal-references": references, "/events/{type}/schema": open, "/guideline-versions": open,
        "POST /guideline-versions": maintain, "/categories": open, "POST /categories": maintain,
        "/categories/{category}": open, "PUT /categories/{category}": maintain,
        "/categories/{category}/place": maintain, "/deviation-counts": open, "/you-said-we-did": open,
        "/help-contacts": open, "POST /help-contacts": contacts, "/help-contacts/{contact}": open,
        "PUT /help-contacts/{contact}": contacts, "DELETE /help-contacts/{contact}": contacts,
        "/events": RouteRule(.everywhere(EventStream.right), onlyRefusals: true),
        "/role-grants": RouteRule(.givingAny), "/role-grants/{grant}": RouteRule(.giving, onlyRefusals: true),
        "/webhooks": webhooks, "/webhooks/{hook}": webhooks,
        "DELETE /webhooks/{hook}": RouteRule(.everywhere(WebhookAccess.right), onlyRefusals: true),
        "/webhooks/{hook}/secret": webhooks, "/webhooks/{hook}/test": webhooks, "/webhooks/{hook}/deliveries": webhooks,
        "/me/requests": signedIn,
        "/me/requests/{request}/files/{file}": RouteRule(.own(.ownRequest), mayBeMissing: true),
        "/me/data": signedIn, "/me/data/export": signedIn, "/me/tokens": signedIn, "/me/sessions": signedIn,
        "/me/tokens/{token}": RouteRule(.own(.token), onlyRefusals: true),
        "/me/sessions/{session}": RouteRule(.own(.session), onlyRefusals: true),
        "/privacy-grounds": RouteRule(.everywhere(PrivacyDesk.right)),
        "/privacy-requests": RouteRule(.everywhere(PrivacyDesk.right)),
        "/privacy-requests/{request}": hidden, "/privacy-requests/{request}/cases": hidden,
        "/privacy-requests/{request}/search": hidden,
        "/privacy-requests/{request}/cases/{case}": hidden,
        "DELETE /privacy-requests/{request}/cases/{case}": RouteRule(.answeringHidden(.request), onlyRefusals: true),
        "/privacy-requests/{request}/cases/{case}/extract": hidden,
        "/privacy-requests/{request}/cases/{case}/files/{file}": hidden,
        "/privacy-requests/{request}/decision": hidden, "/privacy-requests/{request}/extract": hidden,
        "/audit": audit, "/audit/export": audit, "/audit/verification": audit,
        "/deputies": RouteRule(.anywhere(DeputyPages.ownRight)),
        "/deputies/{deputyship}": RouteRule(.ownWith(DeputyPages.ownRight, .deputyship), onlyRefusals: true),
        "/deviations": signedIn, "/deviations/search": RouteRule(.signedIn, isSearch: true),
        "/deviation-overview": RouteRule(.anywhere(DeviationsRights.overview)),
        "/hse-deviations": hse, "/hse-deviations/{reference}": hse,
        "DELETE /hse-deviations/{reference}": RouteRule(.anywhere(DeviationsRights.registerHSE), onlyRefusals: true),
        "/measures": signedIn, "POST /measures": central, "/consultations": signedIn,
        "/measures/{measure}/completion": RouteRule(.own(.measure), onlyRefusals: true),
        "/measures/{measure}/effect": RouteRule(.own(.measure)),
        "/whistleblowing": signedIn, "POST /whistleblowing": open, "/whistleblowing/dialogue": open,
        "/whistleblowing/dialogue/file": open,
        "/whistleblowing/cases": RouteRule(.anywhereHidden(WhistleblowingRights.handle)),
        "/deviations/{id}/reporter-acts": RouteRule(.related(DeviationsRights.reporter, .deviation)),
    ]

    /// What is the same on pages and in the API.
    private static let cases: [String: RouteRule] = {
        func rule(_ right: Right, missing: Bool = false) -> RouteRule {
            RouteRule(.thing(right, .deviation), mayBeMissing: missing)
        }
        let reports = RouteRule(.hidden(DeviationsRights.desk, .deviation), mayBeMissing: true)
        let consultation = RouteRule(.thing(DeviationsRights.consulted, .consultation))
        var all: [String: RouteRule] = [
            "/deviations/{id}": rule(DeviationsRights.read), "/deviations/{id}/files": rule(DeviationsRights.read),
            "POST /deviations/{id}/files": rule(DeviationsRights.addFiles),
            "/deviations/{id}/files/{file}": rule(DeviationsRights.read, missing: true),
            "/deviations/{id}/files/{file}/preview": rule(DeviationsRights.read, missing: true),
            "/deviations/{id}/likely-same": rule(DeviationsRights.read),
            "/deviations/{id}/merges": rule(DeviationsRights.write),
            "/deviations/{id}/reports": reports,
            "/deviations/{id}/reports/{report}": reports,
            "/deviations/{id}/reports/{report}/files": reports,
            "/deviations/{id}/reports/{report}/files/{file}": reports,
            "/deviations/{id}/reports/{report}/files/{file}/preview": reports,
            "/deviations/{id}/reports/{report}/replies": rule(DeviationsRights.write, missing: true),
            "/deviations/{id}/reports/{report}/separation": RouteRule(
                .thing(DeviationsRights.write, .deviation), onlyRefusals: true),
            "/deviations/{id}/consultations": rule(DeviationsRights.write),
            "/deviations/{id}/masks": rule(DeviationsRights.write),
            "/deviations/{id}/file-masks": rule(DeviationsRights.write),
            "/deviations/{id}/masks/{mask}/unmasking": rule(DeviationsRights.unmask, missing: true),
            "/deviations/{id}/measures/{measure}/completion": rule(DeviationsRights.handle, missing: true),
            "/deviations/{id}/measures/{measure}/move": rule(DeviationsRights.handle, missing: true),
            "/deviations/consultations/{consultation}": consultation,
            "/deviations/consultations/{consultation}/declaration": consultation,
            "/deviations/consultations/{consultation}/answer": consultation,
            "/consultations/{consultation}": consultation,
            "/consultations/{consultation}/declaration": consultation,
            "/consultations/{consultation}/answer": consultation,
            "/whistleblowing/cases/{id}": RouteRule(.thing(WhistleblowingRights.handle, .whistleblow)),
            "/whistleblowing/cases/{id}/files/{file}": RouteRule(
                .thing(WhistleblowingRights.handle, .whistleblow), mayBeMissing: true),
            "/whistleblowing/cases/{id}/files/{file}/preview": RouteRule(
                .thing(WhistleblowingRights.handle, .whistleblow), mayBeMissing: true),
        ]
        for form in CaseForm.allCases { all["/deviations/{id}/\(form.rawValue)"] = rule(form.right) }
        for form in KeeperForm.allCases {
            all["/whistleblowing/cases/{id}/\(form.rawValue)"] = RouteRule(
                .thing(WhistleblowingRights.handle, .whistleblow))
        }
        return all
    }()
}
