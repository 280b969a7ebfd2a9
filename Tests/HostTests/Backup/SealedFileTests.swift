import Foundation
import Testing
import TrivselTesting

@testable import Host

/// A backup's file: what is changed, cut off or for somebody else does not open.
struct SealedFileTests {
    private struct Sealed {
        let folder: TemporaryFolder
        let path: String
        let identity: BackupIdentity
        let content: [UInt8]

        init(_ size: Int) throws {
            folder = try TemporaryFolder()
            path = "\(folder.path)/backup"
            let pair = BackupIdentity.makePair()
            identity = try BackupIdentity(file: try folder.write(pair.file, to: "private"))
            content = (0..<size).map { _ in UInt8.random(in: 0...255) }
            let writer = try SealedWriter(path, for: try BackupRecipient(pair.recipient))
            for start in stride(from: 0, to: size, by: 10_007) {
                try writer.write(Array(content[start..<min(start + 10_007, size)]))
            }
            _ = try writer.finish()
        }

        func read(_ changed: Data? = nil, by other: BackupIdentity? = nil) throws -> [UInt8] {
            var place = path
            if let changed {
                place = "\(folder.path)/changed"
                try changed.write(to: URL(filePath: place))
            }
            let reader = try SealedReader(place) { try $0.open(by: other ?? identity, in: place) }
            var all: [UInt8] = []
            while let part = try reader.next() { all += part }
            return all
        }
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000])
    func `what was written is read, and only its owner may read the file`(size: Int) throws {
        let sealed = try Sealed(size)
        #expect(try sealed.read() == sealed.content)
        let mode = try FileManager.default.attributesOfItem(atPath: sealed.path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
    }

    @Test func `a flipped byte is found, wherever it is`() throws {
        let sealed = try Sealed(300_000)
        let whole = try Data(contentsOf: URL(filePath: sealed.path))
        // The header's bytes all of them, and the parts' anywhere.
        let places =
            Array(0..<BackupHeader.size) + (0..<200).map { _ in Int.random(in: BackupHeader.size..<whole.count) }
        for place in places {
            var changed = whole
            changed[place] ^= UInt8.random(in: 1...255)
            #expect(throws: BackupError.self, "at \(place)") { try sealed.read(changed) }
        }
    }

    @Test func `a file that was cut off is found, between two parts too, and so is one with more`() throws {
        let sealed = try Sealed(200_000)
        let whole = try Data(contentsOf: URL(filePath: sealed.path))
        let part = BackupHeader.partSize + BackupHeader.tagSize
        let boundaries = (0...3).map { BackupHeader.size + $0 * part }
        let lengths =
            [0, 5, 17, 40] + boundaries.flatMap { [$0 - 1, $0, $0 + 1] } + [whole.count - 1]
            + (0..<50).map { _ in Int.random(in: 0..<whole.count) }
        for length in lengths {
            #expect(throws: BackupError.self, "\(length)") { try sealed.read(whole.prefix(length)) }
        }
        #expect(throws: BackupError.self) { try sealed.read(whole + Data([0])) }
        // Two parts that have changed places.
        let first = whole[boundaries[0]..<boundaries[1]]
        let second = whole[boundaries[1]..<boundaries[2]]
        #expect(throws: BackupError.self) {
            try sealed.read(whole.prefix(boundaries[0]) + second + first + whole.suffix(from: boundaries[2]))
        }
    }

    @Test func `another key is told of as such, and a private one is no recipient`() throws {
        let sealed = try Sealed(10)
        let pair = BackupIdentity.makePair()
        let path = try sealed.folder.write(pair.file, to: "other")
        let error = #expect(throws: BackupError.self) { try sealed.read(by: try BackupIdentity(file: path)) }
        #expect(error?.description.contains("was made for another key") == true)
        let hidden = #expect(throws: BackupError.self) { try BackupRecipient(path) }
        #expect(hidden?.description.contains("must not be on this machine") == true)
        #expect(throws: BackupError.self) { try BackupRecipient("trivsel-backup-public:AAAA") }
        let shown = try sealed.folder.write(pair.recipient + "\n", to: "public")
        #expect(try BackupRecipient(shown).id == BackupRecipient(pair.recipient).id)
        let none = #expect(throws: BackupError.self) { try sealed.read(Data("SQLite format 3".utf8)) }
        #expect(none?.description.contains("is no backup") == true)
    }
}
