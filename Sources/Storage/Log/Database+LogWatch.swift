extension Database {
    /// Starts the thread that looks after the log, if it does not run yet.
    func startLogWatch() {
        guard log.start() else { return }
        switch url.location {
        case .file(let path): startSQLiteLogWatch(path)
        case .server(let text): startSequencer(text)
        }
    }
}
