// From client/ by tools/bundle.mjs
"use strict";
(()=>{var{el}=globalThis.mmu.dom;var mmu=globalThis.mmu??={};var{src,dataset}=document.currentScript,address=keys=>`${new URL(`../${dataset.mmuPage}`,src).href}#keys=${keys.map(encodeURIComponent).
join(",")}`;function bar(){let count=el("b"),go=el("a",{class:"mmu-compare-go",href:address([])}),hint=el("span",{class:"\
mmu-hint"}),clear=el("button",{type:"button"},"Clear"),element=el("div",{class:"mmu-selbar",role:"region","aria-label":"\
Compare",hidden:!0},el("span",{},count," chosen"),go,hint,clear);return{element,clear,draw:keys=>{element.hidden=!keys.length,
count.textContent=`${keys.length}`,link(go,keys),hint.textContent=keys.length<2?"Choose one more to compare.":keys.length===
5?"Five at most.":""}}}function link(go,keys){go.hidden=keys.length<2||keys.length>5,go.textContent=`Compare ${keys.length}`,
go.href=address(keys)}function catalogues(tables){let chosen=new Set,ticks=new Map,{element,clear,draw}=bar(),show=()=>{
for(let[key,box]of ticks)box.checked=chosen.has(key),box.disabled=!box.checked&&chosen.size>=5;draw([...chosen])},rows=tables.
flatMap(table=>[...table.querySelectorAll("tbody tr[data-mmu-key]")]),used=new Set;for(let row of rows){let key=row.dataset.
mmuKey,head=row.querySelector("th"),name=head.querySelector("b")?.textContent??key;if(ticks.has(key))continue;let box=el(
"input",{type:"checkbox","aria-label":`Compare ${name}`,change:()=>{chosen[box.checked?"add":"delete"](key),show()}});ticks.
set(key,box),used.add(row.closest(".mmu-catalogue")),head.append(el("label",{class:"mmu-compare-tick"},box,"compare"))}ticks.
size&&(clear.addEventListener("click",()=>{let[first]=chosen;chosen.clear(),show(),ticks.get(first)?.focus()}),beside([...used],
element),show())}function beside(tables,element){if(tables.length===1){tables[0].after(element);return}let place=tables[0].
parentNode;for(;!tables.every(table=>place.contains(table));)place=place.parentNode;place.append(element)}function explorer({
element,selected}){let go=el("a",{class:"mmu-compare-go",hidden:!0}),hint=el("span",{class:"mmu-hint"}),show=()=>{let keys=selected();
link(go,keys),hint.textContent=keys.length>5?"Five at most to compare.":""};element.querySelector(".mmu-selbar")?.firstElementChild?.
after(go,hint),element.addEventListener("mmu:select",show),element.addEventListener("mmu:change",show),show()}if(dataset.
mmuPage){catalogues([...document.querySelectorAll(".mmu-view:not([data-mmu-explorer]) .mmu-catalogue")]);let ours=()=>mmu.
explorers?.filter(({element})=>element.dataset.mmuCollection==="papers").forEach(explorer);ours(),document.addEventListener(
"mmu:start",ours)}})();
