import ModuleKit
import WhistleblowingCore

/// Words that reporters and keepers both read.
struct SharedTexts: TextSet {
    let categories: [Category: String]
    let received, acknowledgeBy, acknowledged, feedbackBy, feedbackGiven, concluded, campus, category, occurred: String
    let overdue: String

    func category(_ category: Category) -> String { categories[category] ?? category.rawValue }

    static let nb = SharedTexts(
        categories: [
            .bullying: "Mobbing", .harassment: "Trakassering", .sexualHarassment: "Seksuell trakassering",
            .violence: "Vold",
            .threats: "Trusler", .threateningBehaviour: "Truende atferd", .censurable: "Andre kritikkverdige forhold",
            .notFollowedUp: "Et avvik som ikke blir fulgt opp", .other: "Noe annet",
        ],
        received: "Mottatt", acknowledgeBy: "Bekreftes innen", acknowledged: "Bekreftet",
        feedbackBy: "Tilbakemelding innen",
        feedbackGiven: "Tilbakemelding gitt", concluded: "Avsluttet", campus: "Campus", category: "Gjelder",
        occurred: "Skjedde",
        overdue: "over fristen")
    static let nn = SharedTexts(
        categories: [
            .bullying: "Mobbing", .harassment: "Trakassering", .sexualHarassment: "Seksuell trakassering",
            .violence: "Vald",
            .threats: "Trugsmål", .threateningBehaviour: "Trugande åtferd", .censurable: "Andre kritikkverdige forhold",
            .notFollowedUp: "Eit avvik som ikkje blir følgt opp", .other: "Noko anna",
        ],
        received: "Motteke", acknowledgeBy: "Blir stadfesta innan", acknowledged: "Stadfesta",
        feedbackBy: "Tilbakemelding innan",
        feedbackGiven: "Tilbakemelding gitt", concluded: "Avslutta", campus: "Campus", category: "Gjeld",
        occurred: "Hende",
        overdue: "over fristen")
    static let en = SharedTexts(
        categories: [
            .bullying: "Bullying", .harassment: "Harassment", .sexualHarassment: "Sexual harassment",
            .violence: "Violence",
            .threats: "Threats", .threateningBehaviour: "Threatening behaviour",
            .censurable: "Other serious wrongdoing",
            .notFollowedUp: "A deviation that is not followed up", .other: "Something else",
        ],
        received: "Received", acknowledgeBy: "Acknowledged by", acknowledged: "Acknowledged", feedbackBy: "Feedback by",
        feedbackGiven: "Feedback given", concluded: "Concluded", campus: "Campus", category: "About",
        occurred: "Happened",
        overdue: "overdue")
}
