"""Whose something is that a line leaves unsaid: who makes a product, and which company the last line spoke of."""

from __future__ import annotations

from collections.abc import Collection

from flows.extract.scene import Scene


def maker_of(scene: Scene, product: str) -> str | None:
    """Who makes a product: by the list, else as the text told so far; None where several do."""
    known = scene.entities.get(product)
    makers = known.makers if known is not None and known.makers else tuple(scene.makers.get(product, ()))
    if not makers:
        family = next((entity for key, entity in scene.entities.items() if entity.makers and product.startswith(f"{key}-")), None)
        makers = family.makers if family is not None else ()
    return makers[0] if len(makers) == 1 else None


def subject_before(scene: Scene, number: int, exclude: Collection[str], *, within: int = 2) -> str | None:
    """The company that is the subject of the nearest line before, in its main clause; None where that is not certain.

    A line whose subject is another company, or a product, ends the search: nothing is guessed beyond it.
    """
    for back in range(number - 1, max(-1, number - 1 - within), -1):
        parsed = scene.lines[back]
        tokens = parsed.line.tokens
        for clause in parsed.clauses:
            if clause.relative or clause.group.lead != "finite":
                continue
            for index in (*clause.subject, *clause.owners):
                if tokens[index].letter == "p":
                    return None
                if tokens[index].letter != "o":
                    continue
                mention = parsed.line.mention(tokens[index])
                key = scene.company(mention.key)[0]
                return None if mention.members or key in exclude else key
    return None
