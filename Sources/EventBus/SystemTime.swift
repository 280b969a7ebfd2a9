import EventKit
import Foundation

/// The computer's time; what stands in for the clock that tests move.
@Sendable func systemTime() -> Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
