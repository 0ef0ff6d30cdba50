"""Merging: which mentions tell one happening, and what together they say of it.

In: the mentions of a whole record, with their reports.  Out: `Merged`, its events and the
links between them; every mention belongs to exactly one event.

How a pair is judged: `traits` (what is compared) -> `blocking` (which pairs) ->
`comparing` (which level of agreement each comparison reaches) -> `scoring` (what the levels
weigh, in bits) -> `clustering` (which groups).  Another scorer, such as one that learns its
weights, takes the levels of `comparing` and puts numbers in the place of `scoring`.

How an event is made of its mentions: `fields` (type, status, when, where, provisions),
`taking_part` (participants and persons), `counting`, `disagreements`, `linking`, `summary`;
`events` puts them together and names them.

Where each rule lives: `data/weights.toml` has each level's weight and its reason,
`data/types.toml` which types may tell one happening, `data/words.toml` offices and scale,
`data/summary.toml` the summaries' words; `names` compares spellings of persons.
"""

from parley.merging.merged import Merged, merge
from parley.merging.scoring import Weight, explain

__all__ = ["Merged", "Weight", "explain", "merge"]
