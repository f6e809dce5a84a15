import type { Draw, Reply, SeenRequest, Wire, WireEvent } from "../check.ts";
import { responseOf } from "./response.ts";
import { seen } from "./seen.ts";

type Script = Parameters<Wire["answer"]>[0];

/** A fresh wire for one input: the `fetch` that answers, and what the check sees of it. */
export class ScriptedWire implements Wire {
  readonly requests: SeenRequest[] = [];
  readonly events: WireEvent[] = [];
  /** what the check's own script threw */
  fault?: unknown;
  #script: Script;
  #arrivals = new Set<() => void>();

  constructor(draw: Draw) {
    this.#script = ({ place }) => `Reply ${place}: ${draw.word()} ${draw.word()}.`;
  }

  answer(script: Script): void {
    this.#script = script;
  }

  arrived(count: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isThere: boolean) => {
        this.#arrivals.delete(look);
        clearTimeout(timer);
        resolve(isThere);
      };
      let timer = setTimeout(end, QUIET_MS, false);
      const look = () => {
        if (this.requests.length >= count) return end(true);
        clearTimeout(timer);
        timer = setTimeout(end, QUIET_MS, false);
      };
      this.#arrivals.add(look);
      look();
    });
  }

  readonly fetch: typeof fetch = async (input, init) => {
    init?.signal?.throwIfAborted();
    const request = await seen(new Request(input, init), this.requests.length + 1);
    // Requests that came while the body was read have taken a place of their own.
    request.place = this.requests.push(request);
    this.events.push({ event: "request", request: request.place });
    request.signal.addEventListener("abort", () =>
      this.events.push({ event: "closed", request: request.place }),
    );
    for (const look of [...this.#arrivals]) look();
    const response = responseOf(request, await this.#replyTo(request), (text) =>
      this.events.push({ event: "piece", request: request.place, text }),
    );
    request.signal.throwIfAborted();
    this.events.push({ event: "reply", request: request.place });
    return response;
  };

  async #replyTo(request: SeenRequest): Promise<Reply> {
    if (request.path.endsWith("/embeddings")) return embed(request);
    if (!request.path.endsWith("/chat/completions")) return unknownPath(request);
    try {
      const reply = await this.#script(request);
      return typeof reply === "string" ? { text: reply } : reply;
    } catch (error) {
      this.fault ??= error;
      return { status: 500, body: "{}" };
    }
  }
}

const QUIET_MS = 500;

/** Vectors as the offline endpoint makes them. */
async function embed({ body }: SeenRequest): Promise<Reply> {
  const { offlineWire } = await import("../../offline/app.ts");
  const { EMBEDDING_MODEL } = await import("../../offline/embeddings/protocol.ts");
  const { loadCounter } = await import("../../model/tokens.ts");
  const wire = offlineWire({ countTokens: await loadCounter(EMBEDDING_MODEL) });
  const response = await wire("http://offline/v1/embeddings", {
    method: "POST",
    body: JSON.stringify({ ...body, model: EMBEDDING_MODEL }),
  });
  return { status: response.status, body: await response.text() };
}

function unknownPath({ path }: SeenRequest): Reply {
  const message = `Exercises are answered at /v1/chat/completions and /v1/embeddings, not at ${path}.`;
  return { status: 404, body: JSON.stringify({ error: { message } }) };
}
