enum CalendarKitPlaceholder {}
