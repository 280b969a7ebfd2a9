/// The name of a host as a request or an address has it: in lower case, without its port.
enum HostName {
    /// Of `host:port`, as it stands in the header `Host`.
    static func of(authority: some StringProtocol) -> String? {
        let end = authority.hasPrefix("[") ? authority.firstIndex(of: "]").map(authority.index(after:)) : nil
        let name = authority[..<(end ?? authority.firstIndex(of: ":") ?? authority.endIndex)]
        return String(name).lowercased().nonEmpty
    }

    /// Of an address such as `https://trivsel.example.no/path`.
    static func of(url: String) -> String? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        return of(authority: url[scheme.upperBound...].prefix { !"/?#".contains($0) })
    }
}
