import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isolatedDeclarationSync } from "rolldown/experimental";

/**
 * Writes the types of modules beside their code, for `import` and for `require`. A module may take
 * types only from the others that are named.
 */
export function declarations(folder, names) {
  return {
    name: "declarations",
    writeBundle({ dir }) {
      for (const name of names) {
        const file = join(folder, `${name}.ts`);
        const { code, errors } = isolatedDeclarationSync(file, readFileSync(file, "utf8"));
        if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message)}`);
        for (const [ending, js] of Object.entries({ "d.ts": "js", "d.cts": "cjs" }))
          writeFileSync(
            join(dir, `${name}.${ending}`),
            code.replace(/(from "\.\/\w+)\.ts"/g, `$1.${js}"`),
          );
      }
    },
  };
}
