/**
 * What a model with structured output gives; undefined where its reply is cut off, empty or not
 * of the shape, as those of real models sometimes are. Any other error is thrown.
 */
export async function readable<Value>(
  reply: Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await reply;
  } catch (error) {
    const { name, lc_error_code: code } = error as Failed;
    if (UNREADABLE.test(name) || code === "OUTPUT_PARSING_FAILURE")
      return undefined;
    throw error;
  }
}

interface Failed extends Error {
  lc_error_code?: string;
}

const UNREADABLE = /^(?:SyntaxError|\$?ZodError|LengthFinishReasonError)$/;
