/// Hands mails to an SMTP server, many over one connection, one at a time.
public actor SMTPTransport: MailTransport {
    private let settings: SMTPSettings
    private let executor = BlockingExecutor(label: "trivsel.smtp")
    private var connection: SMTPConnection?

    /// libcurl blocks, so the whole actor has its own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    public init(_ settings: SMTPSettings) { self.settings = settings }

    public func send(_ message: MailMessage) throws(MailFailure) {
        if connection == nil { connection = try SMTPConnection.prepare(settings) }
        try connection?.send(message)
    }

    /// Says QUIT to the server.
    public func close() { connection = nil }
}
