import HTTPTypes

/// The operations of a PATCH (RFC 7644 § 3.5.2), done to a resource as a whole before anything is stored.
struct ScimPatch {
    private struct Path {
        var schema: String?
        let attribute: String
        /// `[name eq "value"]`
        let filter: (name: String, value: String)?
        let sub: String?
    }

    /// Attributes that the service alone says.
    private static let readOnly: Set = ["id", "meta", "schemas", "groups"]

    private let operations: [ScimValue]

    /// - Throws: `ScimError` 400.
    init(_ body: ScimValue) throws {
        operations = body["Operations"]?.items ?? []
        guard !operations.isEmpty, operations.count <= 1000 else {
            throw ScimError(.badRequest, "invalidSyntax", "A patch needs 1 to 1000 Operations.")
        }
    }

    /// - Throws: `ScimError` 400.
    func applied(to resource: ScimValue) throws -> ScimValue {
        guard case .object(var fields) = resource else { return resource }
        for operation in operations {
            let op = operation["op"]?.text?.lowercased() ?? ""
            guard ["add", "replace", "remove"].contains(op) else {
                throw ScimError(.badRequest, "invalidSyntax", "An operation is add, replace or remove.")
            }
            if let path = operation["path"]?.text {
                try apply(op, try Self.path(path), operation["value"], to: &fields)
            } else {
                guard op != "remove", case .object(let values)? = operation["value"] else {
                    throw ScimError(.badRequest, "noTarget", "An operation needs a path, or an object as its value.")
                }
                for (name, value) in values.sorted(by: { $0.key < $1.key }) where !Self.readOnly.contains(name) {
                    try apply(op, try Self.path(name), value, to: &fields)
                }
            }
        }
        return .object(fields)
    }

    private static func path(_ text: String) throws -> Path {
        var rest = text[...]
        var schema: String?
        if rest.lowercased().hasPrefix("urn:") {
            let isEnterprise = rest.lowercased().hasPrefix(ScimValue.enterprise.lowercased())
            if isEnterprise, rest.count == ScimValue.enterprise.count {
                return Path(schema: nil, attribute: ScimValue.enterprise, filter: nil, sub: nil)
            }
            schema = isEnterprise ? ScimValue.enterprise : nil
            rest = rest[(rest.lastIndex(of: ":") ?? rest.startIndex)...].dropFirst()
        }
        guard
            let found = rest.wholeMatch(
                of:
                    /([A-Za-z$][A-Za-z0-9_$-]*)(?:\[\s*([A-Za-z$]+)\s+[eE][qQ]\s+"?([^"\]]*)"?\s*\])?(?:\.([A-Za-z$]+))?/
            )
        else { throw ScimError(.badRequest, "invalidPath", "The path “\(text)” cannot be read.") }
        let filter = found.2.flatMap { name in
            found.3.map { (name: ScimValue.named(String(name)), value: String($0)) }
        }
        return Path(
            schema: schema, attribute: ScimValue.named(String(found.1)), filter: filter,
            sub: found.4.map { ScimValue.named(String($0)) })
    }

    private func apply(_ op: String, _ path: Path, _ value: ScimValue?, to fields: inout [String: ScimValue]) throws {
        guard !Self.readOnly.contains(path.attribute) else {
            throw ScimError(.badRequest, "mutability", "“\(path.attribute)” cannot be changed.")
        }
        if let schema = path.schema {
            guard case .object(var inner) = fields[schema] ?? .object([:]) else { return }
            var path = path
            path.schema = nil
            try apply(op, path, value, to: &inner)
            fields[schema] = .object(inner)
            return
        }
        let old = fields[path.attribute]
        if op == "remove" {
            fields[path.attribute] = removed(path, value, from: old)
            return
        }
        guard let value else { throw ScimError(.badRequest, "invalidValue", "An operation needs a value.") }
        if path.filter != nil {
            fields[path.attribute] = filtered(path, value, in: old)
        } else if let sub = path.sub {
            if case .array(let items) = old ?? .null, let first = items.first {
                fields[path.attribute] = .array([merged(first, .object([sub: value]))] + items.dropFirst())
            } else {
                fields[path.attribute] = merged(old ?? .object([:]), .object([sub: value]))
            }
        } else if op == "add", path.attribute == "members" {
            let items = old?.items ?? []
            fields[path.attribute] = .array(items + value.items.filter { !items.contains($0) })
        } else {
            fields[path.attribute] = merged(old ?? .null, value)
        }
    }

    private func merged(_ old: ScimValue, _ new: ScimValue) -> ScimValue {
        guard case .object(let a) = old, case .object(let b) = new else { return new }
        return .object(a.merging(b) { $1 })
    }

    private func removed(_ path: Path, _ value: ScimValue?, from old: ScimValue?) -> ScimValue? {
        if let filter = path.filter {
            let kept = (old?.items ?? []).compactMap { item -> ScimValue? in
                guard item[filter.name]?.text == filter.value else { return item }
                guard let sub = path.sub, case .object(var inner) = item else { return nil }
                inner[sub] = nil
                return .object(inner)
            }
            return .array(kept)
        }
        if let sub = path.sub {
            guard case .object(var inner)? = old else { return nil }
            inner[sub] = nil
            return .object(inner)
        }
        // Entra names the members that go in the value.
        if path.attribute == "members", let value, !value.items.isEmpty {
            let gone = Set(value.items.compactMap { $0["value"]?.text })
            return .array((old?.items ?? []).filter { !gone.contains($0["value"]?.text ?? "") })
        }
        return nil
    }

    private func filtered(_ path: Path, _ value: ScimValue, in old: ScimValue?) -> ScimValue {
        guard let filter = path.filter else { return value }
        let new: ScimValue = path.sub.map { .object([$0: value]) } ?? value
        var items = old?.items ?? []
        let matching = items.indices.filter { items[$0][filter.name]?.text == filter.value }
        for index in matching { items[index] = merged(items[index], new) }
        if matching.isEmpty { items.insert(merged(.object([filter.name: .string(filter.value)]), new), at: 0) }
        return .array(items)
    }
}
