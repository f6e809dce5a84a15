import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "rolldown/utils";
import { onceFor } from "../once.mjs";
import { cut, declaredBy, freeNames, propertyNames, typesIn } from "./syntax.mjs";

/**
 * Files of this project by what they declare, and what each declaration takes from elsewhere.
 * One that is made on the spot can be given.
 */
export class Modules {
  #root;
  #modules = new Map();

  constructor(root) {
    this.#root = root;
  }

  /** Gives the text of a file, in place of the one on disk. */
  give(file, code) {
    this.#modules.set(file, read(code, file));
  }

  /** Reads a file again when it is asked for. */
  forget(file) {
    this.#modules.delete(file);
  }

  module(file) {
    const known = this.#modules.get(file);
    if (known) return known;
    this.give(file, readFileSync(join(this.#root, file), "utf8"));
    return this.#modules.get(file);
  }

  /**
   * All that some names of a file stand for, with what that takes in turn.
   *
   * @param {RegExp} [apart] files that are taken as packages are
   * @returns {{ pieces: Piece[], imports: Import[], unknown: Set<string> }} pieces in an order in
   * which they can run;
   *   `unknown` are names that nothing declares, such as those of the platform
   */
  closure(names, file, apart = /^$/) {
    const found = { pieces: new Set(), imports: new Map(), unknown: new Set() };
    const order = new Map();
    const take = (name, from) => {
      const origin = this.#resolve(name, from, apart);
      if (origin === undefined) found.unknown.add(name);
      else if (origin.package) found.imports.set(`${origin.package} ${name}`, origin);
      else if (!found.pieces.has(origin.piece)) {
        const { piece } = origin;
        found.pieces.add(piece);
        for (const need of piece.needs) take(need, piece.file);
        // What a file takes from another is there before the file's own.
        if (!order.has(piece.file)) order.set(piece.file, order.size);
      }
    };
    for (const name of names) take(name, file);
    const pieces = [...found.pieces].sort(
      (one, other) => order.get(one.file) - order.get(other.file) || one.start - other.start,
    );
    return { pieces, imports: [...found.imports.values()], unknown: found.unknown };
  }

  /** What a name of a file stands for: a declaration, or something of a package. */
  #resolve(name, file, apart) {
    const module = this.module(file);
    const piece = module.pieces.get(name);
    if (piece) return { piece };
    const imported = module.imports.get(name);
    if (!imported) return undefined;
    if (!imported.from.startsWith(".") || apart.test(imported.from))
      return { package: imported.from, name, ...imported };
    const target = join(dirname(file), imported.from).replaceAll("\\", "/");
    if (imported.imported !== name && imported.imported !== "default")
      throw new Error(`${file} imports ${imported.imported} as ${name}, which no program can show`);
    if (target.endsWith(".csv")) return { piece: this.#table(name, target) };
    return this.#resolve(name, target, apart);
  }

  /** A table that a lesson imports, as a constant. */
  #table(name, file) {
    if (!this.#modules.has(file)) {
      const text = readFileSync(join(this.#root, file), "utf8").trim();
      const written = text.replace(/[\\`]|\$\{/g, "\\$&");
      this.give(file, `const ${name} = \`${written}\n\`;\n`);
    }
    return this.module(file).pieces.get(name);
  }
}

/**
 * @typedef {{ file: string, start: number, names: string[], text: string, source: string, needs:
 * Set<string>, properties: Set<string>, isFunction: boolean }} Piece
 *   a declaration at the margin of a file: as JavaScript, and as it is written there
 * @typedef {{ package: string, imported: string, name: string }} Import
 */

class Module {
  constructor(file, code) {
    this.file = file;
    this.code = code;
    const { program, comments } = parseSync(file, code);
    this.program = program;
    this.comments = comments;
    this.pieces = new Map();
    this.imports = new Map();
    for (const statement of program.body) this.#read(statement);
  }

  #read(statement) {
    const { source, specifiers = [] } = statement;
    if (source) {
      for (const { local, imported, exported, type } of specifiers) {
        const name = (exported ?? local).name;
        const whole = { ImportDefaultSpecifier: "default", ImportNamespaceSpecifier: "*" }[type];
        const of = whole ?? (exported ? local.name : imported.name);
        this.imports.set(name, { from: source.value, imported: of });
      }
      return;
    }
    const names = declaredBy(statement);
    if (names.length === 0 || statement.type === "ExportDefaultDeclaration") return;
    const node = statement.declaration ?? statement;
    const piece = {
      file: this.file,
      start: statement.start,
      names,
      text:
        this.commentAbove(statement) +
        cut(this.code, [node.start, node.end], typesIn(node, this.code)),
      source: this.code.slice(node.start, node.end),
      needs: freeNames(node),
      properties: propertyNames(node),
      isFunction: node.type === "FunctionDeclaration",
    };
    for (const name of names) this.pieces.set(name, piece);
  }

  /**
   * The comment right above a statement, as it is written, with its last line end; remarks to the
   * linter left out.
   */
  commentAbove(statement) {
    const lines = [];
    let at = statement.start;
    for (const { start, end, value } of this.comments.toReversed()) {
      if (start >= at || !/^[ \t]*\n?[ \t]*$/.test(this.code.slice(end, at))) continue;
      at = start;
      if (!value.trim().startsWith("biome-ignore"))
        lines.unshift(`${this.code.slice(start, end)}\n`);
    }
    return lines.join("");
  }
}

const read = onceFor((code, file) => new Module(file, code));
