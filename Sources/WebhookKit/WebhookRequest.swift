/// One request to a receiver, signed by the host: a worker holds no secret.
public struct WebhookRequest: Sendable, Hashable, Codable {
    public var url: String
    /// The event's; the same for every attempt.
    public var id: String
    /// Seconds since 1970, of this attempt.
    public var timestamp: Int64
    /// One for each secret that is valid, with a space between them.
    public var signature: String
    /// A CloudEvent in JSON.
    public var body: String

    /// Signed with each of `secrets`.
    public init(url: String, id: String, seconds: Int64, body: String, secrets: [WebhookSecret]) {
        (self.url, self.id, timestamp, self.body) = (url, id, seconds, body)
        signature = secrets.map { $0.signature(id: id, seconds: seconds, body: body) }.joined(separator: " ")
    }

    /// What goes with the body.
    public var headers: [String] {
        [
            "Content-Type: application/cloudevents+json", "webhook-id: \(id)", "webhook-timestamp: \(timestamp)",
            "webhook-signature: \(signature)",
        ]
    }
}
