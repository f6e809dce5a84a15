import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** HTML that may be put into HTML as it is. */
export type Markup = HtmlEscapedString;

type Value = Markup | string | number | false | undefined | readonly Value[];

/**
 * HTML with values: texts are escaped, markup is put in as it is. The only way to make HTML of a
 * report.
 */
export const markup = (parts: TemplateStringsArray, ...values: Value[]): Markup =>
  // It is a promise only where a value is one.
  html(parts, ...values) as Markup;

/** What is HTML already: from the highlighter, or a picture of ours. */
export const trusted = (text: string): Markup => raw(text);
