/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
export function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let distance = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) distance = Math.min(distance, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/**
 * The one candidate that a text may be a misspelling of: at most so many letters apart, letter case aside. Null where none is, or
 * several are as near.
 */
export function nearestWithin(text: string, candidates: readonly string[], distance: number): string | null {
  // Longer texts are no names that somebody mistypes, and cost time.
  if (distance < 1 || text.length > 100) return null;
  const near = candidates
    .filter((candidate) => Math.abs(candidate.length - text.length) <= distance)
    .map((candidate) => ({ candidate, away: editDistance(text.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ away }) => away <= distance)
    .toSorted((one, other) => one.away - other.away);
  const [first, second] = near;
  return first === undefined || first.away === second?.away ? null : first.candidate;
}
