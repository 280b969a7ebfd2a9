import CalendarKit
import EventKit
import Logging
import ModuleKit
import ServiceLifecycle
import Storage
import Vault
import WhistleblowingCore

/// Goes round at every full hour: shreds what is due, and tells keepers that there is something to look at.
///
/// Not when something happens: a mail's own time would tell when somebody wrote.
struct Rounds: Service {
    let host: HostServices
    let whistleblows: Whistleblows
    let anonymous: AnonymousGate
    var alarm = AnonymousGate.alarm

    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                do { try await go(at: host.clock.now) } catch {
                    host.logger.error(
                        "a round could not be made; the next one makes up for it",
                        metadata: ["error": "\(type(of: error))"])
                }
            } while (try? await Task.sleep(for: Self.untilNextHour(host.clock.now))) != nil
        }
    }

    private static func untilNextHour(_ now: Timestamp) -> Duration {
        .milliseconds(3_600_000 - now.milliseconds % 3_600_000)
    }

    /// One round.
    func go(at now: Timestamp) async throws {
        let local = Oslo.local(at: now)
        try await whistleblows.shred(on: local.date)
        try await host.vault.files.removeLoose()
        try await alarm.report(anonymous.refused(), host)
        let keepers = Keepers(chart: try await host.directory.freshChart(), now: now)
        let cases = try await whistleblows.list(State.allCases, limit: .max) { _ in true }
        let news = cases.filter { $0.news == .new }
        let urgent = cases.filter { isUrgent($0.whistleblow, on: local.date) }
        let told = Set(news.flatMap { keepers.of($0.whistleblow) })
        let reminded = Set(urgent.flatMap { keepers.of($0.whistleblow) })
        guard !told.isEmpty || !reminded.isEmpty || !news.isEmpty else { return }
        try await host.database.write { tx in
            for keeper in told { try send(to: keeper, "\(local.date)T\(local.hour)", in: tx) }
            for keeper in reminded.subtracting(told) { try send(to: keeper, "\(local.date)", in: tx) }
            // What nobody could be told of stays new until somebody can.
            for stored in news where !keepers.of(stored.whistleblow).isEmpty {
                try WhistleblowStore.setNews(.told, of: stored.whistleblow.id, from: .new, in: tx)
            }
        }
    }

    /// A deadline is due tomorrow or has passed, or the case is about to be deleted.
    private func isUrgent(_ whistleblow: Whistleblow, on today: CivilDate) -> Bool {
        let deadlines = whistleblows.deadlines
        return deadlines.next(whistleblow).map { $0.adding(days: -1) <= today } ?? false
            || deadlines.warnsOfDeletion(whistleblow, on: today)
    }

    private func send(to keeper: String, _ round: String, in tx: Transaction) throws {
        let notice = Notice(to: keeper, template: "look", path: KeeperPages.path, facts: [:], required: false)
        // The key stays when the mail has gone: it must not say who was told.
        let who = host.vault.lookups.token(keeper, for: "notices")
        try host.notices.send(notice, key: "\(round)|mail|\(who)|\(notice.template)", in: tx)
    }

    /// The only mail there is: it names no case, and says the same of every one.
    static func mail(_ language: Language) -> MailText {
        let text = KeeperTexts[language]
        return MailText(subject: text.mailSubject, paragraphs: [text.mailText], linkLabel: text.mailLink)
    }
}

/// Takes what other modules hand over, as long as the module is on.
struct Inbox: Service {
    let whistleblows: Whistleblows
    let clock: Clock

    func run() async throws { try await whistleblows.inbox(clock) { Oslo.date(at: $0) }.run() }
}
