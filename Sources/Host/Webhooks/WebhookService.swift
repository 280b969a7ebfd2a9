import EventBus
import EventKit
import Logging
import ModuleKit
import ServiceLifecycle
import Storage

/// Reads the log for webhooks as soon as there has been one, and tells administrators of those that paused by themselves.
struct WebhookService: Service {
    /// How often paused ones are looked for.
    private static let look: Duration = .seconds(60)

    let queue: WebhookQueue
    let host: HostServices
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { tasks in
                tasks.addTask { await read() }
                tasks.addTask { await watch() }
            }
        }
    }

    private func read() async {
        let webhooks = queue.webhooks
        guard let everything = TopicPattern("*") else { return }
        let reader = LogReader(
            name: Webhooks.reader, topics: [everything], log: webhooks.log, database: webhooks.database,
            logger: logger, afterCommit: { webhooks.jobs.wake() }, handle: { try queue.handle($0, in: $1) })
        do {
            // Without webhooks nothing is read: each batch would be a transaction.
            while await !isNeeded() { try await Task.sleep(for: .seconds(1)) }
            try await reader.run()
        } catch is CancellationError {
        } catch {
            logger.error("no events reach webhooks until the next start", metadata: ["error": "\(error)"])
        }
    }

    /// Another host may have made the first one.
    private func isNeeded() async -> Bool {
        (try? await LogReader.hasBegun(name: Webhooks.reader, database: queue.webhooks.database)) ?? false
    }

    private func watch() async {
        repeat {
            do {
                let count = try await queue.webhooks.database.read { try WebhookTable.countPaused(in: $0) }
                try await WebhookAlarm.alarm.report(count, host)
            } catch {
                logger.error("nobody is told of paused webhooks yet", metadata: ["error": "\(error)"])
            }
        } while (try? await Task.sleep(for: Self.look)) != nil
    }
}

/// What administrators are told when webhooks have paused by themselves.
enum WebhookAlarm {
    /// Stands for the host where notices name a module.
    static let module = "webhooks"
    static let alarm = Alarm("webhooks-paused", path: WebhookPages.path)

    static func mail(_ language: Language) -> MailText {
        let text = WebhookTexts[language]
        return MailText(subject: text.alarmSubject, paragraphs: [text.alarmText], linkLabel: text.alarmLink)
    }
}
