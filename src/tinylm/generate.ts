import type { Decoder } from "./decoder.ts";
import { LANES } from "./layout.ts";
import type { Random } from "./random.ts";
import { type Sampling, sample } from "./sampling.ts";
import type { ModelShape } from "./shape.ts";
import { END } from "./vocabulary.ts";

export interface Generating extends Sampling {
  /** tokens at the most */
  most: number;
  random: Random;
}

/** A text that the model wrote: its ids, without the <|end|> that may have ended it. */
export interface Written {
  ids: number[];
  ended: boolean;
}

/**
 * Continues each prompt until <|end|>, the limit, or the end of the context; LANES prompts at a
 * time.
 */
export function generate(
  decoder: Decoder,
  shape: ModelShape,
  prompts: readonly (readonly number[])[],
  how: Generating,
): Written[] {
  const written: Written[] = [];
  for (let at = 0; at < prompts.length; at += LANES)
    written.push(...generateLanes(decoder, shape, prompts.slice(at, at + LANES), how));
  return written;
}

function generateLanes(
  decoder: Decoder,
  shape: ModelShape,
  prompts: readonly (readonly number[])[],
  { most, random, ...sampling }: Generating,
): Written[] {
  // Only the end of a prompt that is too long is seen; at least a part of the context stays free
  // for writing.
  const room = Math.min(most, shape.context / 2);
  const given = prompts.map((prompt) => prompt.slice(-(shape.context - room)));
  const written: Written[] = prompts.map(() => ({ ids: [], ended: false }));
  for (let position = 0; position + 1 < shape.context; position++) {
    const ids = given.map(
      (prompt, lane) => prompt[position] ?? written[lane]?.ids[position - prompt.length] ?? END,
    );
    const scores = decoder.step(
      ids,
      ids.map(() => position),
    );
    let open = false;
    for (const [lane, text] of written.entries()) {
      if (text.ended || text.ids.length >= most) continue;
      open = true;
      if (position < (given[lane]?.length ?? 0) - 1) continue;
      const own = scores.subarray(lane * shape.vocabulary, (lane + 1) * shape.vocabulary);
      const id = sample(own, sampling, random);
      if (id === END) text.ended = true;
      else text.ids.push(id);
    }
    if (!open) break;
  }
  return written;
}
