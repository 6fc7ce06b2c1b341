/**
 * Proposals that go wrong in every way against a real tree on a real disk, written by the code that
 * writes: answers that are good, damaged or hostile; writes that fail or are killed; files that others
 * change meanwhile, folders that become links. After each, every byte in and beside the tree is compared.
 */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { FilesOnDisk } from '../../src/cli/files-on-disk.js';
import type { Snapshot } from '../../src/index/snapshot.js';
import { UndoJournal } from '../../src/proposals/journal.js';
import { type PlannedFile, planChanges } from '../../src/proposals/plan.js';
import { readProposal } from '../../src/proposals/read-proposal.js';
import { planUndo, undoRecordOf } from '../../src/proposals/undo.js';
import { hashOf } from '../../src/workspace/text-hash.js';
import { HalfWrittenError } from '../../src/workspace/write-files.js';
import { Folder } from '../folders.js';
import { answer, pick, type Random } from './storm-answers.js';

type Module = Record<string, (...args: unknown[]) => unknown>;

const require = createRequire(__filename);
/** The modules that the writing code calls: their functions can be replaced. */
const CALLS = [
  { disk: require('node:fs/promises') as Module, names: ['open', 'link', 'rm', 'mkdir', 'realpath'] },
  { disk: require('node:fs') as Module, names: ['renameSync', 'unlinkSync', 'realpathSync', 'lstatSync', 'readFileSync'] },
] as const;
/** Before these somebody else may change something: between the last look at a file and its replacement nobody can look. */
const OTHERS_TURN: readonly string[] = ['mkdir', 'open', 'realpath', 'realpathSync'];

export const TREE: Readonly<Record<string, string>> = {
  'src/app.ts': "import { send } from './send';\r\nsend('a');\r\nsend('b');\r\n",
  'src/send.ts': 'export function send(text: string) {\n  const sent = text;\n  return sent;\n}\n',
  'src/deep/er/leaf.py': '\ufeffdef leaf():\n\treturn 1\n\n\ndef other():\n\treturn 2\n',
  'src/ä/日本.md': '# Titel\n\ntext ohne Ende',
  'bin/run.sh': '#!/bin/sh\necho run\n',
  'empty.txt': '',
  'long.txt': Array.from({ length: 300 }, (_, i) => `line ${i}\n`).join(''),
  'package.json': '{\n  "name": "app"\n}\n',
  '.git/config': '[core]\n',
  'ignored/kept.txt': 'kept\n',
};

/** What a file is: its bytes and permissions, or where a link leads. */
type Picture = ReadonlyMap<string, string>;

export interface Counts {
  runs: number;
  applied: number;
  files: number;
  refused: number;
  failed: number;
  killed: number;
  meddled: number;
  undone: number;
}

export class Storm {
  readonly #folder = new Folder();
  readonly #root = join(this.#folder.path, 'work');
  readonly #journal = new UndoJournal(join(this.#folder.path, 'journal'));
  readonly counts: Counts = { runs: 0, applied: 0, files: 0, refused: 0, failed: 0, killed: 0, meddled: 0, undone: 0 };
  #before: Picture = new Map();

  constructor() {
    this.#reset();
  }

  remove(): void {
    this.#folder.remove();
  }

  #reset(): void {
    for (const name of ['work', 'beside']) fs.rmSync(join(this.#folder.path, name), { recursive: true, force: true });
    for (const [path, text] of Object.entries(TREE)) this.#folder.write(`work/${path}`, text);
    fs.chmodSync(join(this.#root, 'bin/run.sh'), 0o755);
    this.#folder.write('beside/mine.txt', 'mine\n');
    fs.symlinkSync('../beside', join(this.#root, 'linked'));
    fs.symlinkSync('../beside/mine.txt', join(this.#root, 'linked.txt'));
    this.#before = this.#picture();
  }

  #picture(): Picture {
    const found = new Map<string, string>();
    const look = (folder: string): void => {
      for (const entry of fs.readdirSync(join(this.#folder.path, folder), { withFileTypes: true })) {
        const name = `${folder}/${entry.name}`;
        const path = join(this.#folder.path, name);
        if (entry.isSymbolicLink()) found.set(name, `-> ${fs.readlinkSync(path)}`);
        else if (entry.isDirectory()) look(name);
        else found.set(name, `${(fs.statSync(path).mode & 0o777).toString(8)} ${fs.readFileSync(path, 'latin1')}`);
      }
    };
    look('work');
    look('beside');
    return found;
  }

  /** All of the workspace's real files; only which are ignored and what parses is decided here, without git and grammars. */
  #files(): FilesOnDisk {
    const entries = Object.keys(TREE)
      .filter((path) => !/^(?:ignored|\.git)\//.test(path))
      .map((path) => ({ path }));
    const known = new Set(entries.map((e) => e.path));
    const snapshot = { roots: [{ folder: this.#root, prefix: '' }], entries, has: (p: string) => known.has(p) };
    const files = new FilesOnDisk(
      snapshot as unknown as Snapshot,
      { unknownPlaceholders: () => [], countIn: () => new Map() },
      { assets: '', ignore: [] },
    );
    files.isIgnored = async (path) => /^ignored(?:\/|$)/i.test(path);
    files.syntaxErrors = async (_, text) => text.split('DOES NOT PARSE').length - 1;
    return files;
  }

  async run(random: Random): Promise<void> {
    this.counts.runs++;
    const files = this.#files();
    const basis = new Map(Object.entries(TREE).map(([path, text]) => [path, hashOf(text.replace(/^\ufeff/, ''))]));
    const { changes } = readProposal(answer(TREE, 'k3y9az', random), 'k3y9az');
    const plan = await planChanges(changes, basis, files);
    this.counts.refused += plan.refused.length;
    const agreed = plan.files.filter(() => random() < 0.9);
    if (agreed.length === 0) {
      assert.deepEqual(this.#picture(), this.#before);
      return;
    }
    const record = undoRecordOf(String(this.counts.runs), new Date(this.counts.runs * 1000), 'storm', agreed, files.traitsOf);
    await this.#journal.write(record);
    const fault = new Fault(random, this.#folder.path);
    const ended = await fault.during(() => files.write(agreed));
    const after = this.#picture();
    this.#assertWithin(agreed, after, fault, ended);
    if (ended === 'written') [this.counts.applied, this.counts.files] = [this.counts.applied + 1, this.counts.files + agreed.length];
    else if (fault.killed) this.counts.killed++;
    else this.counts.failed++;
    await this.#takeBack(fault);
    if (fault.meddled.size > 0) {
      this.counts.meddled++;
      this.#reset();
    }
  }

  /** Nothing but what was agreed to is another than before, and that is whole. */
  #assertWithin(agreed: readonly PlannedFile[], after: Picture, fault: Fault, ended: Ended): void {
    const planned = new Map<string, PlannedFile>(
      agreed.flatMap((f) => [[`work/${f.path}`, f] as const, [`work/${f.to ?? f.path}`, f] as const]),
    );
    for (const name of new Set([...this.#before.keys(), ...after.keys()])) {
      const [had, has] = [this.#before.get(name), after.get(name)];
      if (fault.owns(name)) continue;
      if (fault.killed && /\/\.longview-[0-9a-f]{12}$/.test(name)) continue;
      const file = planned.get(name);
      if (!file || had === has) {
        assert.equal(has, had, `${name} is not in the plan`);
        continue;
      }
      if (ended === 'failed' && !fault.killed) assert.fail(`${name} is not as it was after a write that failed`);
      const text = has?.slice(has.indexOf(' ') + 1);
      const expected = name === `work/${file.to ?? file.path}` ? file.after : undefined;
      const marked = (this.#before.get(`work/${file.path}`) ?? '').includes(' \xef\xbb\xbf');
      assert.equal(text, expected === undefined ? undefined : Buffer.from(`${marked ? '\ufeff' : ''}${expected}`).toString('latin1'), name);
    }
    if (ended === 'written') {
      for (const f of agreed)
        if (!fault.owns(`work/${f.to ?? f.path}`)) assert.equal(after.has(`work/${f.to ?? f.path}`), f.after !== undefined);
    }
    for (const [name, bytes] of fault.meddled) assert.equal(after.get(name), bytes, `${name} is somebody else's`);
  }

  /** As `longview undo` does, in another process: from the journal. */
  async #takeBack(fault: Fault): Promise<void> {
    const [record] = await this.#journal.list();
    const files = this.#files();
    const { files: planned, changedSince } = await planUndo(record!, files.look);
    if (changedSince.length > 0) assert.ok(fault.meddled.size > 0, `${changedSince.join(', ')} was changed by nobody`);
    else if (planned.length > 0) {
      await files.write(planned).catch((error: unknown) => assert.ok(fault.meddled.size > 0, String(error)));
      this.counts.undone++;
    }
    await files.removeUnfinished(record!.files.flatMap(({ path, to }) => [path, to ?? path]));
    await this.#journal.remove(record!);
    const now = this.#picture();
    for (const [name, bytes] of fault.meddled) assert.equal(now.get(name), bytes, `${name} is somebody else's`);
    if (fault.meddled.size === 0) assert.deepEqual(now, this.#before);
  }
}

type Ended = 'written' | 'failed';

/** One thing that goes wrong while files are written, or none. */
class Fault {
  readonly #kind: 'none' | 'error' | 'kill' | 'change' | 'link';
  readonly #at: number;
  #calls = 0;
  #isOthers = false;
  killed = false;
  /** What somebody else wrote: its name and content, as a picture has it. */
  readonly meddled = new Map<string, string>();
  #linked: string | undefined;

  constructor(
    private readonly random: Random,
    private readonly top: string,
  ) {
    this.#kind = pick(random, ['none', 'none', 'error', 'error', 'kill', 'kill', 'change', 'link'] as const);
    this.#at = Math.floor(random() * random() * 60);
  }

  async during(work: () => Promise<void>): Promise<Ended> {
    const replaced = CALLS.flatMap(({ disk, names }) => names.map((name) => ({ disk, name, call: disk[name]! })));
    for (const { disk, name, call } of replaced) {
      const called = (...args: unknown[]): unknown => {
        if (!this.#isOthers) this.#before(name);
        return call(...args);
      };
      disk[name] = name.endsWith('Sync') ? called : async (...args) => await called(...args);
    }
    try {
      await work();
      return 'written';
    } catch (error) {
      if (this.#kind === 'none') throw error;
      if (error instanceof HalfWrittenError && !this.killed) assert.ok(this.meddled.size > 0, error.message);
      return 'failed';
    } finally {
      for (const { disk, name, call } of replaced) disk[name] = call;
    }
  }

  #before(name: string): void {
    if (this.killed) throw new Error('this process is dead');
    if (this.#calls++ < this.#at || this.meddled.size > 0) return;
    if (this.#kind === 'kill') {
      this.killed = true;
      throw new Error('killed');
    }
    if (this.#kind === 'error' && this.#calls === this.#at + 1) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    if ((this.#kind === 'change' || this.#kind === 'link') && OTHERS_TURN.includes(name)) {
      this.#isOthers = true;
      this.#meddle();
      this.#isOthers = false;
    }
  }

  #meddle(): void {
    const path = pick(this.random, ['src/app.ts', 'src/send.ts', 'src/deep/er/leaf.py', 'long.txt', 'new.ts', 'src/new.ts']);
    const absolute = join(this.top, 'work', path);
    if (this.#kind === 'change') {
      fs.mkdirSync(dirname(absolute), { recursive: true });
      fs.writeFileSync(absolute, 'somebody else was here\n');
      fs.chmodSync(absolute, 0o644);
      this.meddled.set(`work/${path}`, '644 somebody else was here\n');
      return;
    }
    const folder = pick(this.random, ['src', 'src/deep', 'bin']);
    fs.renameSync(join(this.top, 'work', folder), join(this.top, 'beside', 'moved'));
    fs.symlinkSync(join(this.top, 'beside'), join(this.top, 'work', folder));
    this.#linked = `work/${folder}`;
    this.meddled.set('beside/mine.txt', this.#mine());
    this.meddled.set(this.#linked, `-> ${join(this.top, 'beside')}`);
  }

  #mine(): string {
    const path = join(this.top, 'beside/mine.txt');
    return `${(fs.statSync(path).mode & 0o777).toString(8)} ${fs.readFileSync(path, 'latin1')}`;
  }

  /** Whether somebody else changed the file, or moved it away with its folder. */
  owns(name: string): boolean {
    return (
      this.meddled.has(name) || (this.#linked !== undefined && (name.startsWith(`${this.#linked}/`) || name.startsWith('beside/moved/')))
    );
  }
}
