/// Where clamd listens.
public enum ClamdAddress: Sendable, Hashable {
    case unix(path: String)
    case tcp(host: String, port: Int)

    /// Reads `unix:/run/clamav/clamd.ctl` and `tcp://127.0.0.1:3310`; nil for anything else.
    public init?(_ text: String) {
        if text.hasPrefix("unix:/") {
            self = .unix(path: String(text.dropFirst(5)))
        } else if text.hasPrefix("tcp://"), let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...]), (1...65_535).contains(port), text[..<colon].count > 6
        {
            self = .tcp(host: text[..<colon].dropFirst(6).filter { $0 != "[" && $0 != "]" }, port: port)
        } else {
            return nil
        }
    }
}
