"""Tells the language of a text. Only English is read; any other text is set aside with its reason."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_ENOUGH = 500  # characters: the first lines tell the language as well as the whole, and many times faster


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(content: str) -> str:
    """ISO 639-1 code of the language of a text; "und" where it has no words."""
    sample = content[: _ENOUGH * 2].replace("\n", " ").strip()[:_ENOUGH]
    if not any(char.isalpha() for char in sample):
        return "und"
    letters = sum(char.isascii() and char.isalpha() for char in sample)
    code = str(_identifier().classify(sample if not sample.isupper() else sample.lower())[0])
    if code != "en" and len(sample) < 80 and letters > 0.6 * len(sample):
        return "en" if _plainly_english(sample) else code
    return code


def _plainly_english(sample: str) -> bool:
    words = set(sample.lower().split())
    return len(words & {"the", "of", "to", "and", "for", "in", "on", "with", "from", "a", "is", "by"}) >= 1
