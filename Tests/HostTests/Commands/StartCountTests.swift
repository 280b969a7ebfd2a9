import Foundation
import Logging
import Testing
import TrivselTesting

@testable import Host

/// Starts that fail one after the other come at a growing pause.
@Suite struct StartCountTests {
    @Test(arguments: [(0, 0), (2, 0), (3, 1), (4, 2), (7, 16), (8, 30), (1000, 30)])
    func `the more starts have failed the longer the next one waits, half a minute at most`(
        _ failed: Int, _ seconds: Int
    ) {
        #expect(StartCount.pause(after: failed) == .seconds(seconds))
    }

    @Test func `a start counts until the host is ready`() async throws {
        let folder = try TemporaryFolder()
        let starts = StartCount(dataDirectory: folder.path)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        for count in 1...3 {
            #expect(await starts.begin(logger))
            #expect(starts.failed == count)
        }
        starts.clear()
        #expect(starts.failed == 0)
    }

    @Test func `what failed some minutes ago has been seen to`() throws {
        let folder = try TemporaryFolder()
        let file = "\(folder.path)/starts"
        try Data(repeating: 0, count: 9).write(to: URL(fileURLWithPath: file))
        #expect(StartCount(dataDirectory: folder.path).failed == 9)
        try FileManager.default.setAttributes([.modificationDate: Date() - 400], ofItemAtPath: file)
        #expect(StartCount(dataDirectory: folder.path).failed == 0)
    }
}
