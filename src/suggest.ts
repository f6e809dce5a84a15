import { distance } from "fastest-levenshtein";

/** The candidate that was meant by a mistyped word; undefined where none is like it. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase();
  const far = (candidate: string) => distance(wanted, candidate.toLowerCase());
  const [best] = candidates.toSorted((a, b) => far(a) - far(b));
  const isLike = best !== undefined && far(best) <= Math.ceil(best.length / 2);
  return isLike && far(best) < wanted.length ? best : undefined;
}

/** "Did you mean window? ", or nothing where no candidate is like what was typed. */
export function suggest(typed: string, candidates: readonly string[], before = ""): string {
  const meant = nearest(typed, candidates);
  return meant === undefined ? "" : `Did you mean ${before}${meant}? `;
}
