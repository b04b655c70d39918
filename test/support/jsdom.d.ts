/** The part of jsdom used here; it comes without types. */
declare module 'jsdom' {
  export class JSDOM {
    constructor(html: string, options: { readonly url: string });
    readonly window: { readonly document: unknown; close(): void };
  }
}
