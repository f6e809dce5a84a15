/** Regular expressions, which a page cannot stop; it can end its worker. */
export class StoppableRegExps {
  test(pattern: string, text: string): boolean {
    try {
      return new RegExp(pattern, "u").test(text);
    } catch {
      return false;
    }
  }
}
