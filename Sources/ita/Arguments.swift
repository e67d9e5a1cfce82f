public import ArgumentParser
public import Integrity

/// The property wrapper; a rubric's `Option` has the same name.
typealias Option = ArgumentParser.Option

extension Language: ExpressibleByArgument {}
