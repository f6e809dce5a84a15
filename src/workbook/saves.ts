import { type FSWatcher, readFileSync, statSync, watch } from "node:fs";
import { basename, dirname } from "node:path";

interface Options {
  file: string;
  /** looks every half second, for disks that tell of no change: WSL, Docker, the network */
  poll: boolean;
  onSave(): void;
  /** told once where the disk cannot be watched, and is polled instead */
  onPoll?(): void;
}

/** Tells when a file is saved with another content. @returns what ends it */
export function watchSaves({ file, poll, onSave, onPoll }: Options): () => void {
  let before = contentOf(file);
  let soon: NodeJS.Timeout | undefined;
  const look = () => {
    clearTimeout(soon);
    // An editor may empty a file before it writes it, or put another one in its place.
    soon = setTimeout(() => {
      const now = contentOf(file);
      if (now === before || now === undefined) return;
      before = now;
      onSave();
    }, SETTLE_MS);
  };
  let timer: NodeJS.Timeout | undefined;
  const startPolling = () => {
    let last = timeOf(file);
    timer = setInterval(() => {
      const now = timeOf(file);
      if (now !== last) look();
      last = now;
    }, POLL_MS);
  };
  const watcher = poll
    ? undefined
    : watcherOf(file, look, () => {
        onPoll?.();
        startPolling();
      });
  if (poll) startPolling();
  return () => {
    clearTimeout(soon);
    clearInterval(timer);
    watcher?.close();
  };
}

const SETTLE_MS = 30;
const POLL_MS = 500;

/** The folder is watched: a file that an editor replaces is another file. */
function watcherOf(file: string, look: () => void, onFail: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(dirname(file), (_event, name) => {
      if (name === null || name === basename(file)) look();
    });
    watcher.on("error", () => {
      watcher.close();
      onFail();
    });
    return watcher;
  } catch {
    onFail();
    return undefined;
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function timeOf(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? stats.mtimeMs + stats.size : 0;
}
