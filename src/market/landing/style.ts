/** The tones are the console's. */
export const style = `
:root {
  color-scheme: light dark;
  --bg: light-dark(oklch(0.985 0.003 255), oklch(0.17 0.008 255));
  --surface: light-dark(#fff, oklch(0.205 0.009 255));
  --line: light-dark(oklch(0.91 0.006 255), oklch(0.29 0.01 255));
  --ink: light-dark(oklch(0.24 0.01 255), oklch(0.94 0.004 255));
  --muted: light-dark(oklch(0.51 0.012 255), oklch(0.7 0.012 255));
  --ours: light-dark(oklch(0.49 0.16 255), oklch(0.77 0.11 255));
  --tint: light-dark(oklch(0.955 0.02 255), oklch(0.28 0.045 255));
}
* { box-sizing: border-box; margin: 0; }
body {
  display: grid;
  place-content: center;
  min-height: 100dvh;
  padding: 48px 24px;
  background: radial-gradient(60rem 30rem at 50% -12rem, var(--tint), transparent) var(--bg) no-repeat;
  color: var(--ink);
  font: 15px/22px "Golos Text Variable", "Golos Text", system-ui, sans-serif;
}
main { display: grid; gap: 40px; width: min(720px, 100vw - 48px); }
header { display: grid; gap: 12px; }
header svg { width: 44px; height: 44px; margin-bottom: 12px; }
h1 { font-size: clamp(28px, 5vw, 36px); line-height: 1.2; font-weight: 600; letter-spacing: -0.02em; text-wrap: balance; }
header p { max-width: 60ch; color: var(--muted); font-size: 17px; line-height: 26px; text-wrap: pretty; }
nav { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1px; overflow: hidden; border: 1px solid var(--line); border-radius: 12px; background: var(--line); }
a { display: grid; grid-template: "icon name" auto "icon about" 1fr / 24px 1fr; column-gap: 16px; row-gap: 4px; padding: 20px; background: var(--surface); color: inherit; text-decoration: none; transition: background 140ms ease-out; }
a:hover { background: var(--tint); }
a:focus-visible { outline: 2px solid var(--ours); outline-offset: -2px; border-radius: 12px; }
a:last-child:nth-child(odd) { grid-column: 1 / -1; }
a svg { grid-area: icon; width: 24px; height: 24px; fill: none; stroke: var(--ours); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
a b { grid-area: name; font-weight: 600; }
a span { grid-area: about; color: var(--muted); font-size: 13.5px; line-height: 20px; text-wrap: pretty; }
footer { color: var(--muted); font-size: 12px; line-height: 16px; font-variant-numeric: tabular-nums; }
@media (max-width: 560px) {
  body { place-content: start center; }
  nav { grid-template-columns: minmax(0, 1fr); }
}
@media (prefers-reduced-motion: reduce) { a { transition: none; } }
`
