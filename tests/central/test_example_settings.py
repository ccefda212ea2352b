from pathlib import Path

from central.config import Settings, read

EXAMPLE = Path(__file__).parents[2] / "central.example.toml"


def test_the_example_says_the_defaults_and_names_every_key() -> None:
    assert read(EXAMPLE, {}, {}) == Settings()
    text = EXAMPLE.read_text(encoding="utf-8")
    assert [key for key in Settings.model_fields if f"{key} = " not in text] == []
