/** The bytes of a file of the workspace. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** More of a file than this is never read: what lies behind is data. Bounds the memory that one file can take. */
export const READ_BYTES = 32 * 1024 * 1024;

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * The first {@link READ_BYTES} bytes. The path was a plain file when the workspace was
 * scanned; one that has become a link or a pipe since is not followed and not waited
 * for. Throws an error with a `code`.
 */
export function readFileBytes(path: string): Buffer {
  const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw Object.assign(new Error(`${path} is not a plain file`), { code: 'ENOTFILE' });
    const bytes = Buffer.allocUnsafe(Math.min(stat.size, READ_BYTES));
    let size = 0;
    while (size < bytes.length) {
      const read = readSync(file, bytes, size, bytes.length - size, null);
      if (read === 0) break;
      size += read;
    }
    return bytes.subarray(0, size);
  } finally {
    closeSync(file);
  }
}
