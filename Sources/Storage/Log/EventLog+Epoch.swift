extension Transaction {
    /// From now on this is another log: who has read the one before stops, instead of taking new events for those it knows.
    package func renewEpoch() throws {
        let epoch =
            String(UInt64.random(in: 1 << 60...(.max)), radix: 16)
            + String(UInt64.random(in: 1 << 60...(.max)), radix: 16)
        try execute("UPDATE event_log_epoch SET epoch = \(epoch)")
    }
}
