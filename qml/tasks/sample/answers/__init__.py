"""The parts of `qml sample llm`: prompts, answers, quotas, choices."""
