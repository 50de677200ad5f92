const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as text in HTML or XML, also inside an attribute. */
export const escapeMarkup = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

/** Text as text in XML 1.0, which has no place for most control characters, unpaired surrogates, U+FFFE and U+FFFF. */
export const escapeXml = (text: string): string =>
  escapeMarkup(text.replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, ''));
