import Foundation
import Testing

@testable import Workers

/// Mails as files.
@Suite struct FileTransportTests {
    @Test func `a mail becomes one private file whose name tells no address`() async throws {
        let folder = try ScratchFolder()
        let transport = try FileTransport(folder: "\(folder.path)/a/mail")
        try await transport.send(Mail.sample().message())
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/a/mail")
        let attributes = try FileManager.default.attributesOfItem(
            atPath: "\(folder.path)/a/mail/\(try #require(names.first))")
        #expect(names.count == 1)
        #expect(names[0].hasSuffix("-d-1.eml") && !names[0].contains("kari") && !names[0].contains("@"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `names sort by time`() throws {
        let message = try Mail.sample().message()
        #expect(
            FileTransport.name(of: message, at: Date(timeIntervalSince1970: 1_795_767_330.123))
                == "20261127T081530.123Z-d-1.eml")
    }

    @Test func `a Message-ID cannot lead out of the folder`() throws {
        let name = FileTransport.name(of: try Mail.sample(messageID: "<.._..~=+a@b>").message(), at: Date())
        #expect(name.hasSuffix("Z---------a.eml"))
    }

    @Test func `a folder that is a file is refused in one line`() throws {
        let folder = try ScratchFolder()
        try Data().write(to: URL(filePath: "\(folder.path)/mail"))
        #expect(throws: MailSettingsError.self) { try FileTransport(folder: "\(folder.path)/mail") }
    }

    @Test func `a folder that is gone leaves the mail waiting, and no part of it behind`() async throws {
        let folder = try ScratchFolder()
        let transport = try FileTransport(folder: "\(folder.path)/mail")
        try FileManager.default.removeItem(atPath: "\(folder.path)/mail")
        await #expect(throws: MailFailure.temporary(reason: "mail-folder")) {
            try await transport.send(Mail.sample().message())
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}
