/** A part of a file under one heading, or one page of it. */
export interface Section {
  /** the headings that it stands under, the outermost first; "" for none */
  heading: string;
  text: string;
  /** the line of the file at which the text begins, from 1, where the file has lines */
  line?: number;
  /** the page, from 1, where the file has pages */
  page?: number;
}
