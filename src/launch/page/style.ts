import { type Colours, PAPER } from './colours.ts';

/** The page's style sheet: one column from 320 pixels, both schemes, on paper without controls. */
export function styleSheet({ light, dark, onLight, onDark }: Colours): string {
  return `:root { color-scheme: light dark; --paper: ${PAPER.light}; --ink: #1b1f24; --quiet: #57606a; --line: #8c959f; --panel: #f3f5f7;
  --accent: ${light}; --on-accent: ${onLight}; --bad: #a40e26; --bad-panel: #ffebe9; --warn-panel: #fff8c5; }
@media (prefers-color-scheme: dark) {
  :root { --paper: ${PAPER.dark}; --ink: #e6e9ee; --quiet: #a3acb8; --line: #6e7781; --panel: #1f242c;
    --accent: ${dark}; --on-accent: ${onDark}; --bad: #ff8f87; --bad-panel: #3c1618; --warn-panel: #3a3208; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 56rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; border-top: 0.4rem solid var(--accent); }
header img { max-height: 3rem; max-width: 100%; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0.4rem 0; }
h2 { font-size: 1.25rem; margin: 2rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 0.3rem; }
p, ul, ol { margin: 0.4rem 0; }
a { color: var(--accent); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible, pre:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.875rem; }
pre { margin: 0.4rem 0; padding: 0.7rem; background: var(--panel); border: 1px solid var(--line); white-space: pre-wrap; }
.quiet, .about { color: var(--quiet); }
.about, .error { font-size: 0.875rem; margin: 0.1rem 0; }
.error, .invalid { color: var(--bad); }
.notice { padding: 0.6rem 0.8rem; margin: 0.6rem 0; background: var(--warn-panel); border-left: 0.3rem solid var(--line); }
.notice.bad { background: var(--bad-panel); border-color: var(--bad); }
.field { margin: 0.8rem 0; max-width: 36rem; }
.group { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); column-gap: 1.5rem; align-items: start; }
label { font-weight: 600; display: block; }
input, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.35rem 0.5rem; width: 100%; min-height: 2.75rem; }
[aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
details { margin: 0.6rem 0; border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.3rem 0.8rem; }
summary { font-weight: 600; cursor: pointer; padding: 0.3rem 0; }
button { font: inherit; color: var(--accent); background: var(--paper); border: 1px solid var(--accent); border-radius: 0.3rem; padding: 0.4rem 0.8rem; min-height: 2.75rem; cursor: pointer; }
.go { display: inline-block; padding: 0.7rem 1.4rem; border-radius: 0.3rem; background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none; }
.go:not([href]) { background: var(--panel); color: var(--quiet); border: 1px solid var(--line); }
table { border-collapse: collapse; width: 100%; margin: 0.4rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.5rem 0.3rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th, tfoot * { font-weight: 600; }
#regions [scope=row], #regions th:first-child { white-space: nowrap; }
#cost td, #cost thead th + th { text-align: right; white-space: nowrap; padding: 0.3rem 0 0.3rem 0.75rem; font-variant-numeric: tabular-nums; }
dl { margin: 0.4rem 0; }
dt { font-weight: 600; }
dd { margin: 0 0 0.5rem; }
footer { padding-bottom: 3rem; margin-top: 2.5rem; }
@media print {
  button, .controls { display: none; }
  details:not([open]) { display: none; }
  a[href^="https"]::after { content: " " attr(href); font-size: 0.75rem; }
  header { border-top: 0; }
}
`;
}
