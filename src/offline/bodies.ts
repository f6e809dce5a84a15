const MEGABYTE = 1024 * 1024;
/** No request that a person writes is larger. */
const MOST_BYTES = 4 * MEGABYTE;
/** How many bytes of bodies are held at once; small bodies do not count, so they always get in. */
const MOST_HELD = 64 * MEGABYTE;
const SMALL = 64 * 1024;

/** A body of more bytes than are taken. */
export class TooLarge extends Error {}
/** A body for which there is no room beside those that are being read or answered. */
export class TooMany extends Error {}

/** Reads bodies, and bounds what all of them hold together. */
export class BodyShelf {
  #held = 0;

  take() {
    let own = 0;
    const hold = (bytes: number) => {
      const counted = Math.max(0, bytes - SMALL);
      if (this.#held + counted - own > MOST_HELD)
        throw new TooMany("Too many large requests are being answered. Try again in a second.");
      this.#held += counted - own;
      own = counted;
    };
    return {
      /** The whole body. @param told its length as the client tells it, or 0 */
      async read(
        stream: ReadableStream<Uint8Array>,
        told: number,
      ): Promise<Uint8Array<ArrayBuffer>> {
        const pieces: Uint8Array[] = [];
        let size = 0;
        // Left open when too much comes: to cancel it would cut off the answer too.
        const reader = stream.getReader();
        try {
          checkSize(told);
          for (;;) {
            const { done, value } = await reader.read();
            if (done) break;
            size += value.length;
            checkSize(size);
            hold(size);
            pieces.push(value);
          }
        } catch (error) {
          hold(0);
          pieces.length = 0;
          if (told < MOST_DISCARDED) await discard(reader);
          throw error;
        }
        return new Uint8Array(Buffer.concat(pieces));
      },
      release: () => hold(0),
    };
  }
}

function checkSize(bytes: number): void {
  if (bytes > MOST_BYTES) throw new TooLarge(`The request is larger than ${MOST_BYTES} bytes.`);
}

/** Bytes that are read and dropped: a client that is still sending does not hear the answer. */
const MOST_DISCARDED = 64 * MEGABYTE;
const LONGEST_MS = 5000;

async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const late = new Promise<{ done: true; value: undefined }>((resolve) =>
    setTimeout(() => resolve({ done: true, value: undefined }), LONGEST_MS).unref(),
  );
  for (let size = 0; size < MOST_DISCARDED; ) {
    const { done, value } = await Promise.race([reader.read(), late]);
    if (done) return;
    size += value.length;
  }
}
