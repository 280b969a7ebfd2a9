import EventKit
import Foundation
import Testing

@testable import EventBus

/// What comes over the bus is read without a tree, and as strictly.
@Suite struct JSONScannerTests {
    private func event(_ data: String, id: String = "i", subject: String = "s") -> LoggedEvent {
        let event = Event(
            id: id, type: "a.b.v1", subject: subject, time: Timestamp(milliseconds: 1_800_000_000_123), data: data,
            traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        return LoggedEvent(
            event: event, position: 7, previous: 3, epoch: "e", source: "/trivsel/å/a", dataSchema: "http://x/\"\\")
    }

    @Test(arguments: [
        #"{}"#, #"{"a":[1,-2.5e3,null,true],"b":{"c":"]}\"\\"}}"#, #"[]"#, #"[{},"",[[]]]"#, #""tekst, æ \\""#, "17",
        "null",
    ])
    func `an event comes out as it went in, whatever its data`(data: String) {
        for sent in [event(data), event(data, id: "æ\u{1F600}", subject: "a\"b\\c\u{1}\n")] {
            #expect(LoggedEvent(cloudEvent: Array(sent.cloudEvent.utf8), previous: 3, epoch: "e") == sent)
            let spaced = sent.cloudEvent.replacing(
                ",\"subject\"", with: " ,\n\t\"new\": {\"x\":[\"}\"]} , \"subject\" ")
            #expect(LoggedEvent(cloudEvent: Array(spaced.utf8), previous: 3, epoch: "e") == sent)
        }
    }

    @Test func `what is cut short or has a byte too many is no event`() {
        let whole = Array(event(#"{"a":"b"}"#).cloudEvent.utf8)
        for count in 0..<whole.count {
            #expect(LoggedEvent(cloudEvent: Array(whole.prefix(count)), previous: 0, epoch: "e") == nil, "\(count)")
        }
        #expect(LoggedEvent(cloudEvent: whole + [125], previous: 0, epoch: "e") == nil)
        #expect(LoggedEvent(cloudEvent: whole + [10], previous: 3, epoch: "e") != nil)
    }

    @Test func `any byte changed is an event, or none, and never a crash`() {
        let whole = Array(event(#"{"a":["b",{}]}"#).cloudEvent.utf8)
        for place in whole.indices {
            for byte: UInt8 in [0, 34, 44, 58, 91, 92, 93, 123, 125, 255] {
                var bytes = whole
                bytes[place] = byte
                if let read = LoggedEvent(cloudEvent: bytes, previous: 3, epoch: "e") {
                    #expect(!read.event.id.isEmpty && read.position > 0)
                }
            }
        }
    }

    @Test func `an answer without its parts is refused`() {
        let answers = [
            "", "[]", "{}", #"{"epoch":"e","first":1,"head":1,"next":1,"events":[],"previous":[0]}"#,
            #"{"epoch":"e","first":1,"head":-1,"next":1,"events":[],"previous":[]}"#,
            #"{"epoch":"e","first":1,"head":1,"next":1,"events":[{}],"previous":[0]}"#,
            #"{"epoch":"e","first":1,"head":1,"next":1,"events":[],"previous":[]"#,
        ]
        for answer in answers {
            #expect(throws: BusError.self, "\(answer)") { try ReplayAnswer(Array(answer.utf8)).events() }
        }
    }
}
