"""How style, script, fonts and icons are published: each under a name that tells its contents, so that it is fetched once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Published(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # a library without types
    """As WhiteNoise does it, and the modules of a script find each other under their new names too."""

    support_js_module_import_aggregation = True
