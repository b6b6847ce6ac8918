"""Paths that hold no work of their own, by their name.

A short selection made after the lists of GitHub Linguist (`vendor.yml`,
`documentation.yml`; Copyright (c) 2017 GitHub, Inc., MIT licence), which repositories
refine for themselves in `.gitattributes`.
"""

LOCK_FILES = frozenset(
    {
        "bun.lock", "bun.lockb", "Cargo.lock", "composer.lock", "conda-lock.yml",
        "deno.lock", "flake.lock", "Gemfile.lock", "go.sum", "go.work.sum",
        "gradle.lockfile", "mix.lock", "npm-shrinkwrap.json", "package-lock.json",
        "packages.lock.json", "Package.resolved", "pdm.lock", "Pipfile.lock",
        "pixi.lock", "pnpm-lock.yaml", "Podfile.lock", "poetry.lock", "pubspec.lock",
        "pylock.toml", "requirements.lock", "rebar.lock", "stack.yaml.lock",
        ".terraform.lock.hcl", "uv.lock", "yarn.lock",
    }
)  # fmt: skip
GENERATED = (
    r"(^|/)(__generated__|generated-sources|generated)/",
    r"_pb2(_grpc)?\.pyi?$",
    r"\.pb\.(go|cc|h|swift)$",
    r"(\.|-)min\.(js|css|mjs)$",
    r"\.(js|css|mjs)\.map$",
    r"\.(g|freezed)\.dart$",
    r"\.designer\.(cs|vb)$",
    r"\.generated\.\w+$",
    r"(^|/)zz_generated[^/]*\.go$",
)
VENDORED = (
    r"(^|/)(node_modules|bower_components|jspm_packages)/",
    r"(^|/)(vendor|vendors|vendored|_vendor)/",
    r"(3rd|third)[-_]?party/",
    r"(^|/)extern(als?)?/",
    r"^(deps|dependencies|carthage|pods)/",
    r"(^|/)dist/",
    r"(^|/)Godeps/_workspace/",
    r"(^|/)\.yarn/(releases|plugins|sdks|versions|unplugged)/",
    r"(^|/)(venv|\.venv|site-packages)/",
    r"(^|/)(gradlew(\.bat)?|gradle/wrapper/.*|mvnw(\.cmd)?|\.mvn/wrapper/.*)$",
    r"(^|/)(configure|config\.(guess|sub)|ltmain\.sh|aclocal\.m4|libtool\.m4)$",
    r"(^|/)(jquery|bootstrap|d3|react|angular|vue)([-.]\d[^/]*)?\.(js|css)$",
    r"(^|/)testdata/",
)
DOCUMENTATION = (
    r"^(docs?|man|examples|demos?|samples?)/",
    r"(^|/)(documentation|javadoc|groovydoc|inst/doc)/",
    r"(^|/)(README|CHANGES|CHANGELOG|CONTRIBUTING|COPYING|INSTALL|LICEN[CS]E|CITATION)"
    r"(\.|$)",
)
