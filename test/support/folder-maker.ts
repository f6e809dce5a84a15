import { join } from "node:path";
import { makeFolder } from "../../src/plain-file.ts";

/** Makes folders below another, each with one inside: `node folder-maker.js <folder> <count>`. */
const [folder = "", count] = process.argv.slice(2);
for (let at = 0; at < Number(count); at += 1) makeFolder(join(folder, String(at), "inside"));
