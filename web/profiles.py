"""The profile that a town or a caller chooses: a shipped one by name, or a file of its own."""

from pathlib import Path

from bpmn.profiles import Profile, ProfileError, profile, read_profile

LONGEST = 100_000  # bytes


def chosen_profile(name: str) -> Profile:
    """Return a profile by its name, or from a file ending in .toml. Raises `ProfileError`."""
    if not name.endswith(".toml"):
        return profile(name)
    try:
        with Path(name).open("rb") as file:
            text = file.read(LONGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(profile=name[:200], reason="unreadable") from error
    return read_profile(text, Path(name).stem)
