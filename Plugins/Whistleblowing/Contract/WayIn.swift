/// Where other modules lead people who have something serious to tell.
public enum WayIn {
    /// A GET of it, or a POST that carries over what somebody has written and agrees to bring along.
    public static let path = "/whistleblowing"
    /// The keepers' right: known as long as the module is on.
    public static let right = "whistleblowing.handle"
    /// The setting that says whether one may report without a name: declared where the module is there at all.
    public static let anonymousSetting = "whistleblowing.anonymous"
}
