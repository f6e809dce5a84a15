/**
 * Where the tiny models answer, whatever endpoint the others have: the wire leads it to this
 * process.
 */
export const TINY_URL = "http://offline.invalid/v1";
/** Whether a name is that of a tiny model: one that ships, or a checkpoint. */
export const isTiny = (model: string) => /^tiny[-:]/.test(model);
