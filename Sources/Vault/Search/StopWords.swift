/// Words that stand in nearly every text, in bokmål, nynorsk and English: not indexed, as they find nothing and tell much.
enum StopWords {
    static let all = Set(
        """
        alle alt andre at av bare begge ble blei blir bli blitt blitt blive både da de dei deim deira den denne der dere deres det dette di din
        disse ditt du dykk då eg ei ein eit eitt eller elles en enn er et ett etter for fordi fra frå før ha hadde han hans har henne hennes her
        hjå ho hoe honom hos hun hva hvem hver hvilke hvilken hvis hvor hvordan hvorfor i ikke ikkje ingen inkje inn inni innan ja jeg kan kom
        korleis korso kun kunne kva kvar kven kvifor man mange me med medan meg meget mellom men mer mi min mine mitt mot mykje må nei no noe noen
        noka noko nokon nokor nokre nå når og også om opp oss over på samme seg selv si sia sidan siden sin sine sitt sjøl skal skulle slik so som
        somme somt så sånn til um upp ut uten utan var vart varte ved vere verte vi vil ville vore vors vort vår være vært å
        a about after all an and any are as be because been but by can could did do does from had has have he her his how if in into is it its just
        me my no not of on or our out she so than that the their them then there these they this to was we were what when where which who will with
        would you your
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
