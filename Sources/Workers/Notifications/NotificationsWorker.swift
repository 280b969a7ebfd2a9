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

    let client: WorkerClient
    let transport: any MailTransport
    let sender: MailAddress
    let logger: Logger

    /// - Throws: one line for the operator: a key that is none, or a mail folder that cannot be made.
    public init(_ credentials: ClientCredentials, mail: MailSettings, logger: Logger) throws {
        transport = try mail.transport()
        client = try WorkerClient(credentials, logger: logger)
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
            try await withGracefulShutdownHandler {
                while let job = try await nextJob() { await deliver(job) }
            } onGracefulShutdown: {
                logger.info("notifications worker stops")
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await transport.close()
        await client.close()
        logger.info("notifications worker stopped")
        try result.get()
    }

    /// Waits for a job; nil when it is time to stop.
    private func nextJob() async throws -> TakenJob? {
        do {
            while !Task.isShuttingDownGracefully {
                let jobs = try await cancelWhenGracefulShutdown {
                    try await heard { try await client.take(Self.queue) }
                }
                if let job = jobs.first { return job }
            }
        } catch is CancellationError {}
        return nil
    }

    /// Asks again while the desk is too busy to hear.
    func heard<Answer: Sendable>(_ ask: @Sendable () async throws -> Answer) async throws -> Answer {
        while true {
            do {
                return try await ask()
            } catch let error as BusError where error.code == .busy {
                try await Task.sleep(for: .seconds(1))
            }
        }
    }
}
