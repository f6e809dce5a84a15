type Wire = typeof fetch;

/** How an endpoint refuses for now, by its status. */
export const REFUSALS = ["429", "503"] as const;
export type Refusal = (typeof REFUSALS)[number];

const WORDS: Record<Refusal, [message: string, type: string]> = {
  "429": ["Rate limit reached. Please try again in 20ms.", "rate_limit_exceeded"],
  "503": ["The engine is currently overloaded, please try again later.", "server_error"],
};

/** A wire that refuses the first try of each request, as a busy endpoint does. */
export function refusingFirst(wire: Wire, refusal: Refusal): Wire {
  const refused = new Set<string>();
  return async (input, init) => {
    const request = `${String(input)}\n${String(init?.body)}`;
    if (refused.has(request)) return wire(input, init);
    refused.add(request);
    const [message, type] = WORDS[refusal];
    const headers = { "retry-after-ms": "20" };
    const error = { message, type, param: null, code: type };
    return Response.json({ error }, { status: Number(refusal), headers });
  };
}
