import { parentPort } from "node:worker_threads";
import { loadCounter } from "../model/tokens.ts";
import { createEndpoint } from "../offline/app.ts";
import { answerWhole, type LongRequest } from "../offline/long-work.ts";

/** The thread of `serve` that answers long requests; see long-work.ts. */
const endpoint = createEndpoint({ countTokens: await loadCounter("offline-tutor") });
parentPort?.on("message", async (request: LongRequest) => {
  parentPort?.postMessage(await answerWhole(endpoint.fetch, request));
});
