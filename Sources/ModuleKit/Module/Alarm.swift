import CalendarKit
public import Metrics
import Storage
import Vault

/// Something that a person has to mend: a figure for whoever watches the installation, `trivsel_alarms{alarm="…"}`, and as long as it
/// is not 0 one mail a day to each administrator. Neither says which case it is about.
public struct Alarm: Sendable {
    public let name: String
    /// Where the mail leads.
    let path: String
    private let factory: (any MetricsFactory)?

    /// - Parameter name: of the figure's label, beginning with the module's: `deviations-nobody`.
    public init(_ name: String, path: String, factory: (any MetricsFactory)? = nil) {
        (self.name, self.path, self.factory) = (name, path, factory)
    }

    /// What the module is asked for the words of the mail by.
    public var template: String { "alarm.\(name)" }

    /// The figure alone, for what no administrator can be told.
    public func show(_ count: Int) {
        Gauge(label: "trivsel_alarms", dimensions: [("alarm", name)], factory: factory ?? MetricsSystem.factory)
            .record(count)
    }

    /// Says how many there are now; to be told again and again.
    public func report(_ count: Int, _ host: HostServices) async throws {
        show(count)
        if count == 0 { return }
        let (chart, now) = (try await host.directory.freshChart(), host.clock.now)
        let administrators = chart.holders(of: .administrator, within: Set(chart.units.map(\.id)), now: now)
        try await host.database.write { tx in
            for person in administrators {
                // The key stays for good: it must not say who was told.
                let who = host.vault.lookups.token(person, for: "notices")
                try host.notices.send(
                    Notice(to: person, template: template, path: path, facts: [:], required: false),
                    key: "\(name)-\(Oslo.date(at: now))|mail|\(who)|\(template)", in: tx)
            }
        }
    }
}
