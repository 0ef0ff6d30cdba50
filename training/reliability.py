"""The reliability plot: of the mentions that carry a confidence, how many are right.

In: bins of confidence, each with how many mentions it has and how many of them are right.  Out: a
drawing (SVG) and a table.
"""

from __future__ import annotations

from collections.abc import Sequence

_SIDE, _MARGIN = 320, 50


def drawn(bins: Sequence[Sequence[int]]) -> str:
    """Return the plot as SVG: a dot a bin, larger the more mentions, on the line if right."""
    most = max((bin_[0] for bin_ in bins), default=1) or 1
    width = _SIDE + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}" role="img" '
        f'font-family="sans-serif" font-size="12">',
        "<title>Confidence, and the share of mentions that are right</title>",
        f'<rect width="{width}" height="{width}" fill="#fff"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#999" '
        f'stroke-dasharray="4 4"/>',
    ]
    for tick in range(0, 11, 2):
        at = tick / 10
        parts += [
            f'<line x1="{_x(at)}" y1="{_y(0)}" x2="{_x(at)}" y2="{_y(1)}" stroke="#eee"/>',
            f'<text x="{_x(at)}" y="{_y(0) + 18}" text-anchor="middle">{at:.1f}</text>',
            f'<text x="{_x(0) - 8}" y="{_y(at) + 4}" text-anchor="end">{at:.1f}</text>',
        ]
    for number, (count, right) in enumerate(bins):
        if count:
            middle, share = (number + 0.5) / len(bins), right / count
            radius = 3 + 11 * (count / most) ** 0.5
            parts.append(
                f'<circle cx="{_x(middle)}" cy="{_y(share)}" r="{radius:.1f}" fill="#1f6f8b" '
                f'fill-opacity="0.8"><title>{count} mentions, {share:.2f} right</title></circle>'
            )
    parts += [
        f'<text x="{_x(0.5)}" y="{_y(0) + 38}" text-anchor="middle">confidence</text>',
        f'<text transform="translate(14 {_y(0.5)}) rotate(-90)" text-anchor="middle">'
        "share that is right</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def table(bins: Sequence[Sequence[int]]) -> str:
    """Return the bins as a Markdown table."""
    rows = ["| confidence | mentions | right |", "|---|---|---|"]
    for number, (count, right) in enumerate(bins):
        low = number / len(bins)
        share = f"{right / count:.2f}" if count else "-"
        rows.append(f"| {low:.1f} to {low + 1 / len(bins):.1f} | {count} | {share} |")
    return "\n".join(rows)


def _x(share: float) -> float:
    return round(_MARGIN + share * _SIDE, 1)


def _y(share: float) -> float:
    return round(_MARGIN + (1 - share) * _SIDE, 1)
