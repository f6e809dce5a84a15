import { parentPort, workerData } from "node:worker_threads";
import { serveTeam } from "./team.ts";

/** A thread of a team; see team.ts. */
serveTeam(workerData, () => parentPort?.postMessage("ready"));
