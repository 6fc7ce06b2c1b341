#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkspace } from './index/open.js';
import { Grammars } from './syntax/grammars.js';
import { languageOfName } from './syntax/languages.js';
import { readRecord } from './syntax/parse.js';

const grammars = join(__dirname, 'grammars');

void (async () => {
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'record') {
    const path = rest[0] ?? '';
    const record = await readRecord(readFileSync(path), languageOfName(path)?.id, new Grammars(grammars));
    console.log(JSON.stringify({ ...record, words: record.words.words.length }, null, 1));
  } else if (command === 'graph') {
    const kinds = rest.includes('--kind') ? rest[rest.indexOf('--kind') + 1]?.split(',') : undefined;
    const repo = rest[rest.indexOf('--repo') + 1] ?? '.';
    const { graph } = await openWorkspace(repo, grammars);
    for (const { from, to, confidence, kind, typeOnly } of graph.edges) {
      if (!kinds || kinds.includes(kind)) console.log(JSON.stringify({ from, to, confidence, kind, typeOnly }));
    }
  }
})();
