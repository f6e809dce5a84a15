import { parentPort } from "node:worker_threads";
import { Encoder } from "./encoder.ts";

/** A thread of a team; see team.ts. */
const encoder = Encoder.open();
parentPort?.on("message", (texts: string[]) => parentPort?.postMessage(encoder.encode(texts)));
