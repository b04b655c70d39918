import { createHash } from 'node:crypto';

/** The one style sheet. Contrast of text is at least 4.5:1 on its background, of borders of controls 3:1 (WCAG 2.1 AA). */
export const style = `:root{--ink:#1c2733;--soft:#4a5866;--line:#c9d2da;--paper:#fff;--wash:#f3f6f8;--accent:#0b5c6b;--accent-dark:#083f4a;--good:#1d6b35;--good-wash:#e9f5ec;--bad:#a3231b;--bad-wash:#fcefee;--warn:#7a4b00;--warn-wash:#fff5e0;--control:#6b7885}
*,*::before,*::after{box-sizing:border-box}
html{font:100%/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;overflow-wrap:anywhere}
.inner{width:100%;max-width:68rem;margin:0 auto;padding:0 1.25rem}
body>.inner{flex:1}
a{color:var(--accent);text-underline-offset:.15em}
a:hover{color:var(--accent-dark);text-decoration-thickness:2px}
:focus-visible{outline:3px solid #b35900;outline-offset:2px;border-radius:2px}
main:focus{outline:none}
.skip{position:absolute;left:-999rem;top:0;padding:.75rem 1rem;background:var(--accent-dark);color:#fff;z-index:1}
.skip:focus{left:0}
.top{border-bottom:1px solid var(--line);background:var(--paper)}
.top .inner{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.75rem;padding-top:.6rem;padding-bottom:.6rem}
.brand{display:inline-flex;align-items:center;gap:.55rem;font-weight:700;font-size:1.15rem;color:var(--ink);text-decoration:none;min-height:2.75rem}
.mark{width:1.1rem;height:1.1rem;border-radius:50%;background:var(--accent);box-shadow:.55rem .35rem 0 -.2rem #d08700}
.menu{flex:1}
.menu ul{display:flex;flex-wrap:wrap;gap:0 1.25rem;margin:0;padding:0;list-style:none}
.menu a,.language{display:inline-flex;align-items:center;min-height:2.75rem;text-decoration:none;border-bottom:3px solid transparent;color:var(--ink)}
.menu a:hover,.language:hover{border-bottom-color:var(--line)}
.menu a[aria-current]{border-bottom-color:var(--accent);font-weight:600}
.language{color:var(--accent)}
.trail ol{display:flex;flex-wrap:wrap;gap:0 .5rem;margin:1rem 0 0;padding:0;list-style:none;font-size:.9rem;color:var(--soft)}
.trail li+li::before{content:"›";margin-right:.5rem;color:var(--soft)}
main{padding:.5rem 0 3rem}
h1{font-size:clamp(1.6rem,4vw,2.2rem);line-height:1.2;margin:1rem 0 .5rem;letter-spacing:-.01em}
h2{font-size:1.25rem;line-height:1.3;margin:2.25rem 0 .6rem}
h3{font-size:1.05rem;margin:1.4rem 0 .4rem}
h4{font-size:1rem;margin:0 0 .3rem}
p{margin:.5rem 0;max-width:46rem}
.lead{text-wrap:pretty;font-size:1.12rem;color:var(--soft);margin-top:0}
.updated,.muted{color:var(--soft);font-size:.92rem}
.old-version{border:2px solid var(--warn);border-radius:.5rem;background:var(--warn-wash);color:var(--warn);padding:.7rem 1rem;max-width:none}
.old-version a{color:inherit}
.card{border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.25rem;margin:1.25rem 0;background:var(--paper)}
.card>h2:first-child,.card>h3:first-child{margin-top:0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1rem;padding:0;margin:0;list-style:none}
.cards .card{margin:0}
.figures{display:flex;flex-wrap:wrap;gap:.75rem 2.5rem;list-style:none;margin:1.5rem 0 .5rem;padding:0;color:var(--soft)}
.figures strong{display:block;font-size:1.9rem;line-height:1.15;color:var(--ink);font-variant-numeric:tabular-nums}
dl{margin:0}
.facts>div{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.1rem 1.25rem;padding:.45rem 0;border-top:1px solid #e6ebef}
.facts>div:first-child{border-top:0}
.facts dt{color:var(--soft)}
.facts dd{margin:0;grid-column:2}
.part{border-left:3px solid #e0e6eb;padding-left:.8rem;margin:.1rem 0 .4rem}
.part>div{display:flex;flex-wrap:wrap;gap:0 .5rem}
.part dt::after{content:":"}
.part dd{margin:0}
.plain,.results{list-style:none;padding:0;margin:.5rem 0}
.plain li{padding:.35rem 0;border-top:1px solid #e6ebef}
.plain li:first-child{border-top:0}
.inline{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:.5rem 0}
.badge{display:inline-block;font-size:.8rem;font-weight:600;line-height:1.4;padding:.1rem .55rem;border-radius:1rem;border:1px solid currentColor;color:var(--soft);background:var(--paper);white-space:nowrap;vertical-align:middle}
.badge.aangenomen{color:var(--good)}
.badge.voorgesteld{color:var(--warn);background:var(--warn-wash);border-style:dashed}
.badge.afgeleid{color:#5a3d8a}
.badge.unknown{border-style:dotted;background:var(--wash)}
.differ{border-left:4px solid var(--warn)}
.narrow{width:auto;min-width:min(26rem,100%)}
.columns{columns:18rem;column-gap:2rem}
.facts.columns{columns:24rem}
.facts.columns>div{border-top:0;border-bottom:1px solid #e6ebef}
.columns li,.columns>div{break-inside:avoid}
.columns>div .badge{white-space:normal}
.badge.restricted,.badge.violation{color:var(--bad)}
.badge.warning{color:var(--warn)}
.tag{font-size:.78rem;color:var(--soft);border:1px solid var(--line);border-radius:.2rem;padding:0 .3rem}
.verdict{border-left:5px solid var(--soft);background:var(--wash);padding:.75rem 1rem;border-radius:0 .3rem .3rem 0;max-width:none}
.verdict p{margin:.1rem 0}
.verdict.bad{border-color:var(--bad);background:var(--bad-wash)}
.verdict.good{border-color:var(--good);background:var(--good-wash)}
.result{border:1px solid var(--line);border-left:5px solid var(--soft);border-radius:.3rem;padding:.75rem 1rem;margin:.75rem 0}
.result.violation{border-left-color:var(--bad)}
.result.warning{border-left-color:#b87700}
.result .message{font-weight:600;margin:.2rem 0 .4rem}
.place{font-weight:400;color:var(--soft)}
.scroll{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;width:100%;font-size:.95rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--line)}
.scroll th,.scroll td{overflow-wrap:normal}
td{max-width:30rem}
thead th{color:var(--soft);font-weight:600;border-bottom-width:2px}
tbody th{font-weight:600}
.number{text-align:right;overflow-wrap:normal;font-variant-numeric:tabular-nums}
.changes th[scope=rowgroup]{padding-top:1.1rem}
.added td:first-child{color:var(--good);white-space:nowrap}
.removed td:first-child{color:var(--bad);white-space:nowrap}
code,pre,textarea{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.88rem}
pre{background:var(--wash);border:1px solid var(--line);border-radius:.4rem;padding:.9rem 1rem;overflow-x:auto;overflow-wrap:normal;line-height:1.5}
.technical{margin-top:1.5rem;color:var(--soft)}
.result .technical{margin-top:.4rem;font-size:.9rem}
summary{cursor:pointer;min-height:1.9rem;width:fit-content}
label,legend{font-weight:600;display:block;margin-bottom:.25rem}
legend{padding:0}
fieldset{border:0;margin:1.25rem 0;padding:0}
input,select,textarea{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--control);border-radius:.3rem;padding:.55rem .7rem;max-width:100%}
textarea{width:100%;resize:vertical;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.9rem;line-height:1.5}
input[type=password],input[type=text],input:not([type]),select{width:100%;max-width:30rem;min-height:2.75rem}
input[type=radio]{width:1.15rem;height:1.15rem;margin:0 .6rem 0 0;accent-color:var(--accent);vertical-align:-.15rem}
.choice{margin:.5rem 0}
.choice label{display:inline}
.choice p{margin:.1rem 0 0 1.8rem}
.drop{display:block;width:100%;padding:1.5rem 1rem;border:2px dashed var(--control);background:var(--wash)}
button{font:inherit;font-weight:600;color:#fff;background:var(--accent);border:2px solid var(--accent);border-radius:.3rem;padding:.5rem 1.25rem;min-height:2.75rem;margin-top:.75rem;cursor:pointer}
button:hover{background:var(--accent-dark);border-color:var(--accent-dark)}
button.quiet{background:var(--paper);color:var(--accent)}
button.quiet:hover{background:var(--wash);color:var(--accent-dark)}
.line{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;max-width:none}
.line+.line{margin-top:1rem}
.line label{flex-basis:100%;margin:0}
.line input{max-width:20rem}
.line button{margin:0}
.actions{display:flex;flex-wrap:wrap;gap:1rem 2rem;align-items:end;border-top:1px solid var(--line);margin-top:2rem;padding-top:1rem}
.actions form:first-child{flex:1 1 20rem}
.actions input+button{margin-left:.6rem}
.foot{border-top:1px solid var(--line);background:var(--wash);padding:1.25rem 0;font-size:.92rem;color:var(--soft)}
.inline a[aria-current]{font-weight:600;color:var(--ink);text-decoration:none;border-bottom:3px solid var(--accent)}
.foot ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;list-style:none;margin:.75rem 0 0;padding:0}
@media (max-width:40rem){.facts>div{grid-template-columns:1fr}.facts dd{grid-column:1}.menu{flex-basis:100%;order:3}.menu ul{gap:0 .9rem}.menu a{font-size:.95rem}.top .inner{justify-content:space-between;padding-top:.25rem;padding-bottom:.25rem}}
@media screen and (max-width:40rem){.changes th,.changes td{overflow-wrap:anywhere}.stack,.stack tbody,.stack tr,.stack th,.stack td{display:block}.stack thead{position:absolute;left:-999rem}.stack tr{border-bottom:1px solid var(--line);padding:.7rem 0}.stack th,.stack td{border:0;padding:.1rem 0;max-width:none;text-align:left;overflow-wrap:anywhere}.stack tbody th{font-size:1.05rem}.stack td:first-child{font-weight:600}.stack [data-label]::before{content:attr(data-label);display:block;font-size:.85rem;color:var(--soft)}}
@media (prefers-reduced-motion:no-preference){a,button{transition:background-color .15s,border-color .15s,color .15s}}
@media print{.top,.foot,.trail,.skip,form,.actions{display:none}body{font-size:11pt}.scroll{overflow:visible}.scroll th,.scroll td{overflow-wrap:break-word}a{color:inherit}.card,.result{break-inside:avoid}}
`;

/** Address of the style sheet: changes with its content, so that it may be cached for ever. */
export const stylePath = `/assets/${createHash('sha256').update(style).digest('hex').slice(0, 12)}.css`;

export const iconPath = '/assets/icon.svg';

export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="13" cy="14" r="9" fill="#0b5c6b"/><circle cx="23" cy="21" r="6" fill="#d08700"/></svg>';
