/**
 * Reciprocal rank fusion: one ranking out of several, by places alone, since a cosine and a BM25 score
 * share no scale. An item scores the sum of 1 / (k + place) over the lists it is in.
 *
 * @param k how little the first places count more than the next; 60 in the paper (Cormack, Clarke and Büttcher, 2009)
 */
export function fuse<Item>(
  lists: readonly (readonly Item[])[],
  idOf: (item: Item) => string,
  k = 60,
): { item: Item; score: number }[] {
  const fused = new Map<string, { item: Item; score: number }>();
  for (const list of lists)
    list.forEach((item, place) => {
      const entry = fused.get(idOf(item)) ?? { item, score: 0 };
      entry.score += 1 / (k + place + 1);
      fused.set(idOf(item), entry);
    });
  return [...fused.values()].sort((a, b) => b.score - a.score);
}
