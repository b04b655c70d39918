/** Styles of the query page, on top of those of the editor. Colours keep the contrast of the rest of the service. */
export const editorStyle = `
.examples{margin:1.25rem 0 0}
.examples select{flex:1 1 16rem;max-width:34rem}
.query{margin:1.5rem 0 0}
.query .choice{margin:.75rem 0 0}
.query .choice input{width:1.15rem;height:1.15rem;min-height:0;margin:0 .6rem 0 0;accent-color:var(--accent);vertical-align:-.15rem}
.query .choice label{font-weight:400}
.query .inline{display:inline-flex;margin:0}
.buttons{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0 0}
.buttons button{margin:0}
.hint{margin:.4rem 0 0;color:var(--bad);font-size:.92rem}
#toetsen{margin:.4rem 0 0}
#stand{margin:.6rem 0 0;min-height:1.6rem;color:var(--soft)}
#stand.unseen{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
#antwoord[aria-busy=true]{opacity:.55}
#antwoord{margin-top:1.25rem}
#antwoord h2{margin-top:1rem}
.downloads{margin:.75rem 0 0;font-weight:600}
.downloads+.inline{margin-top:.1rem}
.answer td{max-width:32rem}
.answer .number{padding-right:.9rem}
.answer tbody tr:hover{background:var(--wash)}
.iri{display:block;min-width:14rem;color:var(--soft);font-size:.8rem}
.scroll .answer td{overflow-wrap:break-word;min-width:7rem}
.graph{max-height:40rem;overflow:auto}
mark{background:#ffd9d5;color:#7c1009;font-weight:700;outline:1px solid var(--bad)}
.programs{margin-top:2.5rem;border-top:1px solid var(--line)}
.programs h2{margin-top:1.25rem}
.yasqe{border:1px solid var(--control);border-radius:.3rem;background:var(--paper);position:relative}
.yasqe:focus-within{outline:3px solid #b35900;outline-offset:2px}
.yasqe .CodeMirror{height:auto;min-height:12rem;border-radius:.3rem;font:.9rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;color:var(--ink)}
.yasqe .CodeMirror-scroll{min-height:12rem;max-height:60vh}
.yasqe .CodeMirror-gutters{background:var(--wash);border-right:1px solid var(--line);border-radius:.3rem 0 0 .3rem}
.yasqe .CodeMirror-linenumber{color:var(--soft)}
.yasqe .CodeMirror :focus-visible{outline:none}
.yasqe .yasqe_buttons,.yasqe .notificationContainer{display:none}
.yasqe .gutterErrorBar{width:1.1rem}
.yasqe .gutter-error{color:var(--bad);font-weight:700;text-align:center}
.yasqe .query-error{background:#ffd9d5;border-bottom:2px solid var(--bad)}
.cm-s-default .cm-keyword{color:#6f1a8c;font-weight:600}
.cm-s-default .cm-atom{color:#7a4b00}
.cm-s-default .cm-variable-3,.cm-s-default .cm-variable-2{color:#0b5c6b}
.cm-s-default .cm-string{color:#1d6b35}
.cm-s-default .cm-string-2{color:#0b5c6b}
.cm-s-default .cm-number{color:#1d4f91}
.cm-s-default .cm-comment{color:var(--soft);font-style:italic}
.cm-s-default .cm-meta,.cm-s-default .cm-qualifier,.cm-s-default .cm-punc{color:var(--ink)}
.cm-s-default .cm-error,.cm-s-default .cm-sp-error{color:var(--bad);text-decoration:underline wavy var(--bad)}
.CodeMirror-hints{z-index:10;max-width:min(30rem,90vw);max-height:16rem;border:1px solid var(--control);border-radius:.3rem;font:inherit;font-size:.9rem;box-shadow:0 4px 14px #1c273330}
.CodeMirror-hint{display:flex;gap:1rem;justify-content:space-between;max-width:none!important;padding:.3rem .6rem;color:var(--ink);white-space:normal}
.CodeMirror-hint small{color:var(--soft)}
li.CodeMirror-hint-active{background:var(--accent-dark);color:#fff}
li.CodeMirror-hint-active small{color:#fff}
@media (max-width:40rem){.yasqe .CodeMirror{font-size:1rem}.examples button{flex:1 1 100%}.buttons button{flex:1 1 100%}}
@media print{.answer{font-size:9pt}.programs,#stand{display:none}}
`;
