/** What a file's name and place say about it. */
import { languageOfName } from '../syntax/languages.js';
import type { FileEntry, NameTraits } from './entry.js';
import { isTest } from './test-files.js';

const LOCK =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|Cargo\.lock|Gemfile\.lock|poetry\.lock|Pipfile\.lock|uv\.lock|pdm\.lock|composer\.lock|go\.sum|go\.work\.sum|Podfile\.lock|Package\.resolved|packages\.lock\.json|paket\.lock|gradle\.lockfile|mix\.lock|pubspec\.lock|flake\.lock)$/;
const VENDORED = /(^|\/)(vendor|vendored|third[_-]?party|node_modules|bower_components|Pods|Carthage\/Checkouts)\//;
/** Names that a tool gives to what it writes and people do not: minifiers, protoc, .NET designers and source generators, build_runner, Kubernetes' generators, snapshots of Jest; and "generated" as a part of the name by itself. */
const GENERATED =
  /(\.min\.(js|css)|\.pb\.(go|cc|h|swift)|_pb\.(rb|js|d\.ts)|_pb2(_grpc)?\.pyi?|\.g\.(cs|i\.cs|dart)|\.freezed\.dart|\.designer\.(cs|vb)|\.generated\.\w+|_generated\.(go|h|rs|dart)|\.gen\.(go|ts|tsx)|(^|\/)zz_generated\.\w+\.go|\.snap)$/i;
const BINARY =
  /\.(png|jpe?g|gif|bmp|ico|icns|webp|avif|tiff?|psd|woff2?|ttf|otf|eot|mp[34]|m4[av]|wav|ogg|flac|webm|mov|avi|mkv|pdf|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|ear|class|exe|dll|so|dylib|a|o|lib|bin|wasm|pyc|pyo|whl|egg|sqlite3?|mdb|keystore|jks|p12|pfx|onnx|pt|pth|npy|npz|parquet|vsix|nupkg|snk)$/i;

export function classifyName(path: string): NameTraits & Pick<FileEntry, 'language'> {
  const language = languageOfName(path)?.id;
  return {
    language,
    lock: LOCK.test(path),
    vendored: VENDORED.test(path),
    generated: GENERATED.test(path),
    test: isTest(path, language),
    binary: BINARY.test(path),
  };
}
