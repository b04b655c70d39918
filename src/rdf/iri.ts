import { Fault } from '../faults.js';

/*
 * RFC 3987 §2.2, checked as strictly as the engine does, so that no IRI we accept is refused there. One regular
 * expression per shape of IRI would be unreadable: the classes are named, the shapes composed from them.
 */
const ucschar =
  '\\u{A0}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFEF}' +
  Array.from({ length: 14 }, (_, plane) => {
    const start = (plane + 1) * 0x1_00_00 + (plane === 13 ? 0x10_00 : 0);
    return `\\u{${start.toString(16)}}-\\u{${((plane + 1) * 0x1_00_00 + 0xff_fd).toString(16)}}`;
  }).join('');
const iprivate = '\\u{E000}-\\u{F8FF}\\u{F0000}-\\u{FFFFD}\\u{100000}-\\u{10FFFD}';
const unreserved = `A-Za-z0-9\\-._~${ucschar}`;
const subDelims = "!$&'()*+,;=";
const encoded = '%[0-9A-Fa-f]{2}';
const pchar = `${unreserved}${subDelims}:@`;
const tail = `(?:[${pchar}\\/]|${encoded})*(?:\\?(?:[${pchar}\\/?${iprivate}]|${encoded})*)?(?:#(?:[${pchar}\\/?]|${encoded})*)?`;
const userinfo = `(?:(?:[${unreserved}${subDelims}:]|${encoded})*@)?`;
const host = `(?:\\[(?<ip>[0-9A-Fa-f:.]+)\\]|\\[[vV][0-9A-Fa-f]+\\.[A-Za-z0-9\\-._~${subDelims}:]+\\]|(?:[${unreserved}${subDelims}]|${encoded})*)`;
const absolute = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.\\-]*:(?:\\/\\/${userinfo}${host}(?::[0-9]*)?(?=[\\/?#]|$)${tail}|(?!\\/\\/)${tail})$`,
  'u',
);
const ascii = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[A-Za-z0-9.-]+(?::[0-9]+)?(?:\/[A-Za-z0-9\-._~!$&'()*+,;=:@/]*)?(?:#[A-Za-z0-9\-._~!$&'()*+,;=:@/]*)?$/;

function isIpv6(text: string): boolean {
  const [head = '', rest, ...more] = text.split('::');
  if (more.length > 0) return false;
  const groups = [...(head === '' ? [] : head.split(':')), ...(rest === undefined || rest === '' ? [] : rest.split(':'))];
  const last = groups.at(-1) ?? '';
  const v4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/.test(last) && (rest === undefined || rest !== '');
  const size = groups.length + (v4 ? 1 : 0);
  const plain = v4 ? groups.slice(0, -1) : groups;
  return plain.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)) && (rest === undefined ? size === 8 : size <= 7);
}

/** True for an absolute IRI (RFC 3987 §2.2, with or without fragment). */
export function isAbsoluteIri(text: string): boolean {
  if (ascii.test(text)) return true;
  const match = absolute.exec(text);
  if (!match) return false;
  const ip = match.groups?.['ip'];
  return ip === undefined || isIpv6(ip);
}

const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Returns `text` when it is an absolute IRI; Fault `relative-iri` without a scheme, `invalid-iri` otherwise. */
export function checkIri(text: string): string {
  if (isAbsoluteIri(text)) return text;
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  if (scheme.test(text)) {
    const { nl, en } = flaw(text);
    throw new Fault('invalid-iri', { nl: `Het webadres <${shown}> is ongeldig: ${nl}.`, en: `The IRI <${shown}> is invalid: ${en}.` });
  }
  throw new Fault('relative-iri', {
    nl: `Het webadres <${shown}> is relatief, en er is geen basisadres. Geef het volledige adres, of in een document een @base.`,
    en: `The IRI <${shown}> is relative and there is no base. Write it in full, or give a base in a document.`,
  });
}

function flaw(text: string): { readonly nl: string; readonly en: string } {
  const percent = /%(?![0-9A-Fa-f]{2})/.exec(text);
  if (percent) return { nl: 'na % horen twee hexadecimale cijfers', en: 'two hexadecimal digits must follow %' };
  /* oxlint-disable-next-line no-control-regex -- control characters are among those named */
  const character = /[\u0000-\u0020<>"{}|\\^`\u007f-\u009f]/.exec(text)?.[0];
  if (character === ' ') return { nl: 'er staat een spatie in', en: 'it holds a space' };
  if (character !== undefined) {
    const name = character < '!' || character > '~' ? `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}` : character;
    return { nl: `het teken ${name} mag er niet in staan`, en: `the character ${name} is not allowed` };
  }
  return { nl: 'het volgt de schrijfwijze van RFC 3987 niet', en: 'it does not follow the syntax of RFC 3987' };
}
