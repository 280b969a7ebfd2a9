import CCurl

/// One libcurl handle, which keeps its connection open between mails. The only place with C pointers; for one thread at
/// a time.
@safe struct SMTPConnection: ~Copyable {
    private let handle: UnsafeMutableRawPointer

    /// libcurl sets itself up once a process; older ones do not lock that themselves.
    private static let ready = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private init() throws(MailFailure) {
        guard Self.ready, let handle = unsafe curl_easy_init() else { throw .temporary(reason: "smtp-client") }
        unsafe self.handle = handle
    }

    deinit { unsafe curl_easy_cleanup(handle) }

    /// A handle for the server that `settings` name. Opens nothing yet: the first mail connects.
    static func prepare(_ settings: SMTPSettings) throws(MailFailure) -> SMTPConnection {
        let connection = try SMTPConnection()
        try connection.apply(settings)
        return connection
    }

    private func apply(_ settings: SMTPSettings) throws(MailFailure) {
        try set(CURLOPT_URL, settings.plainURL)
        try set(CURLOPT_NOSIGNAL, 1)
        // The settings alone decide the way to the server, not ALL_PROXY in the environment.
        try set(CURLOPT_NOPROXY, "*")
        try set(CURLOPT_CONNECTTIMEOUT, 10)
        // RFC 5321 § 4.5.3.2 allows a server minutes; a stop that waits for the mail in hand does not.
        try set(CURLOPT_TIMEOUT, 60)
        try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if settings.security != .none { try set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        if let file = settings.caFile { try set(CURLOPT_CAINFO, file) }
        if let user = settings.user { try set(CURLOPT_USERNAME, user) }
        if let password = settings.password { try set(CURLOPT_PASSWORD, password) }
    }

    /// Blocks until the server has answered for the whole mail.
    func send(_ message: MailMessage) throws(MailFailure) {
        try set(CURLOPT_MAIL_FROM, "<\(message.sender.address)>")
        let list = unsafe curl_slist_append(nil, "<\(message.recipient.address)>")
        defer {
            unsafe ccurl_set_list(handle, CURLOPT_MAIL_RCPT, nil)
            unsafe curl_slist_free_all(list)
        }
        try accept(unsafe list == nil ? CURLE_OUT_OF_MEMORY : ccurl_set_list(handle, CURLOPT_MAIL_RCPT, list))
        var allRead = false
        let result = unsafe message.bytes.withUnsafeBufferPointer {
            unsafe ccurl_upload(handle, $0.baseAddress, $0.count, &allRead)
        }
        guard result != CURLE_OK else { return }
        let reply = unsafe ccurl_get_long(handle, CURLINFO_RESPONSE_CODE)
        throw SMTPOutcome(result: result, reply: reply, allRead: allRead).failure
    }

    private func set(_ option: CURLoption, _ value: Int) throws(MailFailure) {
        try accept(unsafe ccurl_set_long(handle, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(MailFailure) {
        try accept(unsafe ccurl_set_string(handle, option, value))
    }

    private func accept(_ code: CURLcode) throws(MailFailure) {
        guard code == CURLE_OK else { throw .temporary(reason: "smtp-client") }
    }
}
