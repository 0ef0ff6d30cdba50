"""Invented reports and pages that several tests read."""

from __future__ import annotations

PARAGRAPHS = [
    "The two governments of the islands said on Monday that their delegations would meet "
    "in Port Louis to discuss the disputed fishing grounds, the first such round since March.",
    "A spokesman for the northern delegation accused the southern coast guard of firing "
    "warning shots at trawlers last week, which the southern ministry denied.",
    "Fishermen on both coasts have stayed in port since the incident, in which two boats "
    "were damaged and one sailor was wounded.",
]
HEADLINE = "Island governments to meet over disputed fishing grounds"
BODY = "\n\n".join(PARAGRAPHS)
PAGE = f"{HEADLINE}\n\n{BODY}\n"
