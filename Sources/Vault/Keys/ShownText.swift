import Synchronization

/// The text last opened for a list by one key. It goes with the key: forgotten when that is destroyed, or not used for a while.
final class ShownText: Sendable {
    private struct Opened: Sendable {
        let sealed: [UInt8]
        let place: CaseKey.Place
        let text: String
    }

    private let last = Mutex<Opened?>(nil)

    /// The text sealed as these bytes in this place, if it is the last.
    func find(_ sealed: [UInt8], _ place: CaseKey.Place) -> String? {
        last.withLock { last in
            guard let last, last.sealed == sealed, last.place == place else { return nil }
            return last.text
        }
    }

    func keep(_ text: String, _ sealed: [UInt8], _ place: CaseKey.Place) {
        last.withLock { $0 = Opened(sealed: sealed, place: place, text: text) }
    }
}
