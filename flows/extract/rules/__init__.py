"""The rules: each looks at one line of an article in its scene and proposes claims."""
