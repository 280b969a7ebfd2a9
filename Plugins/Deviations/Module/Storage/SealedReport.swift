public import DeviationsCore
import EventKit
import Storage
public import Vault

/// A new deviation, sealed before the transaction that others wait for.
public struct SealedReport: Sendable {
    let deviation: Deviation
    let key: CaseKey
    let title: [UInt8]
    let description: [UInt8]
    /// Codes of the channels tried, separated by spaces; nil when none was.
    let channelsWhich: String?
    let channelsText: [UInt8]
    /// Of the words by which it is found: those of its title and description.
    let tokens: String
    /// For whom it was reported; nil when for nobody else.
    let behalf: [UInt8]?
    /// What stands for a person whom the case is kept from.
    let token: @Sendable (String) -> String

    public init(
        _ deviation: Deviation, key: CaseKey, search: SearchTokens, token: @escaping @Sendable (String) -> String
    ) throws {
        self.token = token
        behalf = try deviation.onBehalf.map { try DeviationStore.sealed($0, by: key) }
        let report = deviation.report
        let (which, text) = DeviationStore.columns(of: report.ordinaryChannels)
        self.deviation = deviation
        self.key = key
        title = try key.seal(report.title, as: .title)
        description = try key.seal(report.description, as: .description)
        channelsWhich = which
        channelsText = try key.sealed(text, as: .channels)
        tokens = search.tokens(of: "\(report.title) \(report.description)")
    }
}
