/// Where finished mails go.
public protocol MailTransport: Sendable {
    /// Returns when the other side has taken `message` for good.
    func send(_ message: MailMessage) async throws(MailFailure)

    /// Ends what is open. A later `send` opens it again.
    func close() async
}
