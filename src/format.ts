/** How llm-lab writes figures and values for people. Every room may import this file. */

/** "1,234": a whole number, with commas. */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** "1 file", "1,234 files". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "25 %", of a share from 0 to 1. */
export function formatPercent(share: number, decimals = 0): string {
  return `${(share * 100).toFixed(decimals)} %`;
}

/** "$0.0628", or "$0.000012" where that would be nothing. */
export function formatDollars(dollars: number): string {
  return `$${dollars.toFixed(dollars < 0.01 ? 6 : 4)}`;
}

/** "12 ms", "1.2 s", "14 s", "2 min 5 s". */
export function formatDuration(ms: number): string {
  if (ms < 100) return `${ms.toFixed(0)} ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : formatSeconds(ms);
}

/** "5 s", "2 min 5 s": for a time that is only guessed. */
export function formatSeconds(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** "yes" or "no" for a switch, else the value as a person would type it. */
export function formatValue(value: string | number | boolean): string {
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}

/** "4 kB", "12.3 MB". */
export function formatBytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
