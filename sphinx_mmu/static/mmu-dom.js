// From client/ by tools/bundle.mjs
"use strict";
(()=>{var el=(tag,props={},...kids)=>{let made=document.createElement(tag);for(let name in props){let value=props[name];typeof value==
"function"?made.addEventListener(name,value):value===!0?made.setAttribute(name,""):value!==null&&value!==!1&&value!==void 0&&
made.setAttribute(name,String(value))}return made.append(...kids),made};function fragment(){let text=location.hash.slice(1),fields=new Map;if(text.length>2e5)return{fields,anchor:"",fault:{message:"\
the address is longer than 200,000 characters and has not been read",hint:"shorten what follows the #"}};for(let part of text.
split("&")){let at=part.indexOf("=");at>=0&&fields.set(part.slice(0,at),part.slice(at+1))}return{fields,anchor:fields.size?
"":text}}function decoded(text){try{return text&&decodeURIComponent(text)}catch{return text}}var encoded=text=>encodeURIComponent(
text).replace(/[!'()*]/g,sign=>`%${sign.charCodeAt(0).toString(16).toUpperCase()}`),isAuthor=()=>new URLSearchParams(location.
search).has("author");var SAID=1500;async function copy(text){try{await navigator.clipboard.writeText(text)}catch{let area=el("textarea",{class:"\
mmu-sr","aria-hidden":"true"}),{activeElement}=document;area.value=text,document.body.append(area),area.select();let done=document.
execCommand("copy");if(area.remove(),activeElement?.focus(),!done)throw new Error("Not copied: the browser forbids it")}
return"Copied"}function download(name,type,text){let href=URL.createObjectURL(new Blob([text],{type:`${type};charset=utf\
-8`}));return el("a",{href,download:name}).click(),setTimeout(()=>URL.revokeObjectURL(href),1e4),"Saved"}function act(label,run,status=null){
let made=el("button",{type:"button",click:async()=>{try{made.textContent=await run()}catch(error){made.textContent=error.
message}let said=`${label}: ${made.textContent}`;status&&(status.textContent=said),setTimeout(()=>{made.textContent=label,
status?.textContent===said&&(status.textContent="")},SAID)}},label);return made}var writes=target=>target.isContentEditable||!!target.closest?.("input:not([type=checkbox],[type=radio]),textarea,select"),
OFF="mmu-keys-off",shortcuts={off:!1,get on(){try{return!localStorage.getItem(OFF)}catch{return!this.off}},set on(yes){this.
off=!yes;try{yes?localStorage.removeItem(OFF):localStorage.setItem(OFF,"1")}catch{}},box(){let box=el("input",{type:"che\
ckbox",change:()=>{shortcuts.on=box.checked}});return box.checked=this.on,el("label",{class:"mmu-shortcuts"},box," The k\
eys ",el("kbd",{},"/")," and ",el("kbd",{},"?")," act anywhere on a page")}};var{src}=document.currentScript,statics=new URL(".",src),root=new URL("..",statics);function script(name){return new Promise(
(resolve,reject)=>{let made=document.createElement("script");Object.assign(made,{src:new URL(name,statics).href,async:!1,
onload:resolve,onerror:reject}),document.head.append(made)})}var mmu=globalThis.mmu??={};mmu.dom={el,decoded,encoded,fragment,isAuthor,act,copy,download,shortcuts,writes,root,script,statics};})();
