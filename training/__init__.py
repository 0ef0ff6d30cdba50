"""The corpus that the learnt components are trained on, and their training.

`python -m training` says what it can do.  GUIDELINE.md tells how the corpus is written and
labelled.

    conflicts.tsv      each conflict, and whether it trains or tests
    removed.tsv        items that do not count, since something else says them too
    texts/             the sentences and reports, a file a conflict
    first/, second/    what the hand that wrote them and a blind hand labelled
    settled/           what a third hand decided where the two differ

    items.py           the notation: items, labels, and where they stand in the text
    corpus.py          all of the corpus, by hand and by conflict
    gold.py            labels laid onto a parse
    examples.py        a paragraph with its labels as arrays
    fitting.py         the fitting of the network
    making.py          from the corpus to the weights and their card
    comparing.py       the whole coder on held-out conflicts, rules against learnt
    roles.py           who did it to whom, where and how many, in whole reports
    drawing.py         mentions drawn at random, to be judged
    reliability.py     the reliability plot
    measuring.py       how good each decision is on conflicts that were held out
    agreement.py       how far two hands agree, field by field
    leakage.py         what stands twice where it should not
    settling.py        what a third hand is shown, and what becomes of its decisions
"""
