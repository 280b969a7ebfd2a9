public import EventBus
public import Logging
public import ServiceLifecycle

/// Takes mails from the host's desk and sends them, one after the other, until it is to stop.
///
/// It holds one mail at a time: what a killed or stopped worker holds has to wait until its lease runs out. A graceful
/// stop finishes that mail. While the host is away it waits; a mail it has sent meanwhile is reported as soon as the
/// host is back.
public struct NotificationsWorker: Service {
    /// The desk's queue that it works on.
    public static let queue = "notifications"

    let loop: WorkLoop
    let transport: any MailTransport
    let sender: MailAddress
    let logger: Logger

    /// - Throws: one line for the operator: a key that is none, or a mail folder that cannot be made.
    public init(_ credentials: ClientCredentials, mail: MailSettings, logger: Logger) throws {
        transport = try mail.transport()
        loop = WorkLoop(queue: Self.queue, client: try WorkerClient(credentials, logger: logger), logger: logger)
        sender = mail.sender
        self.logger = logger
        logger.info(
            "notifications worker",
            metadata: ["worker": "\(credentials.name)", "desk": "\(credentials.desk)", "mail": "\(mail)"])
    }

    /// Works until a graceful stop or cancellation.
    ///
    /// - Throws: `BusError` when the desk does not let this key in, or not at this queue.
    public func run() async throws {
        let result: Result<Void, any Error>
        do {
            try await loop.run(deliver)
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await transport.close()
        try result.get()
    }
}
