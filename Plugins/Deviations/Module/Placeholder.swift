enum DeviationsModulePlaceholder {}
