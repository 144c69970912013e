"""qml: scaffold, train, replay and compare quantum machine learning models."""
