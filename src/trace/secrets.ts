/** What keys of known services look like: no other text does. */
const KEYS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["an Anthropic key", /\bsk-ant-[\w-]{20,}/g],
  ["an OpenAI key", /\bsk-(?!ant-)[\w-]{16,}/g],
  ["an AWS key", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ["a GitHub token", /\b(?:gh[opsu]_[A-Za-z0-9]{36,}|github_pat_\w{40,})/g],
  ["a GitLab token", /\bglpat-[\w-]{20,}/g],
  ["a Slack token", /\bxox[abeoprs]-[\w-]{10,}/g],
  ["a Google key", /\bAIza[\w-]{35}/g],
  ["a Groq key", /\bgsk_[A-Za-z0-9]{40,}/g],
  ["a Hugging Face token", /\bhf_[A-Za-z0-9]{30,}/g],
  ["a LangSmith key", /\blsv2_[a-z]{2}_[a-f0-9_]{32,}/g],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/g],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*KEY-----|$)/g],
];

/** What each of them has in it; most text has none of this. */
const SIGN = /sk-|AKIA|ASIA|gh[opsu]_|github_pat_|glpat-|xox|AIza|gsk_|hf_|lsv2_|npm_|-----BEGIN/;

/** Keys and tokens that must not be shown or written, by their value and by their look. */
export class Secrets {
  /** their values; it grows while the program runs */
  readonly values: string[] = [];

  /** Adds a value, unless it is a word such as "none", which is set where any key will do. */
  add(value: string): void {
    const isKeyLike = value.length >= 20 || (value.length >= 8 && /\d/.test(value));
    if (isKeyLike && !this.values.includes(value)) this.values.push(value);
  }

  /** Adds the keys that stand in a text; returns what kinds of keys they are. */
  find(text: string): string[] {
    const known = this.values.some((value) => text.includes(value)) ? ["a key that is in use"] : [];
    const looks = (SIGN.test(text) ? KEYS : []).flatMap(([kind, pattern]) => {
      const found = text.match(pattern) ?? [];
      for (const value of found) this.add(value);
      return found.length > 0 ? [kind] : [];
    });
    return looks.length > 0 ? looks : known;
  }

  hide(text: string): string {
    const hidden = this.values.reduce((rest, value) => rest.replaceAll(value, shortened), text);
    if (!SIGN.test(hidden)) return hidden;
    return KEYS.reduce((rest, [, pattern]) => rest.replace(pattern, shortened), hidden);
  }

  /** Plain data with each text in it hidden where it must be. */
  hideAll<T>(value: T): T {
    if (typeof value === "string") return this.hide(value) as T;
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.hideAll(item)) as T;
    const fields = Object.entries(value).map(([key, item]) => [key, this.hideAll(item)]);
    return Object.fromEntries(fields) as T;
  }
}

/** The variables of an environment that hold a secret, by their names. */
export function secretsIn(env: Record<string, string | undefined>): string[] {
  return Object.entries(env).flatMap(([name, value = ""]) =>
    /(?:KEY|TOKEN|SECRET|PASSWORD)S?$/i.test(name) ? [value.trim()] : [],
  );
}

/** Which key it is can be told from its start. */
const shortened = (key: string) =>
  `${key.startsWith("-----") ? key.slice(0, 10) : key.slice(0, 3)}…`;
