/**
 * The worker of a page, in a thread of Node that has of a browser what the worker uses. Its data
 * are the worker's file and the folder of the package; what the page would send comes as messages.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";

globalThis.addEventListener = (_type, listen) =>
  parentPort.on("message", (data) => listen({ data }));
globalThis.postMessage = (told) => parentPort.postMessage(told);
globalThis.XMLHttpRequest = class {
  open(_method, url) {
    this.url = url;
  }
  send() {
    const bytes = readFileSync(join(workerData.package, String(this.url).split("/files/")[1]));
    this.response = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    this.status = 200;
  }
};
await import(workerData.worker);
parentPort.postMessage("ready");
