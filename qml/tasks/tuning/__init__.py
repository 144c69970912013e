"""The inside of `qml tune`: the study, its trials, who runs them, and what they showed."""
