/**
 * When providers shut models down, and what they name in their place: the one list of such dates.
 */
interface Announced {
  /** YYYY-MM-DD */
  date: string;
  models: readonly string[];
  /** what the provider names in their place; null where it names nothing that completes text */
  instead: string | null;
  /** where the date was read, and in which month */
  source: string;
  read: string;
}

const OPENAI = {
  source: "https://developers.openai.com/api/docs/deprecations",
  read: "2026-11",
} as const;

export const SHUTDOWNS: readonly Announced[] = [
  {
    date: "2026-09-28",
    models: ["davinci-002", "babbage-002", "gpt-3.5-turbo-instruct", "gpt-3.5-turbo-1106"],
    instead: null,
    // The stored copies of OpenAI's own page did not show these rows.
    source: "https://weighmyprompt.com/deprecations/openai-davinci-002",
    read: "2026-11",
  },
  {
    date: "2026-10-23",
    models: [
      "gpt-3.5-turbo",
      "gpt-3.5-turbo-0125",
      "gpt-4",
      "gpt-4-0613",
      "gpt-4-1106-preview",
      "gpt-4-turbo",
      "gpt-4o-2024-05-13",
      "gpt-4.1-nano",
      "o1",
      "o1-pro",
      "o3-mini",
      "o4-mini",
    ],
    instead: "gpt-6-luna",
    ...OPENAI,
  },
  { date: "2026-12-11", models: ["gpt-5", "gpt-5-pro", "o3"], instead: "gpt-6.1-sol", ...OPENAI },
  { date: "2026-12-11", models: ["gpt-5-mini"], instead: "gpt-6.1-terra", ...OPENAI },
  { date: "2026-12-11", models: ["gpt-5-nano"], instead: "gpt-6-luna", ...OPENAI },
  {
    date: "2027-01-14",
    models: ["gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini"],
    instead: "gpt-6-luna",
    ...OPENAI,
  },
  { date: "2027-04-01", models: ["gpt-5.1"], instead: "gpt-6-luna", ...OPENAI },
];

/** Days before a shutdown from which on it is worth a warning, in check-models.mjs too. @public */
export const NEAR_DAYS = 60;

export interface Shutdown {
  model: string;
  date: string;
  instead: string | null;
  /** whole days from `today` to the date; 0 or less: it is gone */
  days: number;
}

/**
 * When a model is shut down.
 *
 * @param today YYYY-MM-DD
 * @param told the endpoint's own `shutdown_date`: a date, null for none announced, undefined where
 *   it does not say
 * @returns undefined where no date is known
 */
export function shutdownOf(
  model: string,
  today: string,
  told?: string | null,
): Shutdown | undefined {
  if (told === null) return undefined;
  const row = announcedFor(model);
  const date = told !== undefined && isDate(told) ? told : row?.date;
  if (date === undefined) return undefined;
  return { model, date, instead: row?.instead ?? null, days: daysBetween(today, date) };
}

/**
 * The sentence that warns of a shutdown which is near or past; undefined where there is nothing to
 * warn of.
 */
export function warningOf(shutdown: Shutdown | undefined): string | undefined {
  if (!shutdown || shutdown.days > NEAR_DAYS) return undefined;
  const { model, date, days, instead } = shutdown;
  const next = instead === null ? "" : `; its provider names ${instead} in its place`;
  if (days <= 0) return `${model} was shut down on ${date}${next}`;
  return `${model} will be shut down on ${date}, in ${days} day${days === 1 ? "" : "s"}${next}`;
}

/** The day that it is, as the dates here are written. */
export const dayOf = (time: Date) => time.toISOString().slice(0, 10);

/**
 * The row of a model, by its name: with a provider before it, dated, or as the base of a fine-tuned
 * model.
 */
function announcedFor(model: string): Announced | undefined {
  const name = model
    .replace(/^ft:([^:]+).*$/, "$1")
    .replace(/^.*\//, "")
    .toLowerCase();
  const undated = name.replace(/-\d{4}-\d{2}-\d{2}$/, "");
  const rowOf = (one: string) => SHUTDOWNS.find(({ models }) => models.includes(one));
  return rowOf(name) ?? rowOf(undated);
}

const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

const DAY_MS = 24 * 60 * 60 * 1000;

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
