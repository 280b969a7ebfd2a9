import CCurl
import WebhookKit

/// Why a receiver did not take an event. `reason` is a short code such as `http-500` or `webhook-timeout`: it is stored, logged and
/// shown, so it never holds an address or what the receiver said.
struct WebhookFailure: Error, Sendable, Hashable {
    let reason: String
    /// False when another attempt is of no use.
    var retry = true

    /// libcurl itself.
    static let client = WebhookFailure(reason: "webhook-client")
    static let malformed = WebhookFailure(reason: "webhook-malformed", retry: false)

    init(reason: String, retry: Bool = true) { (self.reason, self.retry) = (reason, retry) }

    /// 410: the receiver wants nothing more (Standard Webhooks 1.0, “Gone”).
    init(status: Int) { self.init(reason: "http-\(status)", retry: status != 410) }

    /// What is not reached now may be later, when its name leads elsewhere or the operator allows it.
    init(_ fault: ReceiverAddress.Fault) {
        switch fault {
        case .unknown: self.init(reason: "webhook-host")
        default: self.init(reason: "webhook-address")
        }
    }

    init(_ result: CURLcode) {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST: self.init(reason: "webhook-host")
        case CURLE_COULDNT_CONNECT: self.init(reason: "webhook-connect")
        case CURLE_OPERATION_TIMEDOUT: self.init(reason: "webhook-timeout")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            self.init(reason: "webhook-tls")
        default: self.init(reason: "webhook-curl-\(result.rawValue)")
        }
    }
}
