public import Storage

/// What the host keeps of a module's cases: that somebody's request was answered from them, and what was given out.
///
/// A module says when a case, or a part of it, is gone for good: in the transaction of the change, so that no link to it is ever left.
public struct CaseTraces: Sendable {
    /// Where nothing is kept.
    public static let none = CaseTraces(forget: { _, _ in }, withdraw: { _, _ in })

    private let forgetCase: @Sendable (String, Transaction) throws -> Void
    private let withdrawExtracts: @Sendable (String, Transaction) throws -> Void

    public init(
        forget: @escaping @Sendable (_ id: String, Transaction) throws -> Void,
        withdraw: @escaping @Sendable (_ id: String, Transaction) throws -> Void
    ) { (forgetCase, withdrawExtracts) = (forget, withdraw) }

    /// The case's content is gone, or another one's: who looked at it, and for whom, is not to be found any more.
    public func forget(_ id: String, in tx: Transaction) throws { try forgetCase(id, tx) }

    /// Something in the case may be read no longer: what was given out of it is taken back.
    public func withdraw(_ id: String, in tx: Transaction) throws { try withdrawExtracts(id, tx) }
}
