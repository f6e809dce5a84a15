/** A translation of a lesson: its texts that are not stale, by the English ones. */
declare module "*.po" {
  const catalogue: Record<string, string>;
  export default catalogue;
}
