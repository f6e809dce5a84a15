/** Waits `ms` milliseconds, or until the signal is aborted. */
export function setTimeout<T>(ms?: number, value?: T, { signal }: { signal?: AbortSignal } = {}) {
  return new Promise<T | undefined>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = globalThis.setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve(value);
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

export const setImmediate = () => setTimeout(0);
