/** Extraction queries are bundled as text (esbuild's text loader). */
declare module '*.scm' {
  const text: string;
  export default text;
}
