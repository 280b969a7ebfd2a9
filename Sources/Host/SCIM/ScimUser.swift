import Crypto
import EventKit
import Foundation
import HTTPTypes
import ModuleKit
import Storage

/// A person as a SCIM User, and back.
struct ScimUser: Sendable {
    static let schema = "urn:ietf:params:scim:schemas:core:2.0:User"

    var username, name: String
    var externalID, email, unit, campus: String?
    var affiliation: Affiliation
    /// Only when they are new: from then on it is theirs to choose.
    var language: Language
    var isActive: Bool

    /// - Throws: `ScimError` 400.
    init(_ resource: ScimValue, _ chart: OrganisationChart) throws {
        func line(_ text: String?, _ what: String, most: Int = 320) throws -> String? {
            guard let text = text?.trimmingSpaces().nonEmpty else { return nil }
            guard text.utf8.count <= most, !text.unicodeScalars.contains("\0") else {
                throw ScimError.invalid("\(what) is too long.")
            }
            return text
        }
        guard let username = try line(resource["userName"]?.text, "userName") else {
            throw ScimError.invalid("userName is missing.")
        }
        self.username = username
        externalID = try line(resource["externalId"]?.text, "externalId", most: 200)
        let parts = [resource["name"]?["givenName"], resource["name"]?["familyName"]].compactMap { $0?.text?.nonEmpty }
        name =
            try line(resource["name"]?["formatted"]?.text, "name", most: 400)
            ?? line(parts.joined(separator: " "), "name", most: 400)
            ?? line(resource["displayName"]?.text, "displayName", most: 400) ?? username
        let emails = resource["emails"]?.items ?? []
        let chosen = emails.first { $0["primary"]?.truth ?? false } ?? emails.first
        email = try line(chosen?["value"]?.text ?? chosen?.text, "emails")
        affiliation =
            switch resource["userType"]?.text?.lowercased() {
            case "employee", "staff", "faculty": .employee
            case "student": .student
            default: .external
            }
        language = resource["preferredLanguage"]?.text.map { Language(acceptLanguage: $0) } ?? .nb
        isActive = resource["active"]?.truth ?? true
        let extra = resource[ScimValue.enterprise]
        (unit, campus) = (extra?["department"]?.text?.nonEmpty, extra?["division"]?.text?.nonEmpty)
        if let unit, chart.unit(unit) == nil { throw ScimError.invalid("There is no department “\(unit)”.") }
        if let campus, chart.campus(campus) == nil { throw ScimError.invalid("There is no division “\(campus)”.") }
    }

    /// What is patched: everything that can be written.
    static func editable(_ person: Person, now: Timestamp) -> ScimValue {
        let words = person.name.split(separator: " ")
        let extra = ScimValue.fields([
            "department": person.unit.map { .string($0) }, "division": person.campus.map { .string($0) },
        ])
        let email: ScimValue? =
            person.email.isEmpty ? nil : .array([.fields(["value": .string(person.email), "type": "work"])])
        return .fields([
            "userName": .string(person.username ?? person.id), "externalId": person.externalID.map { .string($0) },
            "name": .fields([
                "formatted": .string(person.name), "givenName": .string(words.dropLast().joined(separator: " ")),
                "familyName": .string(words.last.map(String.init) ?? ""),
            ]),
            "displayName": .string(person.name), "active": .bool(person.isHere(at: now)), "emails": email,
            "userType": person.affiliation == .external ? nil : .string(person.affiliation.rawValue),
            "preferredLanguage": .string(person.language.rawValue),
            ScimValue.enterprise: extra == .object([:]) ? nil : extra,
        ])
    }

    /// The patched one; a part of the name that changed counts for more than the whole, which did not.
    static func patched(_ person: Person, by patch: ScimPatch, _ chart: OrganisationChart, now: Timestamp) throws
        -> ScimUser
    {
        let before = editable(person, now: now)
        guard case .object(var after) = try patch.applied(to: before) else { throw ScimError.notFound }
        if after["name"]?["formatted"] == before["name"]?["formatted"] {
            if after["name"] != before["name"], case .object(var name)? = after["name"] {
                name["formatted"] = nil
                after["name"] = .object(name)
            } else if after["displayName"] != before["displayName"] {
                after["name"] = nil
            }
        }
        return try ScimUser(.object(after), chart)
    }

    /// As it is shown.
    static func shown(_ person: Person, _ chart: OrganisationChart, site: String, now: Timestamp) -> ScimValue {
        guard case .object(var fields) = editable(person, now: now) else { return .null }
        fields["name"] = .fields(["formatted": .string(person.name)])
        fields["emails"] = fields["emails"].map { emails in
            .array(emails.items.map { .fields(["value": $0["value"]]) })
        }
        let groups = chart.grants(of: person.id, at: now).filter { $0.deputyFor == nil }.map { grant -> ScimValue in
            let id = ScimGroup.id(grant.role, grant.unit)
            return .fields([
                "value": .string(id), "$ref": .string("\(site)/scim/v2/Groups/\(id)"), "type": "direct",
            ])
        }
        if !groups.isEmpty { fields["groups"] = .array(groups) }
        fields["schemas"] =
            fields[ScimValue.enterprise] == nil ? [.string(schema)] : [.string(schema), .string(ScimValue.enterprise)]
        fields["id"] = .string(person.id)
        return ScimResources.stamped(fields, "User", at: "\(site)/scim/v2/Users/\(person.id)")
    }
}

/// What all resources have in common.
enum ScimResources {
    /// With its `meta`, its version a hash of the rest.
    static func stamped(_ fields: [String: ScimValue], _ type: String, at location: String) -> ScimValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let bytes = (try? encoder.encode(ScimValue.object(fields))) ?? Data()
        let tag = "W/\"\(Secret.hex(SHA256.hash(data: bytes)).prefix(16))\""
        var fields = fields
        fields["meta"] = .fields([
            "resourceType": .string(type), "location": .string(location), "version": .string(tag),
        ])
        return .object(fields)
    }

    static func version(of resource: ScimValue) -> String { resource["meta"]?["version"]?.text ?? "" }
}
