import ModuleKit

/// What the service says of itself (RFC 7643 §§ 5–7).
enum ScimDiscovery {
    static func configuration(_ site: String) -> ScimValue {
        func supported(_ truth: Bool) -> ScimValue { .fields(["supported": .bool(truth)]) }
        return .fields([
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"], "patch": supported(true),
            "bulk": .fields(["supported": false, "maxOperations": .number(0), "maxPayloadSize": .number(0)]),
            "filter": .fields(["supported": true, "maxResults": .number(Double(ScimPage.most))]),
            "changePassword": supported(false), "sort": supported(false), "etag": supported(true),
            "authenticationSchemes": .array([
                .fields([
                    "type": "oauthbearertoken", "name": "Bearer token",
                    "description": "Made by trivsel token new --scope scim.", "primary": true,
                ])
            ]),
            "meta": meta("ServiceProviderConfig", "\(site)/scim/v2/ServiceProviderConfig"),
        ])
    }

    static func types(_ site: String) -> [ScimValue] {
        [("User", ScimUser.schema), ("Group", ScimGroup.schema)].map { name, schema in
            let more: ScimValue? =
                name == "User"
                ? .array([.fields(["schema": .string(ScimValue.enterprise), "required": false])]) : nil
            return .fields([
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"], "id": .string(name),
                "name": .string(name), "endpoint": .string("/\(name)s"), "schema": .string(schema),
                "schemaExtensions": more, "meta": meta("ResourceType", "\(site)/scim/v2/ResourceTypes/\(name)"),
            ])
        }
    }

    static func schemas(_ chart: OrganisationChart, _ site: String) -> [ScimValue] {
        [
            schema(ScimUser.schema, "User", "A person", site, user),
            schema(
                ScimValue.enterprise, "EnterpriseUser", "Where a person belongs", site,
                [
                    attribute("department", "The code of the unit.", values: chart.units.map(\.id)),
                    attribute("division", "The code of the campus.", values: chart.campuses.map(\.id)),
                ]),
            schema(ScimGroup.schema, "Group", "A role at a unit: role@unit", site, group),
        ]
    }

    private static let user: [ScimValue] = [
        attribute("userName", "What the institution itself calls the person.", required: true, unique: "server"),
        attribute(
            "name", "The name as it is written.", type: "complex", required: true,
            inner: [attribute("formatted", "All of it.", required: true)]),
        attribute("displayName", "The same.", mutability: "readOnly"),
        attribute("active", "False for who has left.", type: "boolean", required: true),
        attribute(
            "emails", "One address.", type: "complex", isMany: true,
            inner: [attribute("value", "The address.", required: true)]),
        attribute("userType", "Nothing for a guest.", values: ["employee", "student"]),
        attribute(
            "preferredLanguage", "Taken when the person is new; then theirs to choose.", mutability: "readOnly"),
        attribute(
            "groups", "The roles.", type: "complex", isMany: true, mutability: "readOnly",
            inner: members(mutability: "readOnly", references: ["Group"])),
    ]

    private static let group: [ScimValue] = [
        attribute("displayName", "The role and the unit.", mutability: "readOnly"),
        attribute(
            "members", "Who holds the role now; it begins and ends with membership.", type: "complex", isMany: true,
            inner: members(mutability: "immutable", references: ["User"])),
    ]

    private static func members(mutability: String, references: [String]) -> [ScimValue] {
        [
            attribute("value", "The id.", mutability: mutability),
            attribute("$ref", "The address.", type: "reference", mutability: mutability, references: references),
            attribute("type", "What it is.", mutability: mutability),
        ]
    }

    private static func attribute(
        _ name: String, _ description: String, type: String = "string", isMany: Bool = false, required: Bool = false,
        mutability: String = "readWrite", unique: String = "none", values: [String] = [], references: [String] = [],
        inner: [ScimValue] = []
    ) -> ScimValue {
        func list(_ texts: [String]) -> ScimValue? { texts.isEmpty ? nil : .array(texts.map { .string($0) }) }
        return .fields([
            "name": .string(name), "type": .string(type), "multiValued": .bool(isMany),
            "description": .string(description), "required": .bool(required), "caseExact": false,
            "mutability": .string(mutability), "returned": "default", "uniqueness": .string(unique),
            "canonicalValues": list(values), "referenceTypes": list(references),
            "subAttributes": inner.isEmpty ? nil : .array(inner),
        ])
    }

    private static func schema(
        _ id: String, _ name: String, _ description: String, _ site: String, _ attributes: [ScimValue]
    ) -> ScimValue {
        .fields([
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"], "id": .string(id), "name": .string(name),
            "description": .string(description), "attributes": .array(attributes),
            "meta": meta("Schema", "\(site)/scim/v2/Schemas/\(id)"),
        ])
    }

    private static func meta(_ type: String, _ location: String) -> ScimValue {
        .fields(["resourceType": .string(type), "location": .string(location)])
    }
}
