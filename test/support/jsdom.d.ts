/** The part of jsdom used here; it comes without types. */
declare module 'jsdom' {
  export interface Document {
    querySelectorAll(selector: string): Iterable<{ readonly href: string }>;
  }
  export class JSDOM {
    constructor(html: string);
    reconfigure(settings: { readonly url: string }): void;
    readonly window: { readonly DOMParser: new () => { parseFromString(text: string, type: 'text/html'): Document } };
  }
}
