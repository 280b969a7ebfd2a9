import EventKit
import Synchronization

/// Who has looked at what of late, as far as this host has noted it: so that reading on in a case costs no write.
///
/// Other hosts have memories of their own, and a host that starts has none: then a look is noted once more.
final class RecentLooks: Sendable {
    private static let seconds: Int64 = 600
    private static let most = 20_000

    private struct Look: Hashable {
        let person: String?
        let object: String
    }

    private let noted = Mutex<[Look: Timestamp]>([:])

    func new(among looks: [AuditEntry]) -> [AuditEntry] {
        noted.withLock { noted in
            looks.filter { look in
                guard let at = noted[Look(person: look.actor, object: look.object)] else { return true }
                // A clock that was put back forgets nothing.
                return look.at < at || at.adding(seconds: Self.seconds) <= look.at
            }
        }
    }

    func remember(_ looks: [AuditEntry]) {
        noted.withLock { noted in
            for look in looks {
                if noted.count >= Self.most {
                    noted = noted.filter { look.at < $0.value.adding(seconds: Self.seconds) }
                    if noted.count >= Self.most { noted = [:] }
                }
                noted[Look(person: look.actor, object: look.object)] = look.at
            }
        }
    }
}
