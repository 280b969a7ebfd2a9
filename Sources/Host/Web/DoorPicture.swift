import ModuleKit

/// The pictures on the doors of the front page: what one comes with, at a glance.
enum DoorPicture {
    /// The class that colours the door.
    static func name(_ kind: Door.Kind) -> String {
        switch kind {
        case .better: "better"
        case .serious: "serious"
        case .talk: "talk"
        case .idea: "idea"
        }
    }

    static func svg(_ kind: Door.Kind) -> HTML {
        let lines =
            switch kind {
            // A spanner, a warning, two bubbles, a lamp.
            case .better:
                "<path d=\"M14.5 6.5a4 4 0 0 1 5-3.9l-2.7 2.7.3 2.6 2.6.3 2.2-2.3a4 4 0 0 1-5.4 4.6L8 19a2.1 2.1 0 0 1-3-3l8.500-8.500Z\"/>"
            case .serious: "<path d=\"M12 3.500 22 20H2L12 3.500Z\"/><path d=\"M12 10v4.500m0 2.700v.1\"/>"
            case .talk: "<path d=\"M3 5h12v8H8l-3.500 3V13H3V5Z\"/><path d=\"M17.500 9H21v8h-1.500v3L16 17h-5v-2\"/>"
            case .idea: "<path d=\"M9 17.500c0-2.500-3-4-3-8a6 6 0 0 1 12 0c0 4-3 5.500-3 8H9Zm.500 3.500h5\"/>"
            }
        return HTML(
            trusted: """
                <svg viewBox="0 0 24 24" width="36" height="36" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" \
                stroke-linejoin="round" aria-hidden="true">\(lines)</svg>
                """)
    }
}
