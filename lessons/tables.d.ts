/** A table that a lesson imports is the text of its file. */
declare module "*.csv" {
  const text: string;
  export default text;
}

/** The titles of all sections by their ids, made by scripts/lesson-source.mjs. */
declare module "lab:titles" {
  const titles: Record<string, string>;
  export default titles;
}
