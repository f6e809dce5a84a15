import { parentPort } from "node:worker_threads";
import { loadTokenizer } from "../model/tokens.ts";
import { createEndpoint } from "../offline/app.ts";
import { answerWhole, type LongRequest } from "../offline/long-work.ts";

/** The thread of `serve` that answers long requests; see long-work.ts. */
const { count, decode } = await loadTokenizer("offline-tutor");
const endpoint = createEndpoint({ countTokens: count, decodeTokens: decode });
parentPort?.on("message", async (request: LongRequest) => {
  parentPort?.postMessage(await answerWhole(endpoint.fetch, request));
});
