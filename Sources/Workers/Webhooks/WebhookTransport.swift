import WebhookKit

/// Sends requests to receivers, one at a time, each over a connection of its own.
actor WebhookTransport {
    private let policy: AddressPolicy
    private let caFile: String?
    private let lookup: ReceiverAddress.Lookup
    private let executor = BlockingExecutor(label: "trivsel.webhooks")

    /// libcurl and the resolver block, so the whole actor has its own thread.
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(_ policy: AddressPolicy, caFile: String?, lookup: @escaping ReceiverAddress.Lookup) {
        (self.policy, self.caFile, self.lookup) = (policy, caFile, lookup)
    }

    /// Looks the receiver's address up, each time anew, and connects to what was found and looked at.
    ///
    /// - Returns: the status, from 200 to 299.
    func send(_ request: WebhookRequest) throws(WebhookFailure) -> Int {
        let status: Int
        do {
            let address = try ReceiverAddress(request.url, policy)
            let numbers = try address.numbers(policy, lookup: lookup)
            status = try WebhookConnection().post(request, to: address, at: numbers, caFile: caFile)
        } catch let fault as ReceiverAddress.Fault {
            throw WebhookFailure(fault)
        } catch let failure as WebhookFailure {
            throw failure
        } catch {
            throw .client
        }
        guard (200..<300).contains(status) else { throw WebhookFailure(status: status) }
        return status
    }
}
