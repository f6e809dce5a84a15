/** Hides packages, named in HIDDEN with commas between them, as if they had not been installed. */
import Module, { register } from "node:module";

const hidden = (process.env.HIDDEN ?? "").split(",");
const isHidden = (name) => hidden.some((one) => name === one || name.startsWith(`${one}/`));
const missing = (name) =>
  Object.assign(new Error(`Cannot find module '${name}'`), { code: "MODULE_NOT_FOUND" });

const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) => {
  if (isHidden(name)) throw missing(name);
  return resolve(name, ...rest);
};
const hooks = `
  const hidden = ${JSON.stringify(hidden)};
  export function resolve(name, context, next) {
    if (hidden.some((one) => name === one || name.startsWith(one + "/")))
      throw Object.assign(new Error("Cannot find package '" + name + "'"), { code: "ERR_MODULE_NOT_FOUND" });
    return next(name, context);
  }`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
