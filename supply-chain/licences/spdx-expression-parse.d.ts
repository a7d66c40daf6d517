/** The one function of spdx-expression-parse, which comes without types. */
declare module 'spdx-expression-parse' {
  export type Expression =
    | { license: string; plus?: boolean; exception?: string }
    | { conjunction: 'and' | 'or'; left: Expression; right: Expression };
  /** @throws Error when the text is no SPDX expression. */
  export default function parse(text: string): Expression;
}
