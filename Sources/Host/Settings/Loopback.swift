/// Tells addresses that only this machine can reach.
enum Loopback {
    /// True for `localhost`, `127.0.0.0/8` and `::1`, and for no name that merely looks like them.
    static func contains(host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { UInt8($0) != nil && $0.first?.isNumber == true }
    }

    /// The same for the host of an address such as `http://127.0.0.1:8080/path`.
    static func contains(url: String) -> Bool {
        guard let scheme = url.firstRange(of: "://") else { return false }
        let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@").last ?? ""
        if host.hasPrefix("[") { return contains(host: String(host.prefix { $0 != "]" }) + "]") }
        return contains(host: String(host.prefix { $0 != ":" }))
    }
}
