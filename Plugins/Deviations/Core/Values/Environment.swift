/// Which side of the learning environment a deviation concerns: the taxonomy of the LMU mandate.
public enum Environment: String, Sendable, Hashable, CaseIterable {
    case physical, psychosocial, organisational, digital, pedagogical
}
