/** How the exported page looks: light and dark, wide and narrow, on paper too. */
export const pageStyle = `
:root { color-scheme: light dark; --bg: #fafbfc; --surface: #fff; --line: #dcdfe4; --ink: #20242a; --soft: #646b76; --ours: #e3edfc; --other: #f0eafa; --link: #1a5fc8 }
@media (prefers-color-scheme: dark) { :root { --bg: #0f1216; --surface: #181b20; --line: #2c3037; --ink: #e8eaee; --soft: #979eaa; --ours: #1b3152; --other: #2d2540; --link: #8ab6ff } }
body { font: 15px/22px system-ui, sans-serif; color: var(--ink); background: var(--bg); max-width: 56rem; margin: 0 auto; padding: 24px 16px 64px }
h1 { font-size: 22px; line-height: 28px; margin: 0 } h2 { font-size: 17px; margin: 0 } h2::first-letter { text-transform: uppercase } h3 { font-size: 12px; line-height: 16px; margin: 0 0 2px; font-weight: 600 }
h1, h2, td { overflow-wrap: anywhere } p { margin: 0 } a { color: var(--link) } h2 + p, header p { color: var(--soft) }
table { border-collapse: collapse; width: 100%; margin: 16px 0; font-size: 14px; line-height: 20px; font-variant-numeric: tabular-nums }
th { color: var(--soft); font-size: 12px; font-weight: 500 } th, td { text-align: left; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top }
section { border-top: 1px solid var(--line); margin-top: 40px; padding-top: 24px }
.day { margin: 20px 0 8px; text-align: center; font-size: 12px; color: var(--soft) }
article { width: fit-content; max-width: min(34rem, 85%); box-sizing: border-box; margin: 8px 0; padding: 8px 12px; border-radius: 10px; border: 1px solid var(--line); background: var(--surface) }
article p { white-space: pre-wrap; overflow-wrap: anywhere }
article.ours { margin-left: auto; background: var(--ours); border-color: transparent }
article.other { background: var(--other); border-color: transparent }
time { font-weight: 400; color: var(--soft); margin-left: 4px } img { display: block; max-width: 100%; max-height: 320px; margin-top: 4px; border-radius: 6px }
@media (max-width: 40rem) {
  thead { display: none } td { border: 0; padding: 0; color: var(--soft); font-size: 13px }
  tr { display: grid; grid-template: "chat buyer state" auto "chat about time" auto / minmax(2.5rem, max-content) 1fr auto; gap: 0 8px; padding: 8px 0; border-bottom: 1px solid var(--line) }
  td:nth-child(1) { grid-area: chat } td:nth-child(2) { grid-area: about } td:nth-child(3) { grid-area: buyer; color: var(--ink); font-weight: 600 }
  td:nth-child(4) { grid-area: state; text-align: right } td:nth-child(5) { grid-area: time; text-align: right }
}
@media print { nav { display: none } article { break-inside: avoid } }
`
