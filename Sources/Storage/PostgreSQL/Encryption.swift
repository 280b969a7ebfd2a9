import Foundation

extension DatabaseURL {
    /// The address with `sslmode=require` when it names another machine and nobody has said how to reach it: libpq alone would go
    /// there in the clear when the server offers nothing else.
    static func encrypted(
        _ address: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        guard !address.contains("sslmode="), environment["PGSSLMODE"] == nil, isElsewhere(address, environment)
        else { return address }
        return "\(address)\(address.contains("?") ? "&" : "?")sslmode=require"
    }

    /// What the address does not say, libpq takes from the environment, or from a service's file, which is not read here.
    private static func isElsewhere(_ address: String, _ environment: [String: String]) -> Bool {
        let named = hosts(address).filter { !$0.isEmpty }
        if !named.isEmpty { return !named.allSatisfy(isHere) }
        let chosen = [environment["PGHOST"], environment["PGHOSTADDR"]].compactMap { $0?.split(separator: ",") }
            .joined()
        return !chosen.map(String.init).allSatisfy(isHere) || environment["PGSERVICE"] != nil
            || address.contains("service=")
    }

    /// Those before the path, and those that options name.
    private static func hosts(_ address: String) -> [String] {
        guard let scheme = address.firstRange(of: "://") else { return [] }
        let rest = address[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }.split(separator: "@").last ?? ""
        let named = authority.split(separator: ",").map { host in
            host.hasPrefix("[") ? host.dropFirst().prefix { $0 != "]" } : host.prefix { $0 != ":" }
        }
        let options = rest.drop { $0 != "?" }.dropFirst().split(separator: "&")
            .filter { $0.hasPrefix("host=") || $0.hasPrefix("hostaddr=") }
            .flatMap { $0.drop { $0 != "=" }.dropFirst().split(separator: ",") }
        return (named + options).map { $0.removingPercentEncoding ?? String($0) }
    }

    /// A socket's folder, or a name that only this machine has.
    private static func isHere(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return ["", "localhost", "::1"].contains(host) || host.hasPrefix("/")
            || parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
