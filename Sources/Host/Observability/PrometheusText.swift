/// Writes the Prometheus text format 0.0.4.
///
/// Source: prometheus.io/docs/instrumenting/exposition_formats, “Text-based format”.
enum PrometheusText {
    /// `label` as a metric's name, ending in `suffix`: `http.requests` → `http_requests_total`.
    static func name(_ label: String, suffix: String) -> String {
        let name = identifier(label, also: ":")
        return name.hasSuffix(suffix) ? name : name + suffix
    }

    /// The labels as they stand between braces. Of two that get the same name the last holds.
    static func labels(_ dimensions: [(String, String)]) -> String {
        var values: [String: String] = [:]
        for (key, value) in dimensions {
            let name = identifier(key)
            // `le` is the histogram's own; two leading underscores are Prometheus's own.
            values[name == "le" || name.hasPrefix("__") ? "exported_\(name)" : name] = value
        }
        return values.sorted { $0.key < $1.key }.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",")
    }

    static func sample(_ name: String, _ labels: String, _ value: String, to text: inout String) {
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map(String.init) ?? value.description
    }

    /// ASCII letters, digits and underscores, not beginning with a digit; whatever else becomes an underscore.
    private static func identifier(_ text: String, also allowed: Unicode.Scalar? = nil) -> String {
        var name = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isWord = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            name.append(isWord || scalar == "_" || scalar == allowed ? scalar : "_")
        }
        let startsWell = name.first.map { !("0"..."9").contains($0) } ?? false
        return startsWell ? String(name) : "_" + String(name)
    }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
