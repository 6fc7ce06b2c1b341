import { resolve } from 'node:path';
import { formatCount } from '../base/count.js';
import { dataFolder } from '../base/user-folders.js';
import { AuditLog, type AuditRow, auditFolder } from '../policy/audit.js';
import { type AuditProblem, type CheckedAudit, checkAudit } from '../policy/audit-check.js';
import { machineKey } from '../policy/machine-key.js';
import { type Command, CommandError, EXIT, parseCommand, type Terminal } from './command.js';
import { formatPath, formatTable } from './table.js';

const help = `longview audit [verify | show | export] [options]

The audit log has a row for every request that left: when, where to, the model, the
files, how many secrets were taken out, how many bytes. No text and no key is in it.
Each row holds the hash of all before it, so that what was changed later shows.

  verify   checks the hashes (default); exit code 1 if one does not hold
  show     the last requests
  export   every row, one JSON object a line

  --last N     how many to show (default 20)
  --json       print JSON
  --log DIR    another log (default: the user's data folder)

JSON of verify: {"rows", "head": {"file", "offset", "sha256"} or null, "problems": [{"file", "line", "kind"}]}
Keep "head" elsewhere to tell later whether the end of the log was cut off.
`;

const KINDS: Readonly<Record<AuditProblem['kind'], string>> = {
  changed: 'what stands before this row was changed after it was written',
  missing: 'the file that this row follows is gone',
  torn: 'is no row: a process was killed while it wrote, or it was damaged',
};

export const auditCommand: Command = {
  name: 'audit',
  summary: 'what left this machine, in a log that shows changes',
  help,
  async run(context) {
    const { terminal } = context;
    const { values, positionals } = parseCommand(
      'audit',
      context.args,
      { last: { type: 'string', default: '20' }, log: { type: 'string' } },
      1,
    );
    const [what = 'verify'] = positionals;
    const last = Number(values.last);
    if (!Number.isSafeInteger(last) || last < 1) throw new CommandError(`--last "${values.last}" is not a number of rows.`, EXIT.usage);
    const folder = values.log === undefined ? auditFolder(terminal.env) : resolve(terminal.cwd, values.log);
    const checked = await checkedLog(folder);
    switch (what) {
      case 'verify':
        terminal.write(values.json ? asJson(checked) : describe(checked, folder));
        return checked.problems.some((p) => p.kind !== 'torn') ? EXIT.failed : EXIT.done;
      case 'show': {
        const rows = checked.rows.slice(-last);
        terminal.write(values.json ? `${JSON.stringify({ rows }, null, 2)}\n` : table(rows));
        return EXIT.done;
      }
      case 'export':
        for (const row of checked.rows) terminal.write(`${JSON.stringify(row)}\n`);
        return EXIT.done;
      default:
        throw new CommandError(`"${what}" is none of verify, show, export.`, EXIT.usage);
    }
  },
};

async function checkedLog(folder: string): Promise<CheckedAudit> {
  try {
    return await checkAudit(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError(`The audit log in "${folder}" cannot be read (${code}). Check the path and its permissions.`);
  }
}

/** The log that requests of this user are written to. @param paths of files: "listed", or "hashed" under this machine's key. */
export async function openAudit(paths: string, env: Terminal['env']): Promise<AuditLog> {
  if (paths !== 'listed' && paths !== 'hashed') throw new CommandError(`--audit-paths "${paths}" is none of listed, hashed.`, EXIT.usage);
  return new AuditLog(auditFolder(env), { pathKey: paths === 'hashed' ? await machineKey(dataFolder(env)) : undefined });
}

function asJson({ rows, problems, head }: CheckedAudit): string {
  return `${JSON.stringify({ rows: rows.length, head: head ?? null, problems }, null, 2)}\n`;
}

function describe({ rows, problems, head }: CheckedAudit, folder: string): string {
  const told = problems.map(({ file, line, kind }) => `${file}:${line}: ${KINDS[kind]}\n`).join('');
  if (!head) return `No request has left yet: ${folder} is empty.\n`;
  const broken = problems.some((p) => p.kind !== 'torn');
  const verdict = broken ? 'The log was changed.' : 'Every hash holds.';
  return `${told}${formatCount(rows.length)} requests. ${verdict}\nhead: ${head.file} ${head.offset} ${head.sha256}\n`;
}

function table(rows: readonly AuditRow[]): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  return formatTable(
    [{ title: 'time (UTC)' }, { title: 'to' }, { title: 'model' }, right('files'), right('bytes'), { title: 'taken out' }],
    rows.map(({ at, origin, local, provider, model, files, bytes, redacted }) => [
      at.slice(0, 19).replace('T', ' '),
      `${origin}${local ? ' (this machine)' : ''}`,
      formatPath(`${provider}/${model}`),
      formatCount(files.length),
      formatCount(bytes),
      Object.entries(redacted)
        .map(([kind, n]) => `${n} ${kind}`)
        .join(', '),
    ]),
  );
}
