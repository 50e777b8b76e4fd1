// From client/ by tools/bundle.mjs
"use strict";
(()=>{var{act,copy,download}=globalThis.mmu.dom;var DRAWN=["fill","fill-opacity","stroke","stroke-width","stroke-dasharray","stroke-linecap","opacity","font-family","fo\
nt-size","font-weight","font-style","text-anchor","dominant-baseline","paint-order","display","visibility"];function textOf(cell){
let items=[...cell.querySelectorAll("li")],plain=node=>String(node.textContent).replace(/\s+/g," ").trim();if(items.length)
return items.map(plain).join("; ");let seen=cell.cloneNode(!0);for(let heard of seen.querySelectorAll(".mmu-sr, [aria-hi\
dden=true]"))heard.remove();return plain(seen)||plain(cell)}var field=text=>{let safe=/^[=+@\t\r]|^-(?!\d)/.test(text)?`\
'${text}`:text;return/[",\n]/.test(safe)?`"${safe.replaceAll('"','""')}"`:safe};function csv(table){return`${[...table.rows].
map(row=>[...row.cells].flatMap(cell=>[textOf(cell),...Array(cell.colSpan-1).fill("")])).map(line=>line.map(field).join(
",")).join(`\r
`)}\r
`}function svg(drawing){let made=drawing.cloneNode(!0),{width,height}=drawing.getBoundingClientRect(),{backgroundColor}=getComputedStyle(
document.body),parts=[made,...made.querySelectorAll("*")];return[drawing,...drawing.querySelectorAll("*")].forEach((part,n)=>{
let looks=getComputedStyle(part);for(let name of DRAWN)parts[n].style.setProperty(name,looks.getPropertyValue(name).replace(
/url\("?[^")]*#([^")]+)"?\)/g,"url(#$1)"));let{href}=part;href?.baseVal&&parts[n].setAttribute("href",new URL(href.baseVal,
location.href).href)}),made.setAttribute("xmlns","http://www.w3.org/2000/svg"),made.setAttribute("width",`${Math.round(width)}`),
made.setAttribute("height",`${Math.round(height)}`),made.style.setProperty("background",backgroundColor),new XMLSerializer().
serializeToString(made)}function source(figure){let finding=figure.querySelector("figcaption b").textContent,[date]=new Date().
toISOString().split("T");return`${finding} ${document.title}, retrieved ${date}. ${location.hash.includes("=")?location.
href:`${location.href.split("#")[0]}#${figure.id}`}`}for(let figure of document.querySelectorAll("figure.mmu-fig[id]")){
let table=()=>figure.querySelector("table"),drawings=[...figure.querySelectorAll("svg")].filter(d=>!d.closest("details")),
shown=()=>drawings.filter(d=>d.checkVisibility()),name=[...figure.classList].find(css=>css.startsWith("mmu-")&&!["mmu-fi\
g","mmu-chart"].includes(css))?.slice(4)??"figure";figure.querySelector(".mmu-fig-take").append(act("Copy source line",()=>copy(
source(figure))),...table()?[act("Numbers as CSV",()=>download(`${name}.csv`,"text/csv",csv(table())))]:[],...shown().length===
1?[act("Drawing as SVG",()=>download(`${name}.svg`,"image/svg+xml",svg(shown()[0])))]:[])}})();
