import CCurl
import WebhookKit

/// One libcurl handle for one request. The only place of webhooks with C pointers; blocks its thread.
@safe struct WebhookConnection: ~Copyable {
    /// More of an answer's body is not read.
    private static let answerLimit = 64 << 10

    private let handle: UnsafeMutableRawPointer

    /// libcurl sets itself up once a process; older ones do not lock that themselves.
    private static let ready = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init() throws(WebhookFailure) {
        guard Self.ready, let handle = unsafe curl_easy_init() else { throw .client }
        unsafe self.handle = handle
    }

    deinit { unsafe curl_easy_cleanup(handle) }

    /// Sends to these numbers of the address' host and nowhere else; blocks until the receiver has answered.
    ///
    /// - Returns: the answer's status.
    func post(
        _ request: WebhookRequest, to address: ReceiverAddress, at numbers: [IPAddress], caFile: String?
    ) throws(WebhookFailure) -> Int {
        try apply(address, caFile)
        // Without it libcurl asks first and waits a second for receivers that do not know the question.
        let headers = unsafe list(request.headers + ["Expect:"])
        let lookup = unsafe list(address.number == nil ? [Self.lookup(address, numbers)] : [])
        defer {
            unsafe curl_slist_free_all(headers)
            unsafe curl_slist_free_all(lookup)
        }
        try accept(unsafe headers == nil ? CURLE_OUT_OF_MEMORY : ccurl_set_list(handle, CURLOPT_HTTPHEADER, headers))
        try accept(unsafe ccurl_set_list(handle, CURLOPT_RESOLVE, lookup))
        var body = request.body
        let result = body.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) {
                unsafe ccurl_post(handle, $0.baseAddress, $0.count, Self.answerLimit)
            }
        }
        let status = unsafe ccurl_get_long(handle, CURLINFO_RESPONSE_CODE)
        // A receiver that says more than anybody reads has answered all the same.
        guard result == CURLE_OK || (result == CURLE_WRITE_ERROR && status >= 200) else { throw WebhookFailure(result) }
        return status
    }

    /// The host's name stays in the request and in the check of the certificate; its numbers are those that were looked at.
    private static func lookup(_ address: ReceiverAddress, _ numbers: [IPAddress]) -> String {
        let written = numbers.map { $0.bytes.count == 16 ? "[\($0)]" : "\($0)" }
        return "\(address.host):\(address.port):\(written.joined(separator: ","))"
    }

    private func apply(_ address: ReceiverAddress, _ caFile: String?) throws(WebhookFailure) {
        try set(CURLOPT_URL, address.text)
        try set(CURLOPT_PROTOCOLS_STR, address.text.hasPrefix("https:") ? "https" : "http")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_NOSIGNAL, 1)
        // A proxy would look names up by itself; the environment may name one.
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_CONNECTTIMEOUT, 5)
        // Shorter than the lease: a receiver that hangs must not look like a dead worker.
        try set(CURLOPT_TIMEOUT, 15)
        try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        try set(CURLOPT_USERAGENT, "Trivsel")
        if let caFile { try set(CURLOPT_CAINFO, caFile) }
    }

    /// Nil when there are no lines, or no memory.
    private func list(_ lines: [String]) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { unsafe list = curl_slist_append(list, line) ?? list }
        return unsafe list
    }

    private func set(_ option: CURLoption, _ value: Int) throws(WebhookFailure) {
        try accept(unsafe ccurl_set_long(handle, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(WebhookFailure) {
        try accept(unsafe ccurl_set_string(handle, option, value))
    }

    private func accept(_ code: CURLcode) throws(WebhookFailure) {
        guard code == CURLE_OK else { throw .client }
    }
}
