enum DeviationsCorePlaceholder {}
