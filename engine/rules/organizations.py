"""`organizations.yaml` → bodies, groups and what every word of the plan stands for."""

from engine.model.diagnostic import Diagnostic
from engine.model.organization import Group, Organization
from engine.model.question import Question
from engine.model.source import Source
from engine.rules.questions import ask_open
from engine.shapes import Fields
from engine.yamlsource import Node


def read_organizations(node: Node, found: list[Diagnostic]) -> tuple[dict[str, Organization], dict[str, Group]]:
    """Bodies and groups by canonical name, from the root node of `organizations.yaml`.

    Errors: those of shapes; name-repeated, unknown-member.
    """
    root = Fields(node, found, ("organizations", "groups"))
    organizations: dict[str, Organization] = {}
    for item in root.items("organizations", required=True):
        fields = Fields(item, found, ("name", "full_name", "tier", "aliases", "note"))
        organization = Organization(
            name=fields.text("name", required=True) or "",
            tier=fields.text("tier", required=True) or "",
            full_name=fields.text("full_name"),
            aliases=fields.texts("aliases"),
            source=item.source,
        )
        fields.text("note")
        organizations.setdefault(organization.name, organization)
    groups: dict[str, Group] = {}
    for item in root.items("groups"):
        fields = Fields(item, found, ("name", "aliases", "members", "why", "open"))
        members = fields.text_nodes("members")
        for member in members:
            if member.text not in organizations:
                found.append(Diagnostic("unknown-member", member.source, {"name": member.text}))
        group = Group(
            name=fields.text("name", required=True) or "",
            aliases=fields.texts("aliases"),
            members=tuple(member.text for member in members if member.text in organizations),
            why=fields.text("why"),
            source=item.source,
        )
        asked = ask_open(fields, group.name, (Question.MEMBERS,), found)
        if not asked and not group.members and not group.why:
            # Nobody is behind the word, and nothing says why that is right.
            found.append(Diagnostic(Question.MEMBERS.code, item.source, {"name": group.name}))
        groups.setdefault(group.name, group)
    _report_repeats(root, found)
    return organizations, groups


def _report_repeats(root: Fields, found: list[Diagnostic]) -> None:
    places: dict[str, Source] = {}
    for item in (*root.items("organizations"), *root.items("groups")):
        names = [value for key, value in item.pairs if key.text in ("name", "full_name")]
        names += [alias for key, value in item.pairs if key.text == "aliases" for alias in value.items]
        for name in {name.text: name for name in names}.values():
            first = places.setdefault(name.text, name.source)
            if first != name.source:
                found.append(Diagnostic("name-repeated", name.source, {"name": name.text}, (first,)))


def words_of(organizations: dict[str, Organization], groups: dict[str, Group]) -> dict[str, tuple[str, ...]]:
    """Every name, full name, alias and group word → the organizations it stands for."""
    words: dict[str, tuple[str, ...]] = {}
    for organization in organizations.values():
        full = (organization.full_name,) if organization.full_name else ()
        for word in (organization.name, *full, *organization.aliases):
            words.setdefault(word, (organization.name,))
    for group in groups.values():
        for word in (group.name, *group.aliases):
            words.setdefault(word, group.members)
    return words
