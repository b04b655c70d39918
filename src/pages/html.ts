/** Text that is HTML already. Only `html` makes it, so that everything else is escaped by construction. */
export class SafeHtml {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type Renderable = SafeHtml | string | number | undefined | null | false | readonly Renderable[];

/* A browser reads a bare carriage return as a line feed (HTML, Preprocessing the input stream); as a reference it stays. */
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\r': '&#13;' };

/** Escapes text for element content and for quoted attribute values. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => escapes[character] ?? character);
}

function render(value: Renderable): string {
  if (value === undefined || value === null || value === false) return '';
  if (value instanceof SafeHtml) return value.toString();
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value.map(render).join('');
}

/**
 * A template for HTML: every value is escaped unless it was made by this function. Attribute values must stand
 * between double quotes in the template.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Renderable[]): SafeHtml {
  let text = strings[0] ?? '';
  values.forEach((value, index) => {
    text += render(value) + (strings[index + 1] ?? '');
  });
  return new SafeHtml(text);
}

/** Attributes of an element, each after a space. The names are ours; the values are escaped. */
export function attributes(values: Readonly<Record<string, string>>): SafeHtml {
  return new SafeHtml(Object.entries(values).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`).join(''));
}

/** Values with something between them. */
export function join(values: readonly Renderable[], between: Renderable): SafeHtml {
  return html`${values.map((value, index) => (index === 0 ? value : [between, value]))}`;
}
