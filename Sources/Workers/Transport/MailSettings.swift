/// How a worker sends: from whom, and through what.
public struct MailSettings: Sendable {
    /// Where mails go.
    public enum Delivery: Sendable {
        case smtp(SMTPSettings)
        /// One `.eml` file each, under this folder.
        case folder(String)
    }

    public let sender: MailAddress
    public let delivery: Delivery

    /// Reads the settings of `mail`: `from` is an address with or without a name; without an `smtpURL` mails go to
    /// `folder`.
    public init(from: String, smtpURL: String?, caFile: String? = nil, folder: String) throws(MailSettingsError) {
        guard let sender = MailAddress(from) else {
            throw MailSettingsError(message: "the sender of mails is not an address, with or without a name: \(from)")
        }
        self.sender = sender
        if let smtpURL, !smtpURL.isEmpty {
            delivery = .smtp(try SMTPSettings(url: smtpURL, caFile: caFile))
        } else {
            delivery = .folder(folder)
        }
    }

    /// Opens nothing but the folder.
    func transport() throws(MailSettingsError) -> any MailTransport {
        switch delivery {
        case .smtp(let settings): SMTPTransport(settings)
        case .folder(let path): try FileTransport(folder: path)
        }
    }
}

extension MailSettings: CustomStringConvertible {
    /// Where mails go, fit for a log.
    public var description: String {
        switch delivery {
        case .smtp(let settings): settings.description
        case .folder(let path): path
        }
    }
}
