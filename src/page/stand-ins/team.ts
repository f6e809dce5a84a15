import { Encoder } from "../../encoder/encoder.ts";

/** In a page no thread can share memory, so what asks for threads is encoded at once. */
export class EncoderTeam {
  #encoder: Encoder | undefined;

  async encode(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    this.#encoder ??= Encoder.open();
    return this.#encoder.encode(texts);
  }
}
