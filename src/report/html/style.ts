/** Colours by name, for a light and a dark scheme. */
export const SCHEMES = `:root{color-scheme:light dark;--paper:#fff;--shade:#f4f5f8;--ink:#1d2430;--faint:#566072;--rule:#d5dae3;--line:#8a93a5;
--link:#0b57c2;--good:#1c6b34;--bad:#b3261e;--fresh:#7a4d00;--fresh-paper:#fff3d6;--gone-paper:#fbe6e4;
--history:#0a6670;--summary:#86278f;--context:#7a5200;--input:#0b4fb3;--call:#86278f;--result:#7a5200;--reply:#1c6b34;
--s0:#0b6bcb;--s1:#b35900;--s2:#9b2fae;--s3:#1f7a3d;--s4:#4d5bd1;--s5:#c22f3d;
--keyword:#8a2290;--string:#1c6b34;--number:#8a4b00;--comment:#566072;--name:#0b4fb3}
@media (prefers-color-scheme:dark){:root{--paper:#14171d;--shade:#1d222b;--ink:#e4e8ef;--faint:#a7b0c0;--rule:#343c4a;--line:#7d879a;
--link:#8ab8ff;--good:#7fd197;--bad:#ff9c94;--fresh:#f2c97a;--fresh-paper:#382d15;--gone-paper:#3d2422;
--history:#7fd6d9;--summary:#dfa6f0;--context:#eac46d;--input:#9cc4ff;--call:#dfa6f0;--result:#eac46d;--reply:#7fd197;
--s0:#6cb2ff;--s1:#f2a65a;--s2:#dd9bf0;--s3:#74cc8f;--s4:#a5adff;--s5:#ff9a94;
--keyword:#dfa6f0;--string:#7fd197;--number:#f2b872;--comment:#a7b0c0;--name:#9cc4ff}}`;

/** How drawings are coloured. */
export const DRAWINGS = `.plot text{fill:var(--ink);paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}.plot .axis{fill:var(--faint)}.plot .in-bar{fill:var(--paper);stroke:none;font-weight:600}
.rule{stroke:var(--rule)}.tick{stroke:var(--line)}.ring{fill:none;stroke:var(--bad);stroke-width:2}
.curve{fill:none;stroke-width:2.2;stroke-linejoin:round}
.s0{--c:var(--s0)}.s1{--c:var(--s1)}.s2{--c:var(--s2)}.s3{--c:var(--s3)}.s4{--c:var(--s4)}.s5{--c:var(--s5)}
.curve{stroke:var(--c)}.fill{fill:var(--c)}`;

/**
 * The look of a report. Colours keep a contrast of 4.5 to 1 on both schemes; nothing is told by
 * colour alone. On paper all folds are open, where the browser knows `::details-content`.
 */
export const STYLE = `
${SCHEMES}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999rem;top:0;padding:.5rem 1rem;background:var(--paper);z-index:2}
.skip:focus{left:0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;user-select:none}
.frame{max-width:52rem;margin:0 auto;padding:1rem}
h1,h2,h3{line-height:1.25;text-wrap:balance}
h1{font-size:1.9rem;margin:.5rem 0 1rem}
h2{font-size:1.45rem;margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:2px solid var(--rule)}
h3{font-size:1.15rem;margin:2rem 0 .5rem}
p{margin:.6rem 0}
pre{margin:0;font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre-wrap;tab-size:2}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
p code,li code{background:var(--shade);padding:.05em .3em;border-radius:3px}
em{font-style:italic;font-weight:600}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0 0 1rem}
.facts dt{color:var(--faint)}.facts dd{margin:0}
.line{white-space:pre-wrap;margin:.4rem 0}
.strong{font-weight:600}.faint{color:var(--faint);font-size:.92rem}.good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}
nav{background:var(--shade);border-radius:8px;padding:0 1rem;margin:0 0 1rem}
nav details{background:none;border:0;margin:0}nav summary{padding:.6rem 0}nav h2{display:inline;font-size:1.05rem;border:0;margin:0;padding:0}
nav ol{list-style:none;margin:0 0 .6rem;padding:0}nav ol ol{padding-left:1rem;margin:0}
nav a{display:block;padding:.2rem 0;text-decoration:none}nav a:hover{text-decoration:underline}
figure{margin:1rem 0}
figcaption,caption{color:var(--faint);font-size:.9rem;text-align:left;padding:.2rem 0}
figure>figcaption{font-weight:600;color:var(--ink)}
.code{border-left:3px solid var(--line);background:var(--shade);border-radius:0 6px 6px 0;padding:.5rem .8rem}
.code figcaption{font-weight:400;color:var(--faint);padding:0 0 .35rem}
.hljs-keyword{color:var(--keyword)}.hljs-string,.hljs-regexp{color:var(--string)}.hljs-number,.hljs-literal{color:var(--number)}
.hljs-comment{color:var(--comment);font-style:italic}.hljs-title,.hljs-built_in,.hljs-attr{color:var(--name)}.hljs-subst{color:var(--ink)}
details{border:1px solid var(--rule);border-radius:8px;margin:.6rem 0;background:var(--paper)}
details:target{border-color:var(--link)}
summary{cursor:pointer;padding:.5rem .8rem}
summary:hover{background:var(--shade)}
summary .what{font-weight:600}
summary .figures{float:right;color:var(--faint);font-size:.85rem;padding-left:.75rem}
summary .about{display:block;clear:left;color:var(--faint);font-size:.92rem;padding-left:1rem}
.inside{padding:0 .8rem .6rem}
.values{border:0;margin:.2rem 0}.values summary{padding:.2rem 0;color:var(--faint);font-size:.9rem}
.said{display:grid;grid-template-columns:5.5rem minmax(0,1fr);gap:.75rem;margin:.5rem 0}
.label{color:var(--faint);font-size:.82rem;text-align:right;padding-top:.12rem}
.said pre{border-left:3px solid var(--line);padding-left:.75rem}
.said.reply pre{border-color:var(--reply)}.said.you pre{border-color:var(--input);font-weight:600}
.prompt{margin:.5rem 0}
.row{display:grid;grid-template-columns:5.5rem minmax(0,1fr);gap:.75rem}
.row+.row{border-top:1px dotted var(--rule)}
.body{border-left:3px solid var(--line);padding-left:.4rem;font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre-wrap}
.body>*,.gone>*{display:block;padding-left:1.1rem;text-indent:-1.1rem;text-decoration:none;min-height:1.5em}
.body>ins{background:var(--fresh-paper)}
.body>*::before{content:"  "/"";display:inline-block;width:1.1rem;text-indent:0}
.body>ins::before{content:"+"/"";color:var(--fresh);font-weight:700}
.gone>del::before{content:"−"/"";display:inline-block;width:1.1rem;text-indent:0;color:var(--bad);font-weight:700}
.gone{font:.875rem/1.5 ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre-wrap}.gone>del{background:var(--gone-paper)}
.o-template{color:var(--faint)}.o-history{color:var(--history)}.o-summary{color:var(--summary);text-decoration:underline wavy 1px}
.o-context{color:var(--context);text-decoration:underline dotted}.o-input{color:var(--input);font-weight:600}
.o-call{color:var(--call);text-decoration:underline double}.o-result{color:var(--result);text-decoration:underline dashed}
.body ins .o-template,.body ins .o-history,.body ins .o-input{text-decoration:none}
.scroll{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;font-size:.92rem;min-width:min(100%,20rem)}
th,td{text-align:left;vertical-align:top;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--rule);white-space:pre-wrap;min-width:4rem;max-width:36rem;overflow-wrap:break-word}
thead th{color:var(--faint);font-weight:600;border-bottom:2px solid var(--line)}
.figure{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;min-width:0}
.bars{width:100%}.bars tbody th{font-weight:400;min-width:6.5rem;font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}.share{width:50%;min-width:7rem}
.bar{display:block;height:1.1em;background:var(--s0);border-radius:2px;min-width:1px}
.tokens{line-height:2.1;font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.token{display:inline-block;max-width:100%;line-height:1.4;border:1px solid var(--line);border-radius:3px;padding:.1em .15em;margin:0 1px}.token:nth-child(even){background:var(--shade)}
.plot{display:block;width:100%;max-width:42rem;height:auto;font:12.5px system-ui,"DejaVu Sans",sans-serif}
${DRAWINGS}
@media screen and (prefers-color-scheme:dark){.scroll>svg{filter:invert(.92) hue-rotate(180deg)}}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;margin:.4rem 0;font-size:.92rem}
.sign{vertical-align:-.15em}
footer{color:var(--faint);font-size:.9rem;border-top:1px solid var(--rule);margin-top:3rem;padding-top:.5rem}
@media (max-width:36rem){.said,.row{grid-template-columns:minmax(0,1fr);gap:0}.label{text-align:left;padding-top:.3rem}.facts{grid-template-columns:minmax(0,1fr);gap:0}
.facts dd{margin-bottom:.4rem}.plot{font-size:16px}h1{font-size:1.5rem}h2{font-size:1.25rem}summary .figures{float:none;display:block;padding:0}.inside{padding:0 .5rem .5rem}}
@media (min-width:76rem){.frame{max-width:76rem;display:grid;grid-template-columns:17rem minmax(0,52rem);gap:0 3rem}header,footer{grid-column:2}
nav{grid-column:1;grid-row:1/span 3;position:sticky;top:1rem;align-self:start;max-height:calc(100vh - 2rem);overflow-y:auto}
@supports selector(::details-content){nav details::details-content{content-visibility:visible;display:block;height:auto}nav summary{list-style:none;pointer-events:none}}}
@media print{:root{color-scheme:light}body{font-size:10pt}nav,.skip{display:none}.frame{max-width:none;padding:0;display:block}details{border:0}
details::details-content{content-visibility:visible;display:block;height:auto}summary{list-style:none;break-after:avoid}h2,h3,figcaption{break-after:avoid}
.plot,tr{break-inside:avoid}.scroll{overflow:visible}.scroll>svg{max-width:100%;height:auto}a{color:inherit}}
`.trim();
