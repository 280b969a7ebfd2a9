import Storage

extension DeviationsMigrations {
    /// The first guideline named four weeks, which is a setting. Where the institution has written its own words, they stay.
    static let guidelineTime = Migration(module: "deviations", number: 41, name: "a guideline without a number of days")
    {
        _ in
        let (norwegian, english) = FirstData.guidelineTime
        return [
            """
            UPDATE deviations_guideline SET norwegian = replace(norwegian, '\(norwegian.0)', '\(norwegian.1)'),
                english = replace(english, '\(english.0)', '\(english.1)')
            WHERE norwegian = '\(FirstData.norwegianGuideline)' AND english = '\(FirstData.englishGuideline)'
            """
        ]
    }
}
