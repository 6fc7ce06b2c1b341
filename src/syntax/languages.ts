/** Every language Longview parses. Adding one is a folder in `grammars/` and a line here. */
import { bash } from '../../grammars/bash/language.js';
import { c } from '../../grammars/c/language.js';
import { cpp } from '../../grammars/cpp/language.js';
import { csharp } from '../../grammars/csharp/language.js';
import { css } from '../../grammars/css/language.js';
import { go } from '../../grammars/go/language.js';
import { html } from '../../grammars/html/language.js';
import { java } from '../../grammars/java/language.js';
import { javascript } from '../../grammars/javascript/language.js';
import { json } from '../../grammars/json/language.js';
import { kotlin } from '../../grammars/kotlin/language.js';
import { markdown } from '../../grammars/markdown/language.js';
import { php } from '../../grammars/php/language.js';
import { python } from '../../grammars/python/language.js';
import { ruby } from '../../grammars/ruby/language.js';
import { rust } from '../../grammars/rust/language.js';
import { scala } from '../../grammars/scala/language.js';
import { swift } from '../../grammars/swift/language.js';
import { toml } from '../../grammars/toml/language.js';
import { tsx, typescript } from '../../grammars/typescript/language.js';
import { yaml } from '../../grammars/yaml/language.js';
import type { LanguageSpec } from './language.js';

export const LANGUAGES: readonly LanguageSpec[] = [
  bash,
  c,
  cpp,
  csharp,
  css,
  go,
  html,
  java,
  javascript,
  json,
  kotlin,
  markdown,
  php,
  python,
  ruby,
  rust,
  scala,
  swift,
  toml,
  typescript,
  tsx,
  yaml,
];

const byId = new Map(LANGUAGES.map((l) => [l.id, l]));
const byExtension = new Map(LANGUAGES.flatMap((l) => l.extensions.map((e) => [e, l] as const)));
const byFilename = new Map(LANGUAGES.flatMap((l) => (l.filenames ?? []).map((f) => [f, l] as const)));
const byInterpreter = new Map(LANGUAGES.flatMap((l) => (l.interpreters ?? []).map((i) => [i, l] as const)));

export const languageById = (id: string): LanguageSpec | undefined => byId.get(id);

/** The language that a file's name gives it, longest extension first ("a.d.ts" before ".ts"). */
export function languageOfName(path: string): LanguageSpec | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const exact = byFilename.get(name);
  if (exact) return exact;
  const lower = name.toLowerCase();
  for (let dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', dot + 1)) {
    const hit = byExtension.get(lower.slice(dot));
    if (hit) return hit;
  }
  return undefined;
}

/** The language that a `#!` line gives a file without a telling name. */
export function languageOfShebang(firstLine: string): LanguageSpec | undefined {
  const interpreter = /^#!\s*(?:\S*\/env\s+(?:-\S+\s+)*)?(?:\S*\/)?([A-Za-z]+)/.exec(firstLine)?.[1];
  return interpreter === undefined ? undefined : byInterpreter.get(interpreter);
}
