/**
 * What differs between two reports of `llm-lab verify --format json`, by the outcomes' names.
 *
 * @returns {{ broken: Change[], mended: Change[], stillBroken: Change[] }}
 * @typedef {{ name: string, file: string, line: number, says: string }} Change
 */
export function compareReports(before, after) {
  const [was, is] = [faultsOf(before), faultsOf(after)];
  return {
    broken: [...is].filter(([name]) => !was.has(name)).map(changeOf),
    mended: [...was].filter(([name]) => !is.has(name)).map(changeOf),
    stillBroken: [...is].filter(([name]) => was.has(name)).map(changeOf),
  };
}

const changeOf = ([name, fault]) => ({ name, ...fault });

/** Broken outcomes and steps that stopped, by their names. */
function faultsOf({ sections }) {
  const faults = new Map();
  for (const { outcomes, stops } of sections) {
    for (const { step, file, line, says } of stops)
      faults.set(`${step}: it comes to its end`, { file, line, says });
    for (const { step, claim, file, line, instead } of outcomes)
      if (instead !== undefined) faults.set(`${step}: ${claim}`, { file, line, says: instead });
  }
  return faults;
}

/**
 * Packages whose versions differ.
 *
 * @param {Record<string, string>} before versions by the packages' names
 * @param {Record<string, string>} after
 */
export function compareVersions(before, after) {
  return Object.keys(after)
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ name, from: before[name], to: after[name] }));
}
