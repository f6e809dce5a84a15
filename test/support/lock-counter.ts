import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { takeLock } from "../../src/process-lock.ts";

/** Counts in a file, under a lock: `node lock-counter.js <lock> <count> <times>`. */
const [lock = "", count = "", times] = process.argv.slice(2);
for (let done = 0; done < Number(times); ) {
  const release = takeLock(lock);
  if (release) {
    // A kill between the two leaves the old count whole.
    writeFileSync(`${count}.part`, String(Number(readFileSync(count, "utf8")) + 1));
    renameSync(`${count}.part`, count);
    release();
    done += 1;
    process.stdout.write(".");
  } else await new Promise((next) => setImmediate(next));
}
