// From client/ by tools/bundle.mjs
"use strict";
(()=>{var{el}=globalThis.mmu.dom;var mmu=globalThis.mmu??={};var{root,script,statics}=globalThis.mmu.dom;var LINKS="a.mmu-title,a.mmu-entry,a:has(>.mmu-ref),a:has(>.mmu-title),a:has(>.mmu-entry)",OPENS=150,CLOSES=250,papers;async function load(){
mmu.records||await script("mmu-records.js"),mmu.papers||await script("mmu-papers.js");let data=mmu.records.records("pape\
rs"),pages=data.papers.filter(p=>p.url);return new Map(pages.map(paper=>[new URL(paper.url,root).href,{paper,facets:data.
facets}]))}var placeOf=link=>link.href.split(/[?#]/)[0];function content({paper,facets}){let[bold,rest]=mmu.records.titleParts(
paper),tags=mmu.records.summary(paper,facets),made=[el("span",{class:"mmu-card-title"},...bold?[el("b",{},bold)]:[],rest)];
paper.by&&made.push(el("span",{class:"mmu-by"},paper.by));let line=[...badges(paper,facets),tags];line.some(Boolean)&&made.
push(el("span",{class:"mmu-tagline"},...line)),paper.abs&&made.push(el("span",{class:"mmu-card-abs"},paper.abs));let foot=[
["mmu-venue",paper.vt],["mmu-c-date",paper.date],["mmu-n",paper.links.map(k=>k.label).join(", ")]];return made.push(el("\
span",{class:"mmu-foot"},...foot.filter(([,text])=>text).flatMap(([css,text])=>[el("span",{class:css},text)," "]))),made}
function badges(paper,facets){return facets.filter(f=>f.numbered).flatMap(({name,values})=>[...new Set((paper.tags[name]??
[]).map(v=>v.split("/")[0]))].flatMap(top=>values.find(v=>v.value===top)??[]).filter(t=>t.order).flatMap(t=>[el("span",{
class:`mmu-badge mmu-c${t.order}`},`${t.order}`),` ${t.label} · `]))}var card=el("div",{class:"mmu-card",id:"mmu-card",
popover:"manual",role:"tooltip"}),owner=null,timer;async function show(link){if(link===owner||link===dismissed)return;papers??=
load().catch(()=>new Map);let found=(await papers).get(placeOf(link));!found||link!==wanted||!link.isConnected||isHere(found.
paper)||(hide(),owner=link,card.replaceChildren(...content(found)),card.isConnected||(document.querySelector("article,ma\
in,[role=main]")??document.body).append(card),link.setAttribute("aria-describedby",card.id),card.showPopover(),place(link),
changes.observe(document.body,{childList:!0,subtree:!0,attributes:!0,attributeFilter:["hidden","open","class"]}))}var changes=new MutationObserver(
()=>{owner?.checkVisibility()||hide()});addEventListener("pagehide",()=>hide());addEventListener("scroll",({target})=>{target!==
document&&target.contains(owner)&&hide()},{capture:!0,passive:!0});var isHere=paper=>new URL(paper.url,root).href===location.
href.split(/[?#]/)[0];function place(link){let boxes=[...link.getClientRects()],box=boxes.find(b=>pointer&&pointer.y>=b.
top&&pointer.y<=b.bottom)??boxes[0],{width,height}=card.getBoundingClientRect(),view=document.documentElement.clientWidth,
below=box.bottom+height+8<innerHeight||box.top<height+8;card.style.left=`${Math.max(8,Math.min(box.left,view-width-8))+scrollX}\
px`,card.style.top=`${(below?box.bottom+4:box.top-height-4)+scrollY}px`}function hide(){leaving=!1,changes.disconnect(),
owner&&(owner.removeAttribute("aria-describedby"),owner=null,card.hidePopover())}var wanted=null,dismissed=null,pointer=null,
leaving=!1,later=(run,ms)=>{clearTimeout(timer),timer=setTimeout(run,ms)},linkOf=({target})=>target instanceof Element?target.
closest(LINKS):null;document.addEventListener("pointerover",event=>{if(event.pointerType==="touch")return;let link=linkOf(
event);link?([wanted,pointer,leaving]=[link,{y:event.clientY},!1],later(()=>show(link),OPENS)):card.contains(event.target)?
(leaving=!1,clearTimeout(timer)):leave()});document.documentElement.addEventListener("pointerleave",leave);function leave(){
leaving||!(owner||wanted)||owner?.matches(":focus-visible")||([wanted,dismissed,leaving]=[null,null,!0],later(hide,CLOSES))}
document.addEventListener("focusin",event=>{let link=linkOf(event);!link?.matches(":focus-visible")||link.closest("tr[da\
ta-mmu-key]")||([wanted,pointer]=[link,null],clearTimeout(timer),show(link))});document.addEventListener("focusout",event=>{
linkOf(event)!==owner&&linkOf(event)!==wanted||([wanted,dismissed]=[null,null],clearTimeout(timer),hide())});document.addEventListener(
"keydown",event=>{event.key!=="Escape"||!owner||(dismissed=owner,clearTimeout(timer),hide(),event.stopPropagation())},!0);
addEventListener("pointerdown",({target})=>{card.contains(target)||hide()});})();
