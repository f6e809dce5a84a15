/**
 * Where the tiny models answer, whatever endpoint the others have: the wire leads it to this
 * process.
 */
export const TINY_URL = "http://offline.invalid/v1";
/** Whether a name is that of a tiny model: one that ships, or a checkpoint. */
export const isTiny = (model: string) => /^tiny[-:]/.test(model);

/**
 * 0, or none for models that think first: they refuse every temperature but their own (langchainjs
 * #8642).
 */
export function usualTemperature(model: string): number | undefined {
  return /^(?:.*\/)?(?:o\d|gpt-[5-9](?!.*chat))/.test(model) ? undefined : 0;
}
