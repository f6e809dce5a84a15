/** A table that a lesson imports is the text of its file. */
declare module "*.csv" {
  const text: string;
  export default text;
}
