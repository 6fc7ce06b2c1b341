/** Answers to a request for changes: good ones, good ones with something broken in them, and hostile ones. */

/** From 0 to 1, the same sequence for the same seed (mulberry32). */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(random: Random, all: readonly T[]): T {
  return all[Math.floor(random() * all.length)]!;
}

type Tree = Readonly<Record<string, string>>;

/** New names, taken ones, twins of taken ones, and such as lead elsewhere. */
const NEW = [
  'new.ts',
  'src/new.ts',
  'src/deep/new/leaf.ts',
  'ä.md',
  'a/b/c/d.txt',
  'src/neu.ts',
  '.editorconfig',
  'Makefile',
  '.github/ci.yml',
];
const HOSTILE = [
  '../beside/mine.txt',
  '../beside/new.txt',
  'linked/mine.txt',
  'linked/new.txt',
  'linked.txt',
  'linked',
  'src',
  'src/app.ts/x',
  'SRC/app.ts',
  'src/APP.ts',
  'src/a\u0308/日本.md',
  '.git/config',
  '.git/hooks/x',
  '.GIT/config',
  'ignored/kept.txt',
  'Ignored/new.txt',
  '/etc/longview-storm',
  'C:/x',
  'a\\b',
  'src/./app.ts',
  'src//app.ts',
  'src/app.ts ',
  'src/app.ts.',
  'nul',
  'a\u202eb',
  '',
  '.',
  '..',
];
const TEXTS = [
  'new();\n',
  '',
  'one\ntwo\nthree\n',
  '\ttab\n',
  'no end',
  'ünï\n',
  'DOES NOT PARSE\n',
  '…\n',
  '// ... rest of the code\n',
  'a\0b\n',
  '\ufeff\n',
  'x\r\ny\r\n',
];

export function answer(tree: Tree, key: string, random: Random): string {
  const blocks = Array.from({ length: 1 + Math.floor(random() * 6) }, () => block(tree, key, random));
  const whole = ['Words before.', ...blocks, random() < 0.3 ? 'Words behind.' : ''].join('\n');
  return random() < 0.35 ? damaged(whole, key, random) : whole;
}

function block(tree: Tree, key: string, random: Random): string {
  const [any, other] = [pathIn(tree, random), pathIn(tree, random)];
  switch (pick(random, ['edit', 'edit', 'edit', 'create', 'create', 'delete', 'move', 'move and edit'] as const)) {
    case 'edit':
      return edit(tree, any, any, key, random);
    case 'create':
      return `<<<<<<< CREATE ${key} ${random() < 0.7 ? pick(random, NEW) : any}\n${pick(random, TEXTS)}>>>>>>> ${key}`;
    case 'delete':
      return `<<<<<<< DELETE ${key} ${any}\n>>>>>>> ${key}`;
    case 'move':
      return `<<<<<<< MOVE ${key} ${any}\n${random() < 0.8 ? pick(random, NEW) : other}\n>>>>>>> ${key}`;
    case 'move and edit':
      return `<<<<<<< MOVE ${key} ${any}\n${pick(random, NEW)}\n>>>>>>> ${key}\n${edit(tree, any, any, key, random)}`;
  }
}

/** Of lines that stand in the file, mostly. */
function edit(tree: Tree, of: string, path: string, key: string, random: Random): string {
  const lines = (tree[of] ?? 'nothing\n').replace(/^\ufeff/, '').split(/\r?\n/);
  const from = Math.floor(random() * lines.length);
  const found = lines.slice(from, from + 1 + Math.floor(random() * 3)).map((l) => (random() < 0.05 ? `  ${l}x` : l));
  const put = pick(random, [
    `${found[0]} // changed`,
    pick(random, TEXTS).replace(/\n$/, ''),
    [...found, 'added'].join('\n'),
    found.join('\n'),
  ]);
  return `<<<<<<< EDIT ${key} ${path}\n${found.join('\n')}\n======= ${key}\n${put}\n>>>>>>> ${key}`;
}

function pathIn(tree: Tree, random: Random): string {
  return random() < 0.75 ? pick(random, Object.keys(tree)) : pick(random, [...HOSTILE, ...NEW]);
}

/** The answer with one thing broken. */
function damaged(text: string, key: string, random: Random): string {
  const at = Math.floor(random() * text.length);
  const lines = text.split('\n');
  const line = Math.floor(random() * lines.length);
  switch (pick(random, ['cut', 'drop line', 'repeat line', 'other key', 'insert', 'crlf', 'cr', 'nest', 'swap', 'quote'] as const)) {
    case 'cut':
      return text.slice(0, at);
    case 'drop line':
      return lines.filter((_, i) => i !== line).join('\n');
    case 'repeat line':
      return lines.flatMap((l, i) => (i === line ? [l, l] : [l])).join('\n');
    case 'other key':
      return lines.map((l, i) => (i === line ? l.replace(key, 'zzzzzz') : l)).join('\n');
    case 'insert':
      return (
        text.slice(0, at) + pick(random, ['\0', '\ud800', '\u202e', '<<<<<<< EDIT ', `\n>>>>>>> ${key}\n`, '…', '\ufeff']) + text.slice(at)
      );
    case 'crlf':
      return text.replaceAll('\n', '\r\n');
    case 'cr':
      return text.replaceAll('\n', '\r');
    case 'nest':
      return text.slice(0, at) + text + text.slice(at);
    case 'swap':
      return [...lines.slice(line), ...lines.slice(0, line)].join('\n');
    case 'quote':
      return `\`\`\`\n${text}\n\`\`\``;
  }
}
