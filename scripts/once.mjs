/**
 * The same function, which reads a file of the same text only once: sections and what they import
 * are asked for many times in a build. Nobody may change what it gives.
 *
 * @template Read
 * @param {(code: string, file: string) => Read} read
 * @returns {(code: string, file: string) => Read}
 */
export function onceFor(read) {
  const known = new Map();
  return (code, file) => {
    const key = `${file}\0${code}`;
    if (!known.has(key)) known.set(key, read(code, file));
    return known.get(key);
  };
}
