import CalendarKit
import DeviationsCore
import EventKit
import Host
import ModuleKit
import Synchronization
import TrivselTesting
import Vault

@testable import DeviationsModule

/// The notices that a service has sent by itself.
final class PostedNotices: Sendable {
    private let posted = Mutex<[Notice]>([])
    var all: [Notice] { posted.withLock(\.self) }
    var post: NoticePost { NoticePost { notice, _, _ in self.posted.withLock { $0.append(notice) } } }
}

extension HostHarness {
    /// What looks after open cases once a minute, to be moved by hand.
    func openCases(_ notices: PostedNotices = PostedNotices(), alarm: Alarm = OpenCases.nobody) -> OpenCases {
        let services = HostServices(
            database: base.database, vault: base.vault, directory: base.directory, clock: clock.clock,
            workingDays: WorkingDays(), logger: base.logger, notices: notices.post)
        let cases = CaseVault(base.vault, database: base.database)
        return OpenCases(
            host: services,
            acts: DeviationActs(database: base.database, cases: cases, handlingTime: HandlingTime()), alarm: alarm)
    }

    /// Lets the next midnight in Norway come, but for so many seconds.
    func advance(toMidnightBut seconds: Int64) {
        let midnight = Oslo.endOfDay(Oslo.date(at: clock.now))
        clock.advance(seconds: (midnight.milliseconds - clock.now.milliseconds) / 1000 - seconds)
    }
}
