import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validateXML } from "xmllint-wasm";

/** What is wrong with a text as JUnit's XML. */
export async function junitFaults(xml: string): Promise<string[]> {
  const schema = readFileSync(join(import.meta.dirname, "junit.xsd"), "utf8");
  const { errors } = await validateXML({ xml, schema });
  return errors.map(({ message }) => message);
}
