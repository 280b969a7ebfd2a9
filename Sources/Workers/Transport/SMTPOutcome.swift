import CCurl

/// What libcurl tells about a mail that was not accepted, and what it means.
struct SMTPOutcome {
    let result: CURLcode
    /// The server's last reply code; 0 when it said nothing.
    let reply: Int
    /// Whether libcurl had taken the message's last byte to send it.
    let allRead: Bool

    /// 4xx and a server that cannot be reached are worth another attempt. 5xx is final when it is about this mail;
    /// about the account or the connection (RFC 4954 § 6, a greeting, STARTTLS) it is the operator's to mend, and the
    /// mail waits.
    var failure: MailFailure {
        let code = "smtp-\(reply)"
        switch (result, reply) {
        case (CURLE_LOGIN_DENIED, _), (_, 530), (_, 534), (_, 535), (_, 538): return .temporary(reason: "smtp-login")
        case (_, 400..<500): return .temporary(reason: code)
        case (_, 500..<600):
            return result == CURLE_SEND_ERROR || allRead ? .permanent(reason: code) : .temporary(reason: code)
        default: return allRead ? .ambiguous(reason: "smtp-silent") : .temporary(reason: connectionReason)
        }
    }

    private var connectionReason: String {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST: "smtp-host"
        case CURLE_COULDNT_CONNECT: "smtp-connect"
        case CURLE_OPERATION_TIMEDOUT: "smtp-timeout"
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            "smtp-tls"
        default: "smtp-connection"
        }
    }
}
