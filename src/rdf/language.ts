/*
 * Language tags (RFC 5646 §2.1), as strict as the engine: what passes here is never refused there.
 */
const alphanum = '[A-Za-z0-9]';
const extlang = '[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4}|[A-Za-z]{5,8}';
const variant = `(?:-(?:${alphanum}{5,8}|[0-9]${alphanum}{3}))*`;
const extension = `(?:-[0-9A-WY-Za-wy-z](?:-${alphanum}{2,8})+)*`;
const privateUse = `[xX](?:-${alphanum}{1,8})+`;
const wellFormed = new RegExp(`^(?:(?:${extlang})(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?${variant}${extension}(?:-${privateUse})?|${privateUse})$`);

/** True for a well-formed language tag. */
export function isLanguageTag(tag: string): boolean {
  return wellFormed.test(tag);
}
