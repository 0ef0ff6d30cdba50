"""From an address on the web to the bytes that stand there, carefully.

In: `http` and `https` URLs, the user's rules (`Fetching`) and what earlier runs remember
(`FetchMemory`).  Out: the reports that the forms of reading find in what was fetched.
Whatever is refused on the way is one `Unreadable` that names the way out.

    rules.py        what the user allows, and for how long and how much
    memory.py       what is remembered from one run to the next
    address.py      a URL taken apart, and what makes it one that is not fetched
    networks.py     addresses of networks that are not asked (`data/networks.tsv`)
    hosts.py        from a name to addresses, looked up once and each checked
    deadline.py     how long there is yet
    exchange.py     one request and its answer, over a connection to a checked address
    unpacking.py    bodies sent packed, bounded
    robots.py       what a site's robots.txt allows
    fetcher.py      redirects, robots, waiting, memory: a URL to a `Page`
    pages.py        a URL to reports: what was fetched, handed to the forms
"""

from parley.reading.fetching.memory import FetchMemory, Remembered
from parley.reading.fetching.rules import Fetching

__all__ = ["FetchMemory", "Fetching", "Remembered"]
