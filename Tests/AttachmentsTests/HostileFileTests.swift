import Foundation
import Testing
import TrivselTesting
import Vault

@testable import Attachments

/// Promise: whatever is sent, nothing runs, nothing is shown but pixels, and no picture costs more than 256 MiB.
@Suite(.timeLimit(.minutes(10)))
struct HostileFileTests {
    @Test func `every hostile file is refused for its reason, or kept as what it is`() async throws {
        let hostile = try await Hostile.made()
        #expect(hostile.files.count >= 30)
        try await Bed.lay { bed in
            for file in hostile.files {
                let bytes = try hostile.bytes(file)
                do {
                    let taken = try await bed.take(file.name, bytes)
                    let kind = try #require(FileKind(mediaType: taken.type))
                    #expect(kind.rawValue == file.becomes, "\(file.file) \(file.name)")
                    #expect(kind.endings.contains { taken.name.hasSuffix("." + $0) }, "\(taken.name)")
                    #expect(!taken.name.contains { $0 == "/" || $0 == "\\" || $0 == "\"" })
                    let preview = try await bed.attachments.preview(of: taken, by: bed.key)
                    if let expected = file.preview {
                        #expect((preview != nil) == expected, "\(file.file) \(file.name)")
                    }
                    if let preview { try await expectPixelsAlone(try await bed.content(of: preview), hostile) }
                    try await bed.vault.files.remove(taken.id)
                    if let preview { try await bed.vault.files.remove(preview.id) }
                } catch let refusal as Refusal {
                    #expect("\(refusal)" == file.becomes, "\(file.file) \(file.name)")
                }
                #expect(try await bed.storedParts == 0, "\(file.file) left something")
            }
        }
    }

    /// A still WebP picture in which nothing but pixels is to be found.
    private func expectPixelsAlone(_ preview: [UInt8], _ hostile: Hostile.Made) async throws {
        var chunks: Set<String> = []
        var at = 12
        while at + 8 <= preview.count {
            chunks.insert(String(decoding: preview[at..<(at + 4)], as: UTF8.self))
            at += 8 + (preview.long(at + 4) + 1) / 2 * 2
        }
        #expect(chunks.isSubset(of: ["VP8 ", "VP8L", "VP8X", "ALPH"]), "\(chunks)")
        let isTold = preview.contains(text: "Merkelig")
        #expect(!isTold)
        let path = "\(hostile.folder.path)/preview.webp"
        try Data(preview).write(to: URL(filePath: path))
        #expect(try await Hostile.script("look.py", path) == "")
    }

    @Test(arguments: ["sted.jpg", "sted.png", "sted.webp", "snudd.jpg"])
    func `the reader of metadata finds what was put into the originals`(name: String) async throws {
        let hostile = try await Hostile.made()
        let file = try #require(hostile.files.first { $0.name == name })
        #expect(try hostile.bytes(file).contains(text: "Merkelig"))
        #expect(try await Hostile.script("look.py", "\(hostile.folder.path)/\(file.file)") != "")
    }

    @Test func `no picture, be it a bomb, takes more than 256 MiB`() async throws {
        let hostile = try await Hostile.made()
        var most = 0
        for file in hostile.files where FileKind(rawValue: file.becomes)?.isImage ?? false {
            let arguments = ["\(hostile.folder.path)/\(file.file)", "timeout"] + PreviewMaker.command
            let said = try await Hostile.script("measure.py", arguments)
            let memory = try #require(Int(said))
            #expect(memory <= 256 << 20, "\(file.file) \(file.name)")
            most = max(most, memory)
        }
        // One of them did try.
        #expect(most > 50 << 20)
    }
}
