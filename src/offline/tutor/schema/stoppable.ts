import { type Context, createContext, Script } from "node:vm";

/**
 * Regular expressions of strangers, in a context of their own: only that can be stopped halfway.
 */
export class StoppableRegExps {
  #context: Context | undefined;

  /**
   * Whether a pattern matches; false where it cannot be read, "late" after `timeout` milliseconds.
   */
  test(pattern: string, text: string, timeout: number): boolean | "late" {
    this.#context ??= createContext({});
    try {
      const [source, tried] = [JSON.stringify(pattern), JSON.stringify(text)];
      const script = new Script(`new RegExp(${source}, "u").test(${tried})`);
      return script.runInContext(this.#context, { timeout }) === true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === "ERR_SCRIPT_EXECUTION_TIMEOUT" ? "late" : false;
    }
  }
}
