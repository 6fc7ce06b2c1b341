#!/usr/bin/env node
// #include edges of a C or C++ tree as its own build has them: node oracle.mjs TREE compile_commands.json > edges.jsonl
//
//   {"from": "src/a.c", "to": "src/a.h", "kind": "include"}
//
// Every command of the build is run again with -M instead of -c, which lists what it opens. The #include lines of what it
// opened are looked up in the folders that it names (for quotes the including file's own folder and -iquote first): one
// that leads to a file it opened is an edge; one that leads to another is optional, a branch that this platform leaves
// out. A file that no command opens is not judged.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, normalize, relative, resolve } from 'node:path';

const root = realpathSync(process.argv[2]);
const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
const files = new Set(listed.split('\0').filter((f) => /\.(c|cc|cpp|cxx|h|hh|hpp|hxx|inc|inl|ipp|tpp)$/.test(f)));
const includes = new Map();

/** The include lines of a file, comments and line splices taken away. */
function includesOf(file) {
  let found = includes.get(file);
  if (!found) {
    const text = readFileSync(resolve(root, file), 'utf8')
      .replace(/\\\r?\n/g, '')
      .replace(/\/\*[\s\S]*?\*\//g, ' ');
    found = [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]/gm)].map(([, mark, name]) => ({ quoted: mark === '"', name }));
    includes.set(file, found);
  }
  return found;
}

/** What a command says of folders, in the order in which they are searched. */
function searched(words, directory) {
  const found = { quote: [], plain: [], system: [] };
  for (const [i, word] of words.entries()) {
    const [, flag, rest] = /^-(iquote|isystem|I)(.*)$/.exec(word) ?? [];
    if (flag)
      found[{ iquote: 'quote', isystem: 'system', I: 'plain' }[flag]].push(relative(root, resolve(directory, rest || words[i + 1])));
  }
  return { quoted: found.quote, all: [...found.plain, ...found.system] };
}

const real = new Set();
const optional = new Set();
const judged = new Set();
for (const { directory, command, arguments: given, file } of JSON.parse(readFileSync(process.argv[3], 'utf8'))) {
  const words =
    given ?? command.match(/(?:[^\s"\\]|\\.|"(?:[^"\\]|\\.)*")+/g).map((w) => w.replace(/\\(.)/g, '$1').replace(/^"(.*)"$/, '$1'));
  const at = words.indexOf('-o');
  const kept = words.filter((w, i) => (at < 0 || (i !== at && i !== at + 1)) && w !== '-c');
  const { stdout, error } = spawnSync(kept[0], [...kept.slice(1), '-M', '-MG', '-w'], {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  const names = stdout
    .replace(/\\\n/g, ' ')
    .replace(/^[^:]*:/, '')
    .trim()
    .split(/\s+/);
  const opened = new Set(names.map((n) => relative(root, resolve(directory, n))).filter((n) => files.has(n)));
  const { quoted, all } = searched(words, directory);
  if (!opened.has(relative(root, resolve(directory, file)))) console.error(`not read: ${file}`);
  for (const from of opened) {
    judged.add(from);
    for (const include of includesOf(from)) {
      const folders = [...(include.quoted ? [dirname(from), ...quoted] : []), ...all];
      const to = folders.map((f) => normalize(`${f}/${include.name}`)).find((p) => files.has(p));
      if (to !== undefined && to !== from) (opened.has(to) ? real : optional).add(`${from}\0${to}`);
    }
  }
}
for (const from of [...files].sort()) if (!judged.has(from)) console.log(JSON.stringify({ from, unjudged: true }));
for (const edge of [...new Set([...real, ...optional])].sort()) {
  const [from, to] = edge.split('\0');
  console.log(JSON.stringify({ from, to, kind: 'include', ...(real.has(edge) ? {} : { optional: true }) }));
}
