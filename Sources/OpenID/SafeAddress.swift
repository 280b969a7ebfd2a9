import Foundation

/// Addresses that secrets may be sent to: https, or this machine.
public enum SafeAddress {
    public static func contains(_ address: String) -> Bool {
        guard let parts = URLComponents(string: address), let host = parts.host?.lowercased(), !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.fragment == nil
        else { return false }
        if parts.scheme?.lowercased() == "https" { return true }
        return parts.scheme?.lowercased() == "http" && ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
    }
}
