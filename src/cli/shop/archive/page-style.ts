/** How the exported page looks: light and dark, wide and narrow, on paper too. */
export const pageStyle = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --soft: color-mix(in srgb, currentColor 65%, transparent) }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.15rem; margin: 3rem 0 0 } h3 { font-size: .85rem; margin: 0 }
p { margin: .25rem 0 } h2::first-letter { text-transform: uppercase } a { color: LinkText; text-underline-offset: .15em }
h2 + p, header p { color: var(--soft) }
nav { overflow-x: auto } table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .9rem }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
section { border-top: 1px solid var(--line); margin-top: 2rem }
article { width: fit-content; max-width: min(40rem, 90%); margin: .6rem 0; padding: .5rem .8rem; border-radius: .6rem; border: 1px solid var(--line) }
article p { white-space: pre-wrap; overflow-wrap: anywhere }
article.ours { margin-left: auto; background: color-mix(in srgb, #2f9e44 12%, transparent) }
article.other { background: color-mix(in srgb, #f08c00 10%, transparent) }
time { font-weight: normal; color: var(--soft) } img { max-width: 100%; max-height: 24rem; border-radius: .3rem }
@media (max-width: 40rem) { nav :is(td, th):last-child { display: none } }
@media print { nav { display: none } article { break-inside: avoid } }
`
