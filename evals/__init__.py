"""How accurate Parley is, measured against gold answers, and held there.

In: the sets of reports and gold answers in `sets.py`, and `floors.toml`.  Out: a table of
figures (`python -m evals`), and a test of the suite that fails where one falls.

    answers.py     a gold file: what a reader takes from the reports
    outcome.py     a record as `parley export --format jsonl` writes it
    agreement.py   when an event's field agrees with the gold answer
    traps.py       what must not be in a record
    scoring.py     a record against a gold file: the figures, and each miss
    sets.py        the sets, and how a figure of each is taken
    floors.py      floors.toml: what is held, and each lowering with its reason
    gate.py        figures against floors
    chronicles.py  conflicts of the training corpus that are told again and again
    marked.py      records whose truth is known, to learn weights from and to measure them
    among.py       the weights within a report of several happenings, learnt and measured
    weights.py     the weights of merging: as they are, learnt, and by splinked.py Splink's,
                   and by analyst.py those that corrections teach
    gold/          the gold answers of the sets that the project keeps
    reports/       their reports (those of `samples` are shipped: src/parley/sample)
"""
