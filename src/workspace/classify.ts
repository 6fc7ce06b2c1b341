/** What a file's name and place say about it. */
import { languageOfName } from '../syntax/languages.js';
import type { FileEntry, NameTraits } from './entry.js';

const LOCK =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|Cargo\.lock|Gemfile\.lock|poetry\.lock|Pipfile\.lock|uv\.lock|pdm\.lock|composer\.lock|go\.sum|go\.work\.sum|Podfile\.lock|Package\.resolved|packages\.lock\.json|paket\.lock|gradle\.lockfile|mix\.lock|pubspec\.lock|flake\.lock)$/;
const VENDORED = /(^|\/)(vendor|vendored|third[_-]?party|node_modules|bower_components|Pods|Carthage\/Checkouts)\//;
const GENERATED =
  /(\.min\.(js|css)|\.bundle\.js|\.pb\.(go|cc|h|rb)|_pb2(_grpc)?\.pyi?|\.g\.(cs|dart)|\.designer\.cs|\.generated\.\w+|_generated\.\w+|\.gen\.(go|ts)|zz_generated\.\w+\.go|\.snap)$/i;
const TEST_FOLDER =
  /(^|\/)(tests?|specs?|__tests__|testing|testdata|test_helpers?|fixtures|e2e|features|src\/(test|androidTest|jvmTest|commonTest|integrationTest)|\w+[._-]?[Tt]ests?)\//;
const TEST_NAME =
  /(^|\/)(test_[^/]+|conftest\.py|[^/]+[._-](test|tests|spec|specs|cy|e2e)\.\w+|[^/]+_test\.\w+|[^/]*[a-z0-9](Test|Tests|TestCase|Spec|Specs|IT)\.\w+)$/;
const BINARY =
  /\.(png|jpe?g|gif|bmp|ico|icns|webp|avif|tiff?|psd|woff2?|ttf|otf|eot|mp[34]|m4[av]|wav|ogg|flac|webm|mov|avi|mkv|pdf|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|ear|class|exe|dll|so|dylib|a|o|obj|lib|bin|dat|wasm|node|pyc|pyo|whl|egg|db|sqlite3?|mdb|keystore|jks|p12|pfx|der|onnx|pt|pth|npy|npz|parquet|vsix|nupkg|snk|pack|idx)$/i;

export function classifyName(path: string): NameTraits & Pick<FileEntry, 'language'> {
  return {
    language: languageOfName(path)?.id,
    lock: LOCK.test(path),
    vendored: VENDORED.test(path),
    generated: GENERATED.test(path),
    test: TEST_NAME.test(path) || TEST_FOLDER.test(path),
    binary: BINARY.test(path),
  };
}
