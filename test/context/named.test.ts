import assert from 'node:assert/strict';
import { atOnce } from '../../src/base/steps.js';
import { scoreLexically } from '../../src/context/lexical.js';
import { type Named, namedIn, spelledIn, usingIn } from '../../src/context/named.js';
import { readQuery } from '../../src/context/query.js';
import { searchOf } from '../../src/context/search/search-index.js';
import type { SearchView } from '../../src/context/search/search-view.js';
import type { Snapshot } from '../../src/index/snapshot.js';
import { snapshotOf } from '../workspaces.js';

describe('context/named', () => {
  let snapshot: Snapshot;
  let view: SearchView;
  before(async () => {
    snapshot = await snapshotOf({
      'src/cookie.ts': 'export function parseCookie(text: string) {\n  return text.trim();\n}\n',
      'src/seal.ts': "import { parseCookie } from './cookie';\nexport function seal(value: string) {\n  return parseCookie(value);\n}\n",
      'src/parse.ts': 'export function parse(text: string) {\n  return text;\n}\n',
    });
    view = atOnce(searchOf(snapshot));
  });

  const told = (named: ReadonlyMap<number, Named>): Record<string, string[]> =>
    Object.fromEntries([...named].map(([file, { found }]) => [view.paths[file], found]));

  const spelled = (task: string): ReadonlyMap<number, Named> =>
    atOnce(spelledIn(view, atOnce(scoreLexically(view, readQuery(task).stems))));

  it('tells what defines a name of the task from what uses it', () => {
    const query = readQuery('`parseCookie` fails');
    assert.deepEqual(told(namedIn(view, query)), { 'src/cookie.ts': ['parseCookie'] });
    assert.deepEqual(told(usingIn(view, query)), { 'src/seal.ts': ['parseCookie'] });
  });

  it('finds a definition whose name the task spells in words, not one of a single word', () => {
    assert.deepEqual(told(spelled('Parsing of the cookie fails')), { 'src/cookie.ts': ['parseCookie'] });
  });

  it('asks for every word of the name', () => {
    assert.deepEqual(told(spelled('Parsing fails')), {});
  });

  it('counts for more, the more of the task a name has', () => {
    const share = (task: string): number => Math.max(...[...spelled(task).values()].flatMap(({ blocks }) => [...blocks.values()]));
    assert.ok(Math.abs(share('parse cookie') - 1) < 1e-9);
    assert.ok(share('parse cookie and seal the value') < 1);
  });
});
