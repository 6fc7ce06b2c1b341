/** The sample repositories that ship with the project, as git repositories of their own in a temporary folder. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export class Sample {
  /** Absolute path of the copy. */
  readonly path: string;

  /**
   * @param name folder of test/fixtures/ that is copied and committed on the branch main.
   * @param beside folder that the copy is made in; a fresh one by default.
   */
  constructor(
    name = 'parcels',
    readonly beside: string = realpathSync(mkdtempSync(join(tmpdir(), 'longview-sample-'))),
  ) {
    this.path = join(beside, name);
    cpSync(resolve('test/fixtures', name), this.path, { recursive: true });
    this.git('init', '--quiet', '--initial-branch=main');
    this.commit('All of it');
  }

  /** Writes a file by its path in the sample. */
  write(path: string, text: string): void {
    const file = join(this.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
  }

  git(...args: string[]): string {
    const identity = ['-c', 'user.name=Longview', '-c', 'user.email=longview@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...identity, ...args], { cwd: this.path, encoding: 'utf8' });
  }

  /** Takes away the copy and all that lies beside it. */
  remove(): void {
    rmSync(this.beside, { recursive: true, force: true, maxRetries: 5 });
  }
}
