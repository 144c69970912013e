"""Questions with known answers, for `bench/uncertainty.py`: capitals and small sums."""

CAPITALS = {
    "France": "Paris", "Germany": "Berlin", "Italy": "Rome", "Spain": "Madrid",
    "Portugal": "Lisbon", "Japan": "Tokyo", "China": "Beijing", "India": "New Delhi",
    "Russia": "Moscow", "Greece": "Athens", "Egypt": "Cairo", "Kenya": "Nairobi",
    "Canada": "Ottawa", "Australia": "Canberra", "Brazil": "Brasilia", "Peru": "Lima",
    "Chile": "Santiago", "Argentina": "Buenos Aires", "Norway": "Oslo", "Sweden": "Stockholm",
    "Finland": "Helsinki", "Denmark": "Copenhagen", "Poland": "Warsaw", "Austria": "Vienna",
    "Hungary": "Budapest", "Turkey": "Ankara", "Iran": "Tehran", "Iraq": "Baghdad",
    "Thailand": "Bangkok", "Vietnam": "Hanoi", "Indonesia": "Jakarta", "Nigeria": "Abuja",
    "Morocco": "Rabat", "New Zealand": "Wellington", "Switzerland": "Bern", "Cuba": "Havana",
    "Mongolia": "Ulaanbaatar", "Kazakhstan": "Astana", "Bhutan": "Thimphu", "Laos": "Vientiane",
}  # fmt: skip
SUMS = [
    *((a, b) for a in (1, 2, 3, 5) for b in (1, 2, 4, 6)),
    *((a, b) for a in (7, 9, 12, 17) for b in (3, 8, 15, 26)),
    *((a, b) for a in (21, 34) for b in (19, 45, 58, 67)),
]
OPEN = (
    "Suggest a name for a coffee shop and a one-line slogan.",
    "Write the first sentence of a story about a lighthouse.",
    "Invent a hobby for a retired astronaut.",
    "Suggest a surprising birthday present for a friend.",
    "Describe a strange animal in one sentence.",
    "Write a short wish for the new year.",
)


def questions() -> list[tuple[str, str, str]]:
    """Return (group, question, answer)."""
    capitals = [
        ("capitals", f"What is the capital of {country}? Answer in one sentence.", city)
        for country, city in CAPITALS.items()
    ]
    sums = [
        ("sums", f"What is {a} plus {b}? Answer with the number only.", str(a + b)) for a, b in SUMS
    ]
    return [*capitals, *sums]
