"""What a workspace decided: a versioned record in the database, and what it comes to among the people Slack knows.

config.yaml -> save -> configurations(workspace, version, body)
Settings.of(workspace) -> latest -> resolve(configuration, directory) -> Resolved, kept until either changes
"""

from bot.settings.current import Settings
from bot.settings.directory import Directory
from bot.settings.resolved import Resolved, Unknown
from bot.settings.resolving import resolve
from bot.settings.stored import keep_groups, stored_directory
from bot.settings.versions import FILE, Stored, Version, latest, people_changed, save

__all__ = [
    "FILE",
    "Directory",
    "Resolved",
    "Settings",
    "Stored",
    "Unknown",
    "Version",
    "keep_groups",
    "latest",
    "people_changed",
    "resolve",
    "save",
    "stored_directory",
]
