/** A chapter of the handbook is the text of its file. */
declare module "*.md" {
  const text: string;
  export default text;
}
