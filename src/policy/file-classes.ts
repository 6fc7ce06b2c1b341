/** Files that are credentials by what they are: they never leave the machine, unless the user names them. */
import type { WorkspacePath } from '../workspace/entry.js';

/** A class of files, with the reason that a user is shown. */
export interface FileClass {
  readonly name: string;
  /** Tested against the path in lower case, "/" between names. */
  readonly pattern: RegExp;
}

const at = (names: string): RegExp => new RegExp(`(?:^|/)(?:${names})$`);

/** Denied unless allowed. Templates (`.env.example`) and public halves (`id_rsa.pub`) are not secret. */
const DENIED_CLASSES: readonly FileClass[] = [
  {
    name: 'environment file',
    pattern: at('\\.env(?:\\.(?!example$|sample$|template$|dist$|defaults?$|schema$)[^/]+)?|\\.envrc|[^/]+\\.env'),
  },
  {
    name: 'private key or certificate store',
    pattern: at('[^/]+\\.(?:pem|key|p12|pfx|jks|keystore|ppk|kdbx|asc|gpg)|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?'),
  },
  {
    name: 'credentials of a tool',
    pattern: at(
      '\\.(?:npmrc|pypirc|netrc|pgpass|my\\.cnf|htpasswd|git-credentials|dockercfg|vault-token|boto|s3cfg)|_netrc|credentials(?:\\.(?:json|toml|yml|yaml|ini))?|\\.docker/config\\.json|\\.kube/config|kubeconfig|\\.aws/config|\\.cargo/credentials\\.toml|nuget\\.config',
    ),
  },
  {
    name: 'service account or secrets file',
    pattern: at(
      'service[-_]?account[^/]*\\.json|secrets?\\.(?:json|toml|yml|yaml|ini|properties|xml)|[^/]+\\.secrets?|application_default_credentials\\.json|google-services\\.json',
    ),
  },
  { name: 'state of infrastructure tools', pattern: at('[^/]+\\.tfstate(?:\\.backup)?|[^/]+\\.tfvars(?:\\.json)?') },
  { name: 'recorded traffic', pattern: at('[^/]+\\.(?:har|pcap|pcapng)') },
  { name: 'shell history', pattern: at('\\.(?:bash|zsh|sh|psql|mysql|python|node_repl)_history') },
];

/** The class by which a file is denied, if it is. */
export function deniedClass(path: WorkspacePath): FileClass | undefined {
  const lower = path.toLowerCase();
  return DENIED_CLASSES.find(({ pattern }) => pattern.test(lower));
}
