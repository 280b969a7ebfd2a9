#if DEBUG
    import EventKit
    import Foundation

    /// A fault that the fault run (`Scripts/faults`) plants at this door, to see that its checker finds it. A release build holds none.
    enum PlantedFault: String {
        /// Whoever writes events is answered before they are committed.
        case answerBeforeCommit = "answer-before-commit"
        /// Events are appended in a transaction of their own, after that of their change.
        case twoTransactions = "two-transactions"

        static let current = ProcessInfo.processInfo.environment["TRIVSEL_TEST_PLANTED_FAULT"].flatMap(Self.init)
    }

    extension Database {
        /// What comes of a write under the planted fault; nil when none concerns it.
        func plantedOutcome(of tx: Transaction, answer: @escaping @Sendable () -> Void) -> Job<Transaction>.Outcome? {
            switch PlantedFault.current {
            case .answerBeforeCommit where tx.hasEvents:
                answer()
                // So that the answer is out when a kill comes.
                Thread.sleep(forTimeInterval: 0.02)
                return .init(succeeded: true) { _ in }
            case .twoTransactions where tx.hasEvents:
                return .init(succeeded: true) { [writers, events = tx.held] _ in
                    let append = Job<Transaction>(
                        run: { tx in
                            for event in events { try? tx.appendNow(event) }
                            return .init(succeeded: true) { _ in answer() }
                        }, refuse: { _ in answer() })
                    writers.add(append)
                }
            default: return nil
            }
        }
    }
#endif
