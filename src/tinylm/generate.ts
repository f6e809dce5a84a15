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
  const texts: Lane[] = given.map((prompt, lane) => ({ lane, prompt, ids: [], ended: false }));
  for (let position = 0; position + 1 < shape.context; position++) {
    // A text that is done is not worked on while others go on.
    const open = texts.filter(({ ended, ids }) => !ended && ids.length < most);
    if (open.length === 0) break;
    const tokens = open.map(({ lane, prompt, ids }) => {
      const id = prompt[position] ?? ids[position - prompt.length] ?? END;
      return { lane, id, position };
    });
    const isWriting = ({ prompt }: Lane) => position >= prompt.length - 1;
    const scores = decoder.step(tokens, open.some(isWriting));
    for (const [row, text] of open.entries()) {
      if (!isWriting(text)) continue;
      const own = scores.subarray(row * shape.vocabulary, (row + 1) * shape.vocabulary);
      const id = sample(own, sampling, random);
      if (id === END) text.ended = true;
      else text.ids.push(id);
    }
  }
  return texts.map(({ ids, ended }) => ({ ids, ended }));
}

interface Lane extends Written {
  lane: number;
  prompt: readonly number[];
}
