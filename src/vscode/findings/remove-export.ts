/**
 * Takes `export` away from a definition that no other file asks for, where that is one word in
 * front of it: JavaScript and TypeScript. Anything less plain is left to whoever knows better.
 */

/** A word to take away. */
export interface Removal {
  /** 0-based. */
  readonly line: number;
  /** Characters. */
  readonly start: number;
  readonly end: number;
}

const SCRIPTS = /^(javascript|typescript)(react)?$/;
/** `default` is no plain export: what is default has its place in the module's form. */
const DEFINITION =
  /^(export[ \t]+)(?:declare[ \t]+)?(?:(?:async[ \t]+)?function[ \t]*\*?[ \t]*|(?:abstract[ \t]+)?class[ \t]+|(?:const[ \t]+)?enum[ \t]+|interface[ \t]+|type[ \t]+|(const|let|var)[ \t]+)([\p{L}\p{N}_$]+)(.*)$/u;

/** The words to take away; undefined where it cannot be told from the text alone that this changes nothing else. */
export function removeExport(lines: readonly string[], language: string, name: string): readonly Removal[] | undefined {
  if (!SCRIPTS.test(language)) return undefined;
  const removals: Removal[] = [];
  for (const [line, text] of lines.entries()) {
    const found = DEFINITION.exec(text);
    if (found?.[3] === name) {
      // `const a = 1, b = 2` exports both.
      if (found[2] !== undefined && !declaresOne(lines, line, found[4]!)) return undefined;
      removals.push({ line, start: 0, end: found[1]!.length });
    } else if (/^\s*export\b/.test(text) && new RegExp(`(^|[^\\p{L}\\p{N}_$])${escapeName(name)}([^\\p{L}\\p{N}_$]|$)`, 'u').test(text)) {
      // Exported once more, under this name or another.
      return undefined;
    }
  }
  // A list of exports may go on over lines.
  const isListed = /^\s*export\s*\{[^}]*$/m.test(lines.join('\n'));
  return removals.length === 0 || isListed ? undefined : removals;
}

/** Whether a statement that begins with a variable declares that one alone, as far as its first and last line tell. */
function declaresOne(lines: readonly string[], line: number, rest: string): boolean {
  const code = rest.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\/\/.*$/g, '');
  let flat = code;
  // Innermost brackets first, until none is left.
  for (let before = ''; before !== flat; ) {
    before = flat;
    flat = flat.replace(/\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}|<[^<>]*>/g, '');
  }
  if (/[`"'/]/.test(flat)) return false;
  const open = flat.search(/[([{]/);
  if (open >= 0 ? flat.slice(0, open).includes(',') : flat.includes(',')) return false;
  if (open < 0) return /;\s*$/.test(flat);
  // The body ends at the first line that is not indented.
  const end = lines.findIndex((text, at) => at > line && /^\S/.test(text));
  return end > 0 && /^[)\]}]+(\s+as\s+const)?;?\s*$/.test(lines[end]!);
}

const escapeName = (name: string): string => name.replace(/\$/g, '\\$&');
