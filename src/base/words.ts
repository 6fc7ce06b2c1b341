/** Words of code and prose: identifiers split into the parts people search for. */

const RUN = /[\p{L}\p{N}]+/gu;
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+|\p{N}+/gu;

/**
 * Lower-cased words of `text` in order: "parseHTTPUrl_v2" gives parse, http, url.
 * Words of one character and single digits are left out.
 */
export function splitWords(text: string): string[] {
  const out: string[] = [];
  for (const run of text.match(RUN) ?? []) {
    for (const part of run.match(PART) ?? []) if (part.length > 1) out.push(part.toLowerCase());
  }
  return out;
}

const SUFFIXES = [
  'ations',
  'ation',
  'ingly',
  'ings',
  'ing',
  'ies',
  'ied',
  'ions',
  'ion',
  'ers',
  'er',
  'ors',
  'or',
  'ed',
  'es',
  'ly',
  's',
  'y',
  'e',
];

/**
 * The part of a word that its forms share: "parse", "parser", "parsing" and "parsed"
 * give "pars". Always a beginning of the word, so that all forms of a stem stand
 * together in a sorted list. Weaker than Porter's (Program 14, 1980), on purpose:
 * words of code are short and rarely inflected, and a false match costs more there.
 */
export function stemOf(word: string): string {
  for (const suffix of SUFFIXES) {
    if (word.length - suffix.length >= 3 && word.endsWith(suffix) && !(suffix === 's' && word.endsWith('ss'))) {
      const stem = word.slice(0, -suffix.length);
      // "setting" and "set" share a stem, not "settt": a doubled consonant before the suffix counts once.
      return /([bdgklmnprt])\1$/.test(stem) && stem.length > 3 ? stem.slice(0, -1) : stem;
    }
  }
  return word;
}
