// From client/ by tools/bundle.mjs
"use strict";
(()=>{var{decoded,encoded,fragment,isAuthor}=globalThis.mmu.dom;var FIELDS=["q","sort","cols","sel"],BURST=1500,SETTLED=100;function later(wait,act2){let timer,stop=()=>clearTimeout(timer);
return Object.assign(()=>{stop(),timer=setTimeout(act2,wait)},{stop})}function painted(act2){let asked=!1,now=()=>{asked=
!1,act2()};return()=>{!asked&&document.hidden?setTimeout(now):asked||requestAnimationFrame(()=>setTimeout(now)),asked=!0}}
function fromForm(){let asked=new URLSearchParams(location.search).get("q");asked&&!location.hash&&history.replaceState(
null,"",`${location.pathname}#q=${encodeURIComponent(asked)}`)}var Address=class{#explorers;#typing=!1;#shown=null;#done=later(
BURST,()=>this.settle());#follow=later(SETTLED,()=>this.#put("replaceState"));constructor(explorers){this.#explorers=explorers}#name(field,n){
return n?`${field}${n+1}`:field}#text(){let parts=[...this.#explorers.flatMap((explorer,n)=>Object.entries(explorer.state()).
filter(([,value])=>value).map(([field,value])=>[this.#name(field,n),encodeURIComponent(value)])).map(pair=>pair.join("=").
replaceAll("%2C",",")),...this.#others()];return parts.length?`#${parts.join("&")}`:""}#others(){let own3=new Set(this.#explorers.
flatMap((_,n)=>FIELDS.map(field=>this.#name(field,n))));return[...fragment().fields].filter(([name])=>!own3.has(name)).map(
pair=>pair.join("="))}#put(how){this.#follow.stop(),this.#shown=this.#text();try{let limits=this.#explorers.map(explorer=>explorer.
limit);history[how]({mmu:limits},"",this.#shown||location.href.split("#")[0])}catch(error){if(!(error instanceof DOMException))
throw error}}push(){this.#text()!==this.#shown&&this.#put("pushState")}replace(){this.#put("replaceState")}type(){this.#typing?
this.#follow():this.#put("pushState"),this.#typing=!0,this.#done()}settle(){this.#typing&&this.#put("replaceState"),this.#forget()}finish(){
this.#typing?this.settle():this.push()}#forget(){this.#typing=!1,this.#done.stop(),this.#follow.stop()}restore(first=!1){
first&&fromForm();let{fields,anchor,fault}=fragment(),key=decoded(anchor),owner=key?this.#explorers.find(explorer=>explorer.
find(key)!==void 0):null;if(!(!first&&location.hash.length>1&&location.hash===this.#shown)){this.#forget();for(let tr of document.
querySelectorAll(".mmu-here"))tr.classList.remove("mmu-here");(first||!anchor||owner)&&(this.#shown=location.hash,this.#explorers.
forEach((explorer,n)=>{let own3=Object.fromEntries(FIELDS.map(field=>[field,decoded(fields.get(this.#name(field,n))??"")]));
explorer.restore(own3,history.state?.mmu?.[n],fault)})),owner?.reveal(Number(owner.find(key)))}}};var{FilterError,Index,allOf,anyOf,beginsAt,bound,check,evaluate,fold,indexOf,labelOf,leaves,option,parse,toText,venueLabel}=globalThis.
mmu.query;var TEXT_FIELDS=new Set(["title","short","author","abstract"]),NAME=/^\p{L}[\p{L}\p{N}_.-]*$/u,isNamed=facet=>NAME.test(
facet),negated=node=>node.kind==="not"?node.part:Object.freeze({kind:"not",part:node}),facetIs=(facet,values,not=!1)=>Object.
freeze({kind:"facet",facet,values,not}),quoted=value=>`"${value.replace(/[\\"]/g,"\\$&")}"`,leaf=(facet,value)=>parse(value?
`${facet}:${quoted(value)}`:`-${facet}:*`),read=(node,index)=>[...new Map(conjuncts(node).map(part=>[toText(part),part])).
values()].map(part=>classify(part,index));function conjuncts(node){return node.kind==="all"?[]:node.kind==="and"?node.parts.
flatMap(conjuncts):node.kind==="not"&&node.part.kind==="not"?conjuncts(node.part.part):node.kind==="not"&&node.part.kind===
"or"?node.part.parts.flatMap(p=>conjuncts(negated(p))):[node]}function classify(node,index){return leaves(node).every(l=>!l.
facet)?Object.freeze({kind:"text",node}):years(node)??ofFacet(node,index)??Object.freeze({kind:"other",node})}var fourDigits=year=>year>=
0&&year<=9999?String(year).padStart(4,"0"):null;function years({kind,facet,low,high,lowClosed,highClosed}){if(kind!=="ra\
nge"||facet==="date"||!(low||high))return null;let from=low?fourDigits(Number(low)+ +!lowClosed):"",to=high?fourDigits(Number(
high)-+!highClosed):"";return from===null||to===null||from&&to&&from>to?null:Object.freeze({kind:"year",facet,from,to})}
var isAny=({kind,low,high})=>kind==="has"||kind==="range"&&!low&&!high;function ofFacet(node,index){if(isAny(node)){let known=index.
facet(node.facet);return known?facetIs(known,[""],!0):null}let not=node.kind==="not"&&node.part.kind==="match",parts=node.
kind==="or"?node.parts:[not?node.part:node],all=parts.map(p=>valueOf(p,index)),found3=all.filter(f=>f!==null),[first]=found3;
return!first||found3.length<all.length||found3.some(f=>f.facet!==first.facet)?null:facetIs(first.facet,[...new Set(found3.
map(f=>f.value))],not)}function valueOf(node,index){let none=node.kind==="not"&&isAny(node.part),{facet:name,value,prefix}=none?
node.part:node,part=TEXT_FIELDS.has(name)&&name!=="author",facet=name&&(none||!part)?index.facet(name):null;if(!facet||prefix||
!(none||node.kind==="match"))return null;if(none)return{facet,value:""};let spelled=index.spelled(facet,value);return spelled===
void 0?null:{facet,value:spelled}}function nodeOf({kind,node,facet,values,not,from,to}){if(kind==="year")return parse(`${facet}\
:[${from||"*"} TO ${to||"*"}]`);if(kind!=="facet")return node;let any=anyOf(...values.map(value=>leaf(facet,value)));return not?
negated(any):any}var text=conditions=>conditions.length?toText(allOf(...conditions.map(nodeOf))):"",within=(value,other)=>value===
other||value.startsWith(`${other}/`),without=(conditions,facet,gone)=>conditions.flatMap(c=>{if(c.kind!=="facet"||c.facet!==
facet)return[c];let values=c.values.filter(value=>!gone(value,c.not));return values.length===c.values.length?[c]:values.
length?[facetIs(facet,values,c.not)]:[]});function tick(conditions,facet,value,on,all=!1){let rest=without(conditions,facet,
v=>v===value);if(!on)return rest;rest=without(rest,facet,(v,not)=>!!(v&&value&&(within(value,v)||within(v,value)&&!not)));
let at=all?-1:rest.findIndex(c=>c.kind==="facet"&&c.facet===facet&&!c.not);return at<0?[...rest,facetIs(facet,[value])]:
rest.map((c,n)=>n===at?facetIs(facet,[...c.values,value]):c)}function exclude(conditions,facet,value,on){let rest=without(
conditions,facet,(v,not)=>v===value||!!(on&&!not&&value&&within(v,value)));return on?[...rest,facetIs(facet,[value],!0)]:
rest}function flip(conditions,condition,index){let{kind,facet,values,not,node}=condition,rest=drop(conditions,condition),
before=conditions.slice(0,conditions.indexOf(condition)),turned=kind!=="facet"?[...rest,...read(negated(node),index)]:values.
reduce((found3,v)=>not?tick(found3,facet,v,!0,facet==="has"):exclude(found3,facet,v,!0),rest),kept=turned.filter(c=>before.
includes(c)),made=turned.filter(c=>!conditions.includes(c));return[...new Set([...kept,...made,...turned])]}function drop(conditions,condition,value){
let kept=condition.values?.filter(v=>v!==value)??[],less=value!==void 0&&kept.length>0;return conditions.flatMap(c=>c!==
condition?[c]:less?[facetIs(c.facet,kept,c.not)]:[])}var between=(conditions,facet,from,to)=>{let rest=conditions.filter(
c=>c.kind!=="year"||c.facet!==facet),turned=from&&to&&from>to,[first,last]=turned?[to,from]:[from,to];return from||to?[...rest,
Object.freeze({kind:"year",facet,from:first,to:last})]:rest};function state(conditions,facet,value){let found3=conditions.
find(c=>c.kind==="facet"&&c.facet===facet&&c.values.includes(value));return found3?found3.not?-1:1:0}var opened=(conditions,facet,value)=>conditions.
some(c=>c.kind==="facet"&&c.facet===facet&&c.values.some(v=>v.startsWith(`${value}/`)));function words(condition,{facets:facets2,
derived,index:{asked}}){let{kind,facet,values,not,from,to,node}=condition,span=from===to?from:`${from||"…"} to ${to||"\
…"}`;if(kind==="text")return textWords(node);if(kind==="other")return otherWords(node,facets2);if(facet==="has")return{
name:"Paper",verb:not?"lacks":"has",labels:values.map(v=>asked.get(v)??v)};let found3=facets2.get(facet)??derived.get(facet),
name=found3?.label??facet,any=facets2.has(facet)?"tagged":"recorded";if(kind==="year")return{name,verb:"in",labels:[span]};
let none=values.length===1&&!values[0],[yes,no]=facet==="results"?["on","not on"]:["is","is not"];if(none&&facet==="resu\
lts")return{name:"Paper",verb:not?"has":"lacks",labels:["results"]};if(none)return{name,verb:not?"is":"is not",labels:[any]};
let labels=values.map(v=>v?labelOf(found3,v):`not ${any}`);return{name,verb:not?no:yes,labels}}var textWords=node=>({name:"\
Text",verb:node.kind==="not"?"lacks":"has",labels:[toText(node.kind==="not"?node.part:node)]});function otherWords(node,facets2){
let not=node.kind==="not",{kind,facet,value,prefix}=not?node.part:node;if(kind!=="match")return{name:"Filter",verb:not?"\
not":"",labels:[toText(not?node.part:node)]};let name=facets2.get(facet)?.label??facet[0].toUpperCase()+facet.slice(1),verb=TEXT_FIELDS.
has(facet)?not?"lacks":"has":not?"is not":"is";return{name,verb,labels:[prefix?`${value}…`:value]}}var{el}=globalThis.mmu.dom;function dropdown(label,content2){let summary2=el("summary",{},label),menu2=el("details",{class:"mmu-menu"},summary2,content2);
return menu2.addEventListener("keydown",event=>{event.key!=="Escape"||!menu2.open||(menu2.open=!1,summary2.focus(),event.
stopPropagation())}),menu2.addEventListener("focusout",({relatedTarget})=>{relatedTarget instanceof Node&&!menu2.contains(
relatedTarget)&&(menu2.open=!1)}),document.addEventListener("click",({target})=>{menu2.contains(target)||(menu2.open=!1)}),
menu2}var{Papers,Site,marked,papers,site,snippet,stem,words:words2}=globalThis.mmu.find;var MOST=4e3,LONGEST=2e3,marks=globalThis.CSS?.highlights&&globalThis.Highlight?new Highlight:null;marks&&CSS.highlights.
set("mmu-found",marks);var own=new WeakMap,texts=new WeakMap,PLACES={title:".mmu-title, th[scope=row] > b",author:".mmu-\
by"},ALL=`${PLACES.title}, .mmu-by, .mmu-c-venue`;function read2(element){let known=texts.get(element);if(known)return known;
let walker=document.createTreeWalker(element,NodeFilter.SHOW_TEXT),from=[],text2="";for(let node=walker.nextNode();node&&
text2.length<LONGEST;node=walker.nextNode()){let at=0;for(let sign of String(node.nodeValue).slice(0,LONGEST)){for(let unit of fold(
sign)){text2+=unit;for(let n=0;n<unit.length;n++)from.push([node,at,at+sign.length])}at+=sign.length}}let made={text:text2,
from};return texts.set(element,made),made}function*ranges(element,needle,prefix){let{text:text2,from}=read2(element);for(let at=text2.
indexOf(needle);at>=0;at=text2.indexOf(needle,at+needle.length)){if(prefix&&!beginsAt(text2,at))continue;let range=new Range,
[first,start2]=from[at],[last,,end]=from[at+needle.length-1];range.setStart(first,start2),range.setEnd(last,end),yield range}}
var wanted=node=>node.kind==="not"?[]:node.parts?node.parts.flatMap(wanted):node.kind==="match"&&(!node.facet||Object.hasOwn(
PLACES,node.facet))?[node]:[];function needles(explorer){let nodes=[...explorer.conditions,...explorer.typed].filter(c=>c.
node).flatMap(c=>wanted(c.node)),found3=new Map;for(let{facet,value,prefix}of nodes){let needle=fold(value);needle&&found3.
set(`${facet}:${needle}${prefix?"*":""}`,{facet,needle,prefix})}return[...found3.values()]}function*marked2(explorer){let words3=needles(
explorer);if(words3.length)for(let tr of explorer.table.rows)for(let{facet,needle,prefix}of words3)for(let element of tr.
querySelectorAll(PLACES[facet]??ALL))yield*ranges(element,needle,prefix)}function found(explorer){if(!marks)return;for(let range of own.
get(explorer)??[])marks.delete(range);let made=[];for(let range of marked2(explorer))if(made.push(range),marks.add(range),
made.length===MOST)break;own.set(explorer,made)}var{shortcuts,writes}=globalThis.mmu.dom;var ROW="tr[data-mmu-key]",STEPS={j:1,ArrowDown:1,k:-1,ArrowUp:-1},SIDES={ArrowLeft:-1,ArrowRight:1},KEYS=[["/","Go to t\
he search field"],["↓","From the field: go to the first row"],["j ↓","Next row"],["k ↑","Previous row"],["← →",
"Through the controls of a row, or of a value of a facet"],["x","Select the row"],["Shift ↑ ↓","Select several rows,\
 as a click with Shift does"],["Enter","Open the paper"],["?","Show these keys"]],seen=control=>!control.closest("[hidde\
n]"),plain=({altKey,ctrlKey,metaKey,isComposing})=>!(altKey||ctrlKey||metaKey||isComposing),handled=event=>{event.preventDefault(),
event.stopPropagation()},controlsOf=group=>[...group.querySelectorAll("input, button")].filter(seen),lineOf=control=>control.
closest(".mmu-opt")??control;function facets(rail2){for(let group of rail2.querySelectorAll(".mmu-facet")){let stop=controlsOf(
group).find(c=>c.getAttribute("tabindex")==="0");stopAt(group,stop??controlsOf(group)[0])}}function stopAt(group,stop){for(let control of group.
querySelectorAll("input, button")){let wanted2=control===stop?"0":"-1";control.getAttribute("tabindex")!==wanted2&&control.
setAttribute("tabindex",wanted2)}}function arrows(rail2){rail2.addEventListener("focusin",event=>{let target=event.target,
group=target.matches("input, button")&&target.closest(".mmu-facet");group&&stopAt(group,target)}),rail2.addEventListener(
"keydown",event=>{let{key}=event,target=event.target,group=target.closest(".mmu-facet");if(!group||!plain(event)||event.
shiftKey||!target.matches("input, button"))return;let controls=controlsOf(group),line=lineOf(target),firsts=controls.filter(
(c,n2)=>lineOf(c)!==lineOf(controls[n2-1]??group)),at=firsts.findIndex(c=>lineOf(c)===line),beside=controls.filter(c=>lineOf(
c)===line),n=beside.indexOf(target),written=writes(target)?{}:{ArrowLeft:beside[n-1],ArrowRight:beside[n+1],Home:firsts[0],
End:firsts.at(-1)},next=key==="ArrowUp"?firsts[at-1]:key==="ArrowDown"?firsts[at+1]:written[key];next&&(handled(event),next.
focus())})}var mainOf=row2=>row2.querySelector("th a")??row2.querySelector("input");function toRows({table,empty,field}){
let[row2]=table.rows;(row2?mainOf(row2):empty.querySelector("button")??field).focus()}function rows(explorer){let{element,
field,table,more}=explorer;field.addEventListener("keydown",event=>{event.key!=="ArrowDown"||!plain(event)||event.defaultPrevented||
(handled(event),toRows(explorer))}),element.addEventListener("keydown",event=>{let{key,shiftKey}=event,target=event.target,
row2=target.closest(ROW),last=more.contains(target);if(!(row2||last)||!plain(event)||writes(target))return;let all=table.
rows,at=row2?all.indexOf(row2):all.length,step=STEPS[key],side=SIDES[key];if(step)go(event,all[at],all[at+step],step);else if(row2&&
key==="x")choose(row2);else if(row2&&side&&!shiftKey)beside(row2,target,side);else return;handled(event)});function go({
key,shiftKey},from,to,step){shiftKey&&key.startsWith("Arrow")&&from&&to&&(explorer.extend(Number(table.at(from)),Number(
table.at(to))),explorer.announce(`${explorer.selected.size} selected`));let above=key==="ArrowUp"&&!shiftKey?field:null,
beyond=step>0?more.querySelector("button"):above;(to?mainOf(to):beyond)?.focus()}function choose(row2){let i=Number(table.
at(row2)),on=!explorer.selected.has(i);explorer.choose(i,on),explorer.announce(`${explorer.collection.papers[i].label} ${on?
"selected":"no longer selected"}`)}function beside(row2,target,side){let controls=[...row2.querySelectorAll("a, input")].
filter(seen);controls[controls.indexOf(target)+side]?.focus()}}var dialog=null;function help(){let made=dialog??=el("dia\
log",{class:"mmu-keys","aria-label":"Keys",click:({target})=>{target===dialog&&dialog?.close()}},el("form",{method:"dial\
og"},el("h2",{},"Keys"),el("dl",{},...KEYS.map(([keys,text2])=>el("div",{},el("dt",{},...keys.split(" ").flatMap(k=>[el(
"kbd",{},k)," "])),el("dd",{},text2)))),el("p",{class:"mmu-hint"},"Letters and arrows act while a row has the focus."),shortcuts.
box(),el("p",{},el("button",{autofocus:!0},"Close"))));made.isConnected||document.body.append(made),made.open||made.showModal()}
document.addEventListener("keydown",event=>{event.key!=="?"||!plain(event)||writes(event.target)||!shortcuts.on||document.
querySelector("dialog[open]")||(handled(event),help())});var mmu=globalThis.mmu??={};var{records,shortened,summary,tagParts,titleParts}=globalThis.mmu.records;var collections=new Map;function collection(name){let made=collections.get(name);if(made)return made;let data=records(name);
if(data){let{papers:papers2,dates,fieldNames,separators,kinds,derived,explorer,feed}=data,positions;collections.set(name,
{papers:papers2,index:indexOf(data),dates,fieldNames,separators,kinds,explorer,feed,facets:new Map(data.facets.map(f=>[f.
name,named(f)])),derived:new Map(derived.map(f=>[f.name,f])),at:key=>(positions??=new Map(papers2.map((p,i)=>[p.key,i]))).
get(key),families:i=>papers2[i].families})}return collections.get(name)??null}var named=facet=>({...facet,terms:new Map(
facet.values.map((v,n)=>[v.value,{...v,n}]))}),UNKNOWN="not recorded",DOT=" · ",unrecorded=(text2=UNKNOWN)=>el("span",
{class:"mmu-nr"},text2),plain2=text2=>[text2||unrecorded()],time=text2=>[text2?el("time",{datetime:text2},text2):unrecorded()],
between2=(nodes,glue)=>nodes.flatMap((node,n)=>n?[glue,node]:[node]);function titled(paper,[lead,text2],{root}){let kids=[
...lead?[el("b",{},lead)]:[],...text2?[text2]:[]],href=paper.url?root+paper.url:paper.links[0]?.url;return href?[el("a",
{class:"mmu-title",href},...kids)]:kids}function paperCell(paper,view){let tags=tagParts(paper,[...view.facets.values()]),
made=titled(paper,titleParts(paper),view);return made.push(el("span",{class:"mmu-by"},paper.by)),tags.length&&made.push(
el("span",{class:"mmu-tagline"},...tags.flatMap((parts,n)=>[...n?[DOT]:[],...parts.map(([text2,tag])=>tag?tagged(text2,tag,
view):text2)]))),made}function tagged(text2,tag,{root,explorer}){let[facet,value]=tag.split(/:(.*)/s);return explorer?el(
"a",{class:"mmu-tag",href:`${root}${explorer}#q=${encoded(toText({kind:"match",facet,value}))}`},text2):text2}function linksCell({
links}){let made=[...links.filter(k=>k.rank).sort((a,b)=>a.rank-b.rank).slice(0,1),...links.filter(k=>!k.rank)].map(({label,
url})=>el("span",{},el("a",{href:url},label)));return made.length?between2(made," "):[unrecorded()]}function term(facet,value,{
root}){let url=facet.terms.get(value)?.url,label=labelOf(facet,value);return url?el("a",{class:"mmu-term",href:root+url},
label):label}function termsCell(facet,paper,view){let values=paper.tags[facet.name]??[];return values.length?between2(values.
map(v=>term(facet,v,view)),", "):[unrecorded(facet.numbered?"–":UNKNOWN)]}var badge=({order:order2,label})=>el("span",
{class:`mmu-badge mmu-c${order2}`,title:label},`${order2}`,el("span",{class:"mmu-sr"},` ${label}`));function badgesCell(facet,paper){
let terms=[...new Set((paper.tags[facet.name]??[]).map(v=>v.split("/")[0]))].flatMap(v=>facet.terms.get(v)??[]).filter(t=>t.
order);return terms.length?between2(terms.map(badge)," "):[unrecorded("–")]}function tagsCell(paper,view){let made=[...view.
facets.values()].flatMap(f=>(paper.tags[f.name]??[]).map(v=>term(f,v,view)));return made.length?between2(made,", "):[unrecorded()]}
function tickCell(facet,value,{key},view){let ticks=view.ticks??=new Map,tag=`${facet}:${value}`;return ticks.has(tag)||
ticks.set(tag,view.index.mask(facet,[value])),tick2(ticks.get(tag)?.[Number(view.at(key))])}var tick2=has=>[el("span",{"\
aria-hidden":"true",class:has?null:"mmu-nr"},has?"✓":"–"),el("span",{class:"mmu-sr"},has?"yes":"no")];function fieldCell(name,paper,{
separators}){let text2=paper.field(name),separator=separators.get(name),parts=separator?text2.split(separator).map(p=>p.
trim()).filter(Boolean):[];return parts.length>1?[el("ul",{class:"mmu-stats"},...parts.map(p=>el("li",{},p)))]:plain2(text2)}
var CELLS={paper:paperCell,links:linksCell,tags:tagsCell,title:(p,view)=>titled(p,titleParts(p),view),name:(p,view)=>titled(
p,[p.label,""],view),authors:p=>plain2(p.people),venue:p=>plain2(p.vt),date:p=>time(p.date),year:p=>time(p.date&&String(
+p.date.slice(0,4))),type:p=>plain2(p.type),key:p=>plain2(p.key),keywords:p=>plain2(p.kw.join(", "))},columnsOf=(table,names)=>[
...table.tHead.rows[0].cells].map((th,n)=>{let css=th.className,header=css==="mmu-c-paper";return{name:names[n],label:th.
textContent,css,header,told:css==="mmu-k1"||css==="mmu-tick"}});function printed(lines,view){let made=lines.map(([role,...parts])=>({
role,nodes:parts.flatMap(([kind,...part])=>PARTS[kind](part,view,kind))}));return made.some(line=>line.role)?made.flatMap(
({role,nodes})=>role?[el("span",{class:`mmu-${role}`},...nodes)]:nodes):made.length===1?made[0].nodes:[el("ul",{class:"m\
mu-stats"},...made.map(({nodes})=>el("li",{},...nodes)))]}var led=([text2,address2,lead],{root},kind)=>{let kids=[...lead?
[el("b",{},lead)]:[],text2],href=/^https?:/.test(address2)?address2:root+address2;return address2?[el("a",{class:`mmu-${kind}`,
href},...kids)]:kids},PARTS={text:([text2])=>[text2],strong:([text2])=>[el("b",{},text2)],muted:([text2])=>[unrecorded(text2)],
time:([text2])=>time(text2),math:([text2])=>[el("code",{},text2)],entry:led,title:led,term:led,url:([text2,href])=>[el("\
span",{},el("a",{href},text2))],tick:([text2])=>tick2(text2==="yes"),badge:([order2,,label])=>[badge({order:order2,label})]};
function content({name,header},paper,view){let lines=paper.made(name);if(lines)return printed(lines,view);let[facet,value]=name.
split(/:(.*)/s);if(value)return tickCell(facet,value,paper,view);if(Object.hasOwn(CELLS,name))return CELLS[name](paper,view);
let known=view.facets.get(name);return known?(known.numbered?badgesCell:termsCell)(known,paper,view):header?titled(paper,
[paper.field(name)||paper.label,""],view):fieldCell(name,paper,view)}function cell(column,paper,view){let made=content(column,
paper,view);return column.header?el("th",{role:"rowheader",scope:"row"},...made):el("td",{role:"cell",class:column.css,"\
data-mmu-l":column.told?column.label:null},...made)}var row=(paper,columns,view)=>el("tr",{role:"row","data-mmu-key":paper.
key},...columns.map(c=>cell(c,paper,view))),own2=(map,name)=>Object.hasOwn(map,name)?map[name]:void 0,date=p=>p.date,ORDERS={
date,year:date,added:p=>p.field("added")||p.date,title:p=>fold(p.title),venue:p=>fold(p.vt),key:p=>p.key,author:(p,families)=>fold(
families[0]??"")},OF_COLUMN={paper:"title",name:"title",authors:"author",links:"",keywords:"",tags:""},collator,numeric=(a,b)=>(collator??=
new Intl.Collator("en",{numeric:!0,sensitivity:"base"})).compare(a,b),byText=(a,b)=>a<b?-1:+(a>b),sortOf=({name})=>own2(
OF_COLUMN,name)??(name.includes(":")?"":name),isPlain=sort=>sort.replace(/^-/,"")==="file"||Object.hasOwn(ORDERS,sort.replace(
/^-/,"")),collectionOf=name=>collection(name),isOrder=(name,sort)=>{let{facets:facets2,fieldNames}=collectionOf(name),by=sort.
replace(/^-/,"");return isPlain(sort)||facets2.has(by)||fieldNames.has(by)};function order(name,sort){let{papers:papers2,
facets:facets2,families,dates}=collectionOf(name),down=sort.startsWith("-"),by=sort.replace(/^-/,"");if(by==="file")return down?
[...papers2.keys()].reverse():[...papers2.keys()];let facet=facets2.get(by),key=own2(ORDERS,by)??(p=>facet?rank(facet,p):
p.field(by)),{values,numbers}=key===date?dates:distinct(papers2.map((p,i)=>key(p,by==="author"?families(i):[]))),alike=values.
map(()=>[]);for(let i=0;i<numbers.length;i++)alike[numbers[i]].push(i);let compare=own2(ORDERS,by)?byText:numeric,sign=down?
-1:1,groups=[],last="";for(let n of[...values.keys()].filter(n2=>values[n2]).sort((a,b)=>sign*compare(values[a],values[b])))
groups.length&&!compare(last,values[n])?groups.push(groups.splice(-1)[0].concat(alike[n]).sort((a,b)=>a-b)):groups.push(
alike[n]),last=values[n];return[...groups,alike[values.indexOf("")]??[]].flat()}function distinct(texts2){let known=new Map,
numbers=texts2.map(text2=>(known.has(text2)||known.set(text2,known.size),Number(known.get(text2))));return{values:[...known.
keys()],numbers}}var rank=(facet,paper)=>{let ranks=(paper.tags[facet.name]??[]).map(v=>facet.terms.get(v)?.n??1/0);return ranks.
length?String(Math.min(...ranks)+1):""},number=n=>String(n).replace(/\B(?=(?:\d{3})+$)/g,",");var FEW=10,LONG=16,MANY=100,Option=class{constructor(explorer,{facet,value,label,mark,all=!1,turned=!1,below=[]}){this.explorer=
explorer,this.facet=facet,this.value=value,this.label=label,this.all=all,this.turned=turned,this.below=below,this.box=el(
"input",{type:"checkbox",change:()=>this.set(this.box.checked,!1)}),this.n=el("span",{class:"mmu-n"}),this.not=el("butto\
n",{type:"button",class:"mmu-except","aria-pressed":"false","aria-label":`Exclude ${label}`,title:`Exclude ${label}`,click:()=>this.
set(this.not.getAttribute("aria-pressed")!=="true",!0)},"≠");let name=el("label",{},this.box,el("span",{},...mark?[mark,
label]:[label]),this.n);this.head=el("div",{class:"mmu-opt"},name,this.not),this.found=null,this.active=!1,this.list=null,
this.fold=null,this.element=el("li",{},this.head),below.length&&this.nest()}nest(){let list=el("ul",{},...this.below.map(
o=>o.element));this.fold=el("button",{type:"button",class:"mmu-fold","aria-label":`Values of ${this.label}`,click:()=>this.
open(!!list.hidden)}),this.list=list,this.head.append(this.fold),this.element.append(list),this.open(!1)}open(yes){this.
list&&(this.list.hidden=!yes),this.fold?.setAttribute("aria-expanded",String(yes))}set(on,not){let{explorer,facet,value,
label,all,turned}=this,{conditions}=explorer,next=not===turned?tick(conditions,facet,value,on,all):exclude(conditions,facet,
value,on);explorer.change(next,`${label} ${on?"":"no longer "}${not?"excluded":"chosen"}`)}counted(among){let{values,none,
any}=this.explorer.collection.index.counts(this.facet,among);return this.value?values.get(this.value)??0:this.turned?any:
none}draw(count){let{facet,value,all,turned,explorer:{conditions}}=this,found3=state(conditions,facet,value)*(turned?-1:
1),below=!!value&&opened(conditions,facet,value),n=this.counted(count(facet,all||turned,value)),text2=found3<0?"not":number(
n),css=`mmu-opt${found3<0?" mmu-not":n||found3?"":" mmu-zero"}`;found3!==this.found&&(this.found=found3,this.box.checked=
found3!==0,this.not.setAttribute("aria-pressed",String(found3<0))),this.box.indeterminate=!found3&&below,this.active=found3!==
0||below,text2!==this.n.textContent&&(this.n.textContent=text2),css!==this.head.className&&(this.head.className=css),this.
list?.hidden&&(found3>0||below)&&this.open(!0);for(let option2 of this.below)option2.draw(count)}};function facetGroup(explorer,name){
let{collection:{index,facets:facets2,derived},base}=explorer,facet=facets2.get(name)??derived.get(name),counts=index.counts(
name,base),used=[...counts.values].filter(([,n])=>n),ranked=derived.has(name)||facet.open;ranked&&used.sort((a,b)=>b[1]-
a[1]);let known=new Set(used.map(([value])=>value).filter(Boolean)),above=value=>value.slice(0,Math.max(0,value.lastIndexOf(
"/"))),parent=value=>name!=="author"&&known.has(above(value))?above(value):null,children=new Map([null,...known].map(value=>[
value,[]])),below=value=>children.get(value)??[];for(let value of known)below(parent(value)).push(value);if(name==="venu\
e")for(let years2 of children.values())years2!==children.get(null)&&years2.sort().reverse();let option2=value=>new Option(
explorer,{facet:name,value,label:labelOf(facet,value),mark:facet.numbered&&!parent(value)?numberOf(facet,value):null,below:below(
value).map(option2)}),names=otherNames(explorer,facet),said=value=>[labelOf(facet,value),...names.get(value)??[],...below(
value).map(said)].join(`
`),values=below(null).map(value=>({value,make:()=>option2(value),said:()=>said(value)}));if(!values.length)return null;if(counts.
none){let label=facets2.has(name)?"Not tagged":"Not recorded";values.push({value:"",make:()=>new Option(explorer,{facet:name,
value:"",label}),said:()=>label})}return new Group(explorer,{name,label:facet.label,values,ranked})}function otherNames(explorer,{
name,terms}){let found3=new Map([...terms??[]].map(([value,{aliases}])=>[value,aliases]));if(name!=="venue")return found3;
for(let text2 of records(explorer.name)?.columns.text(name)?.values??[]){let[short,long]=text2.split(`
`);found3.set(short,[...found3.get(short)??[],long])}return found3}function numberOf(facet,value){let term2=facet.terms.
get(value);if(!term2?.order)return null;let made=badge(term2);return made.removeAttribute("title"),made.lastElementChild?.
remove(),made.setAttribute("aria-hidden","true"),made}var Group=class{#options=new Map;#shown=[];rest=0;find=el("input",
{type:"search",class:"mmu-within",autocomplete:"off",spellcheck:"false"});more=el("button",{type:"button",class:"mmu-all"});constructor(explorer,{
name,label,values,ranked=!1}){this.explorer=explorer,this.name=name,this.values=values,this.ranked=ranked,this.limit=FEW,
this.long=values.length>LONG,this.element=el("fieldset",{class:"mmu-facet"},el("legend",{},label)),this.list=el("ul"),this.
long&&this.shorten(label),this.element.append(this.list,...this.long?[this.more]:[])}shorten(label){let show=limit=>{this.
limit=limit,this.explorer.drawRail()};this.find.placeholder=`Find one of ${number(this.values.filter(({value})=>value).length)}`,
this.find.setAttribute("aria-label",`Find in ${label}`),this.find.addEventListener("input",()=>show(FEW)),this.more.addEventListener(
"click",()=>show(this.rest>MANY?this.limit+MANY:this.rest?1/0:FEW)),this.element.append(this.find)}draw(count){this.long?
this.drawSome(count):this.show(this.values);for(let one of this.#shown)this.option(one).draw(count)}drawSome(count){let wanted2=fold(
this.find.value.trim()),active=this.active(),found3=wanted2?this.values.filter(one=>(one.folded??=fold(one.said())).includes(
wanted2)):this.values,all=this.ranked?this.inOrder(found3,count):found3,some=all.filter(({value},n)=>n<this.limit||!wanted2&&
active(value));this.rest=all.length-some.length,this.show(some),this.more.hidden=!this.rest&&all.length<=FEW,this.more.textContent=
this.rest?this.rest>MANY?`Show ${MANY} more of ${number(this.rest)}`:`Show all ${number(all.filter(({value})=>value).length)}`:
"Show fewer"}inOrder(found3,count){let{values}=this.explorer.collection.index.counts(this.name,count(this.name,!1,"")),n=({
value})=>value?values.get(value)??0:-1;return[...found3].sort((a,b)=>n(b)-n(a))}active(){let held=this.explorer.conditions.
filter(c=>c.kind==="facet"&&c.facet===this.name).flatMap(c=>c.values);return value=>held.some(one=>one===value||value&&one.
startsWith(`${value}/`))}show(some){let held=this.list.contains(document.activeElement)?this.#shown:[],next=held.length?
[...held,...some.filter(one=>!held.includes(one))]:some;if(next.length===this.#shown.length&&next.every((one,n)=>one===this.#shown[n]))
return;let added=next.slice(held.length).map(one=>this.option(one).element);held.length?this.list.append(...added):this.
list.replaceChildren(...added),this.#shown=next}option(one){let option2=this.#options.get(one)??one.make();return this.#options.
set(one,option2),option2}},Years=class{constructor(explorer,name){let{collection:{index,derived},base}=explorer,change=()=>this.
change(),{values,none}=index.counts(name,base),{label}=derived.get(name),all=[...values].filter(([year,n])=>+year&&n).map(
([year])=>year).sort();this.explorer=explorer,this.name=name,this.label=label,this.count=all.length;let options=()=>[el(
"option",{value:""},"any"),...all.map(year=>el("option",{},year))];this.selects=[0,1].map(()=>el("select",{change},...options()));
let labels=["from","to"].map((name2,n)=>el("label",{},el("span",{},name2),this.selects[n]));this.none=none?new Option(explorer,
{facet:name,value:"",label:"Not recorded",all:!0}):null,this.element=el("fieldset",{class:"mmu-facet mmu-years"},el("leg\
end",{},label),...labels,...this.none?[el("ul",{},this.none.element)]:[])}change(){let[from,to]=this.selects.map(s=>s.value),
[first,last]=from&&to?[from,to].sort():[from,to];this.explorer.change(between(this.explorer.conditions,this.name,from,to),
`${this.label} ${first||"any"} to ${last||"any"}`)}draw(count){let{from="",to=""}=this.explorer.conditions.find(c=>c.kind===
"year"&&c.facet===this.name)??{};this.none?.draw(count),[from,to].forEach((year,n)=>{let select=this.selects[n];select.value!==
year&&(year&&![...select.options].some(o=>o.value===year)&&select.append(el("option",{},year)),select.value=year)})}};function yearsGroup(explorer,name){
let years2=new Years(explorer,name);return years2.count>1?years2:null}function hasGroup(explorer){let values=[...explorer.
collection.kinds.filter(({rank:rank2})=>!rank2).map(({name,label})=>({facet:"has",value:name,label,all:!0})),{facet:"res\
ults",value:"",label:"Results",turned:!0},{facet:"venue",value:"",label:"Venue",turned:!0}].map(option2=>new Option(explorer,
option2)).filter(option2=>option2.counted(explorer.base)).map(option2=>({value:option2.value,make:()=>option2,said:()=>option2.
label}));return values.length?new Group(explorer,{name:"has",label:"Has",values}):null}function rail(explorer){let{facets:facets2,
derived}=explorer.collection,named2=explorer.facetNames.filter(name=>isNamed(name)&&(facets2.has(name)||derived.has(name))),
rest=["year",...explorer.name==="papers"?["has"]:[]].filter(name=>!named2.includes(name)),special=[["year",yearsGroup],[
"published",yearsGroup],["has",hasGroup]],makers=new Map(special.filter(([name])=>!facets2.has(name))),there2=[...named2,
...rest].map(name=>(makers.get(name)??facetGroup)(explorer,name)).filter(group=>group!==null),active=el("span"),narrow=matchMedia(
"(max-width:60em)"),summary2=el("summary",{},"Filters ",active),element=el("details",{class:"mmu-panel"},summary2,...there2.
map(group=>group.element)),fold2=()=>{element.open=!narrow.matches};return narrow.addEventListener("change",fold2),arrows(
element),fold2(),{element,focus(){(narrow.matches?summary2:element.querySelector("input, select"))?.focus({preventScroll:!0})},
draw(count){let n=explorer.conditions.length;active.textContent=n?`(${n}): ${explorer.result()}`:"";for(let group of there2)
group.draw(count);facets(element)}}}var CARDS=matchMedia("(max-width:46em)"),FIRST_DOWN=new Set(["date","year"]),ROWS="tr[data-mmu-key]";function place(parent,wanted2){
let at=parent.firstChild;for(let node of wanted2)node===at?at=at.nextSibling:parent.insertBefore(node,at);for(;at;){let next=at.
nextSibling;at.remove(),at=next}}var Table=class{constructor(explorer,names,root,usual){let{collection:collection2,facetNames}=explorer;
this.explorer=explorer,this.collection=collection2,this.view={...collection2,root},this.element=explorer.element.querySelector(
".mmu-table"),this.columns=[...columnsOf(this.element,names),...facetNames.flatMap(name=>this.extra(name,names))],this.groups=
[...this.element.tBodies].map(body=>this.group(body,usual)),this.usual=this.names(),this.shown="",this.all=el("input",{type:"\
checkbox",change:({target})=>explorer.selectAll(target.checked)}),this.buildHead()}extra(name,names){let facet=this.collection.
facets.get(name),css=facet?.numbered?"mmu-c-badge":"mmu-k1";return!facet||names.includes(name)?[]:[{name,label:facet.label,
css,told:!facet.numbered,extra:!0,hidden:!0}]}group(body,usual){let rows2=new Map,{papers:papers2,at}=this.collection;return body.
querySelectorAll(ROWS).forEach((tr,n)=>{let key=String(tr.dataset.mmuKey),i=papers2[usual[n]]?.key===key?usual[n]:at(key);
i!==void 0&&rows2.set(i,tr)}),{body,head:body.querySelector(".mmu-group"),rows:rows2}}within(base){let{groups}=this;return groups[1]||
groups[0].head?base.map((held,i)=>held&&+groups.some(g=>g.rows.has(i))):base}names(){return this.columns.filter(c=>!c.hidden).
map(c=>c.name)}show(names){for(let column of this.columns)column.hidden=!column.header&&!names.includes(column.name)}buildHead(){
let{all}=this,tr=this.element.tHead.rows[0],cols=this.element.querySelector("colgroup"),head=css=>el("th",{role:"columnh\
eader",scope:"col",class:css}),pick=head("mmu-pick");for(let{css}of this.columns.filter(c=>c.extra))tr.append(head(css)),
cols.append(el("col",{class:css}));this.columns.forEach((column,n)=>{let sort=sortOf(column),{label}=column,sorted=sort?
el("button",{type:"button",click:()=>this.sortBy(sort)},label):label;Object.assign(column,{th:tr.cells[n],col:cols.children[n],
sort,sorted})}),tr.prepend(pick),cols.prepend(el("col",{class:"mmu-pick"}));let put=()=>{for(let{th,label,sorted}of this.
columns)th.replaceChildren(CARDS.matches?label:sorted);pick.replaceChildren(CARDS.matches?"Select":all)};CARDS.addEventListener(
"change",put),put()}sortBy(sort){let down=`-${sort}`,[first,second]=FIRST_DOWN.has(sort)?[down,sort]:[sort,down];this.explorer.
sortBy(this.explorer.sort===first?second:first)}drawHead(){let{sort:wanted2}=this.explorer,by=wanted2.replace(/^-/,""),names=this.
names();this.shown=names.join(" ");for(let{head}of this.groups)head&&(head.cells[0].colSpan=names.length+1);for(let{th,col,
hidden,sort}of this.columns)th.hidden=col.hidden=!!hidden,sort&&sort===by?th.setAttribute("aria-sort",wanted2===by?"asce\
nding":"descending"):th.removeAttribute("aria-sort")}row(group,i){let tr=group.rows.get(i);if(tr||group.rows.set(i,tr=row(
this.collection.papers[i],this.columns.filter(c=>!c.extra),this.view)),!tr.cells[0].classList.contains("mmu-pick")){for(let tag of tr.
querySelectorAll(".mmu-tag"))tag.tabIndex=-1;tr.prepend(this.pickOf(i))}tr.mmuColumns!==this.shown&&this.fit(tr,i);let box=tr.
cells[0].firstChild,on=this.explorer.selected.has(i);return box.checked!==on&&(box.checked=on),tr}pickOf(i){let click=({
target,shiftKey})=>this.explorer.choose(i,target.checked,shiftKey),{label}=this.collection.papers[i],box=el("input",{type:"\
checkbox","aria-label":`Select ${label}`,click});return el("td",{role:"cell",class:"mmu-pick"},box)}fit(tr,i){if(this.columns.
some(c=>c.extra&&!c.hidden))for(;tr.cells.length<=this.columns.length;)tr.append(cell(this.columns[tr.cells.length-1],this.
collection.papers[i],this.view));this.columns.forEach((column,n)=>{tr.cells[n+1]&&(tr.cells[n+1].hidden=!!column.hidden)}),
tr.mmuColumns=this.shown}draw(hits,limit,atOnce=1/0){let drawn=0,all=0;for(let group of this.groups){let{body,head,rows:rows2}=group,
mine=head?hits.filter(i=>rows2.has(i)):hits,shown=mine.slice(0,limit-drawn),now=shown.slice(0,Math.max(0,atOnce-drawn));
drawn+=shown.length,all+=mine.length,head&&(head.querySelector(".mmu-n").textContent=`${mine.length}`),place(body,[...head&&
now.length?[head]:[],...now.map(i=>this.row(group,i))])}return this.element.hidden=!hits.length,{drawn,rest:all-drawn}}tick(positions){
for(let group of this.groups)for(let i of positions)group.rows.get(i)?.isConnected&&this.row(group,i)}inSight(){let{rows:rows2,
element}=this,height=rows2.length&&element.offsetHeight/rows2.length;return height&&Math.ceil(innerHeight/height)+1}get rows(){
return[...this.element.querySelectorAll(ROWS)]}at(tr){return this.collection.at(String(tr.dataset.mmuKey))}find(name){let i=this.
collection.at(name);if(i!==void 0&&this.explorer.base[i])return i;for(let{rows:rows2}of this.groups)for(let[at,tr]of rows2)
if(tr.id===name)return at}lead(i){let tr=this.groups.map(g=>g.rows.get(i)).find(r=>r?.isConnected);return tr?.classList.
add("mmu-here"),tr?.scrollIntoView({block:"center",behavior:"instant"}),!!tr}};var{act,copy,download}=globalThis.mmu.dom;var LONGEST2=2e3,NAME2=60,loading=new Map;function load(name){let known=loading.get(name);if(known)return known;let made=new Promise(
(resolve,reject)=>{let records2=[...document.scripts].find(({src})=>src.split(/[?#]/)[0].endsWith(`/mmu-${name}.js`))?.src??
"",address2=new URL(`mmu-${name}-export.js`,records2);address2.search=new URL(records2).search;let script=el("script",{src:address2.
href});script.addEventListener("load",()=>resolve(mmu[`${name}Export`])),script.addEventListener("error",()=>{loading.delete(
name),script.remove(),reject(new Error("Not loaded: try again"))}),document.head.append(script)});return loading.set(name,
made),made}function fileText({formats,pieces},name,positions){let{head="",glue="",tail=""}=formats[name];return head+positions.
map(i=>pieces[name][i]).join(glue)+tail}var SIGNS=[[/(^|[\s(])-(?=\S)/g,"$1not "],[/>=/g," from "],[/<=/g," to "],[/>/g,
" after "],[/</g," before "]];function fileName(name,text2,chosen){let words3=(chosen?`${chosen} chosen`:SIGNS.reduce((found3,[
sign,word])=>found3.replace(sign,word),text2)).normalize("NFKD").replace(/\p{M}/gu,"").match(/[\p{L}\p{N}]+/gu)??[];return[
name,...words3].join("-").slice(0,NAME2)}function taken({hits,selected}){if(!selected.size)return hits;let place2=new Map(
hits.map((i,at)=>[i,at]));return[...selected].sort((a,b)=>(place2.get(a)??1/0)-(place2.get(b)??1/0)||a-b)}async function save(explorer,name){
let data=await load(explorer.name),{suffix,type}=data.formats[name],file=fileName(explorer.name,explorer.text(),explorer.
selected.size);return download(`${file}${suffix}`,type,fileText(data,name,taken(explorer)))}async function cite(explorer,style){
let texts2=(await load(explorer.name)).references[style];return copy(taken(explorer).map(i=>texts2[i]).join(`

`))}function citation(explorer){let filter=explorer.text(),date2=new Date().toISOString().slice(0,10);return`${`${document.
title}: ${explorer.result()}${filter?` (${filter})`:""}`}. Data revision ${mmu[explorer.name].revision}, retrieved ${date2}\
. ${location.href}`}function directive(explorer,keys){let{directive:name,baseNode,sort,group}=explorer,chosen=keys?.map(
key=>`"${key}"`).join(" OR "),shown=[baseNode,explorer.text()?parse(explorer.text()):allOf()].filter(node2=>node2.kind!==
"all"),node=chosen?parse(`key:(${chosen})`):allOf(...shown),text2=node.kind==="all"?"":toText(node);if(text2.length>LONGEST2)
throw new Error("Too many for a filter");let columns=explorer.table.names().join(" "),order2=isPlain(sort)?sort:"",lines=Object.
entries({filter:text2,columns,sort:order2,"group-by":group}).filter(([,value])=>value).map(([named2,value])=>`:${named2}\
: ${option(value)}`);return["```{mmu:"+name+"}",...lines,"```",""].join(`
`)}function files(explorer,box){return async()=>{if(!box.childElementCount)try{let{formats,references}=await load(explorer.
name);box.replaceChildren(...Object.keys(references).map(style=>act(`Copy references (${style})`,()=>cite(explorer,style),
explorer.status)),...Object.entries(formats).map(([name,{label}])=>act(label,()=>save(explorer,name),explorer.status)))}catch(error){
box.replaceChildren(el("span",{class:"mmu-hint"},error.message))}}}function copyDirective(explorer){let{papers:papers2}=explorer.
collection,keys=taken(explorer).map(i=>papers2[i].key);return copy(directive(explorer,explorer.selected.size?keys:void 0))}
function menu(explorer){let box=el("span",{class:"mmu-files"}),said=el("span",{class:"mmu-hint"}),fill=files(explorer,box),
made=dropdown("Take away",el("div",{},said,box,...isAuthor()?[act("Copy as directive",()=>copyDirective(explorer),explorer.
status)]:[],el("span",{class:"mmu-hint"},"This view"),act("Copy link",()=>copy(location.href),explorer.status),act("Cite\
 this view",()=>copy(citation(explorer)),explorer.status),el("button",{type:"button",click:()=>{explorer.selectAll(!0),tell()}},
"Select all"))),tell=()=>{let{selected:{size:size2},hits}=explorer;said.textContent=size2?`The ${number(size2)} chosen`:
`All ${number(hits.length)} that match`};return made.addEventListener("toggle",()=>{made.open&&(tell(),fill())}),made}function bar(explorer){
let box=el("div"),n=el("b"),elsewhere=el("span",{class:"mmu-hint"}),saving=dropdown("Copy or save",box),fill=files(explorer,
box),clear=el("button",{type:"button"},"Clear");clear.addEventListener("click",()=>{explorer.select([...explorer.selected],
!1);let{all,element:table}=explorer.table;(all.isConnected?all:table.querySelector("td.mmu-pick input")??explorer.field).
focus()}),saving.addEventListener("toggle",()=>{saving.open&&fill()});let element=el("div",{class:"mmu-selbar",role:"reg\
ion","aria-label":"Selection",hidden:!0},el("span",{},n," selected",elsewhere),saving,...isAuthor()?[act("Copy as direct\
ive",()=>copyDirective(explorer),explorer.status)]:[],clear);return{element,draw(){let{size:size2}=explorer.selected,shown=explorer.
hits.filter(i=>explorer.selected.has(i)).length;n.textContent=number(size2),elsewhere.textContent=size2>shown?`, ${number(
size2-shown)} not among the results`:"",element.hidden=!size2}}}var STEP=100,FIRST=matchMedia("(max-height:70em)").matches?12:24,MOST2=40,REST=300,QUIET=600,WAYS=8,FEW2=1e3,BEST="match",
SORTS={"-date":"newest first",date:"oldest first",title:"title",venue:"venue",author:"first author",[BEST]:"best match"},
address,button=(label,click,props={})=>el("button",{type:"button",click,...props},label),both=(one,other)=>one.map((held,i)=>held&
other[i]),size=mask=>mask.reduce((sum,one)=>sum+one,0),atTop=!location.hash&&performance.getEntriesByType("navigation").
some(entry=>entry.type==="navigate")&&!(performance.getEntriesByType("paint").length&&scrollY),wordOf=({kind,node})=>kind===
"text"&&node.kind==="match"&&!node.facet&&!node.prefix&&!/\s/.test(node.value)?node.value:"",sentence=text2=>`${text2.slice(
0,1).toUpperCase()}${text2.slice(1)}${/[.?]$/.test(text2)?"":"."}`,Explorer=class{conditions=[];typed=[];wrong=null;unread=null;said="";limit=STEP;atOnce=FIRST;selected=new Set;hits=[];found=new Uint8Array;chosen=!1;asked=null;guesses=[];range={
anchor:-1,head:-1,span:[]};chipsOf=[];rail=null;baseConditions=null;#masks=new WeakMap;#orders=new Map;#opened=!1;#finder=null;status=el(
"p",{class:"mmu-sr",role:"status"});fault=el("p",{class:"mmu-fault",role:"alert"});offered=el("span",{class:"mmu-offer",
hidden:!0});field=el("input",{type:"search",autocomplete:"off",spellcheck:"false",input:()=>this.type(),blur:()=>address.
settle()});units=el("span");note=el("span",{class:"mmu-hint"});earlier=el("span",{class:"mmu-hint",hidden:!0},"(from the\
 last filter that could be read)");feed=el("a",{class:"mmu-feed",hidden:!0});order=el("select",{change:()=>this.sortBy(this.
order.value)});chips=el("div",{class:"mmu-chips",role:"group","aria-label":"Active filters",hidden:!0});empty=el("div",{
class:"mmu-empty",hidden:!0});more=el("p",{class:"mmu-more",hidden:!0});printed=el("p",{class:"mmu-printed"});fill=later(
REST,()=>{this.atOnce=Math.min(MOST2,this.table.inSight()||FIRST),this.drawRows()});mark=painted(()=>found(this));count=painted(
()=>this.drawRail());finish=painted(()=>{this.makeFinder(),this.words().length&&this.draw(this.atOnce)});say=later(QUIET,
()=>{this.status.textContent=[this.said,this.result()].filter(Boolean).join(". "),this.said=""});showFault=later(QUIET,()=>this.
tellFault());constructor(element,n){let{mmuCollection="",mmuBase,mmuColumns="",mmuFacets="",mmuSort="",mmuUnit="",mmuRoot="",
mmuDirective="",mmuGroup=""}=element.dataset;this.element=element,this.n=n,this.name=mmuCollection,this.sort=mmuSort,this.
usualSort=mmuSort,this.unit=mmuUnit,this.directive=mmuDirective,this.group=mmuGroup,this.facetNames=mmuFacets.split(" "),
this.collection=collectionOf(this.name),this.baseNode=mmuBase?parse(mmuBase):allOf(),this.base=evaluate(this.baseNode,this.
collection.index),this.table=new Table(this,mmuColumns.split(" "),mmuRoot,this.ordered());let within2=this.table.within(
this.base);within2!==this.base&&this.#orders.clear(),this.base=within2,this.total=size(this.base);let results=element.querySelector(
".mmu-results");this.bar=results.querySelector(".mmu-bar"),this.countOf=this.bar.querySelector("[data-mmu-count]"),this.
files=results.querySelector(".mmu-take-files"),this.selbar=bar(this),this.buildResults(results),this.build()}build(){let{
element}=this;element.prepend(this.buildSearch()),element.append(this.status),rows(this),this.table.element.addEventListener(
"click",event=>this.narrow(event)),element.classList.add("mmu-live")}buildSearch(){let id=`mmu-find-${this.n}`,how=el("s\
pan",{class:"mmu-hint",id:`${id}-how`},"A blank means AND; a minus excludes.");this.field.id=id,this.fault.id=`${id}-fau\
lt`,this.field.setAttribute("aria-describedby",`${how.id} ${this.fault.id}`);let submit=event=>{event.preventDefault(),this.
enter()};return el("form",{class:"mmu-search",role:"search","aria-label":`Filter the ${this.unit}`,submit},el("label",{for:id},
"Find"),this.field,button("Skip to results",()=>toRows(this),{class:"mmu-skip"}),how,button("Keys",()=>help(),{class:"mm\
u-help"}),this.offered,this.fault)}examples(){let[facet]=this.facetNames,value=[...facet?this.collection.index.counts(facet,
this.base).values:[]].find(([,n])=>n)?.[0];return["words","author:kim",...value&&!/[\s"():]/.test(value)?[`${facet}:${value}`]:
[],"-has:code"].join(", ")}buildResults(results){let{bar:bar2}=this;this.countOf.parentElement?.replaceChildren(this.countOf,
" ",this.units," ",this.note," ",this.earlier," ",this.feed);for(let sort of[BEST,this.usualSort,...Object.keys(SORTS),...this.
table.columns.map(sortOf)])sort&&sort!=="year"&&this.offer(sort);bar2.append(el("label",{class:"mmu-order"},el("span",{},
"Sort"),this.order),this.columnMenu(),menu(this)),results.querySelector(".mmu-pager")?.remove(),bar2.before(this.chips,this.
printed),this.table.element.before(this.empty),this.table.element.after(this.more),results.append(this.selbar.element)}offer(sort){
if([...this.order.options].some(option2=>option2.value===sort))return;let by=sort.replace(/^-/,""),{label=by}=this.table.
columns.find(column=>column.sort===by)??{},said=order2=>Object.hasOwn(SORTS,order2)?SORTS[order2]:null,name=by==="file"?
"as listed":said(by)??label.toLowerCase();this.order.append(el("option",{value:sort},said(sort)??(sort===by?name:`${name}\
, descending`)))}columnMenu(){let boxes=this.table.columns.map(column=>{let said=({target})=>`Column ${column.label} ${target.
checked?"shown":"hidden"}`;return column.box=el("input",{type:"checkbox",disabled:column.header,change:event=>{column.hidden=
!event.target.checked,this.go({},said(event))}}),el("label",{},column.box,column.label)});return dropdown("Columns",el("\
div",{role:"group","aria-label":"Columns"},...boxes))}read(text2){if(!text2.trim())return{conditions:[]};try{let node=parse(
text2),[fault]=check(node,this.collection.index);return bound(node,this.collection.index),{conditions:read(node,this.collection.
index),fault}}catch(error){if(!(error instanceof FilterError))throw error;return{error}}}type(){let text2=this.field.value,
{conditions,error,fault}=this.read(text2);this.wrong=error??fault??null,this.wrong?this.showFault():this.tellFault();let last=text2.
search(/\s\S*$/)+1,rest=this.wrong&&text2.slice(last).includes(":")?this.read(text2.slice(0,last)):{},typed=this.wrong?!rest.
fault&&rest.conditions:conditions;typed&&(this.typed=typed,this.unread=null,this.limit=STEP,this.draw(this.atOnce),this.
fill(),address.type())}enter(){let{conditions=[],error,fault}=this.read(this.field.value);this.wrong=error??fault??null,
this.tellFault(),!this.wrong&&(this.unread=null,this.take([...this.conditions,...conditions]),this.draw(),address.finish())}tellFault(){
let{wrong}=this;this.showFault.stop(),wrong?this.field.setAttribute("aria-invalid","true"):this.field.removeAttribute("a\
ria-invalid");let earlier=wrong&&!this.unread&&this.field.value!==text(this.typed);this.earlier.hidden=!earlier;let parts=wrong?
[wrong.message+this.place(wrong),wrong.hint,earlier?"The rows are those of the last filter that could be read":""]:[];this.
fault.textContent=parts.filter(Boolean).map(sentence).join(" ")}place({text:text2="",column}){if(column===void 0)return"";
let rest=[...text2].slice(column).join("").slice(0,12).trim();return`, at character ${column+1}, ${rest?`“${rest}”`:
"the end"}`}take(conditions){this.conditions=conditions.filter(c=>c.kind!=="text"),this.typed=conditions.filter(c=>c.kind===
"text"),this.field.value=text(this.typed)}change(conditions,said){this.go({conditions},said)}go({taken:taken2=this.unread?
[]:null,...changes},said=""){address.settle(),taken2&&(this.take(taken2),this.wrong=this.unread=null),Object.assign(this,
{said,limit:STEP},changes),this.tellFault(),this.draw(),address.push();let results=this.bar.parentNode;results.getBoundingClientRect().
top<0&&results.scrollIntoView({block:"start",behavior:"instant"})}narrow(event){let{button:button2,ctrlKey,metaKey,shiftKey,
altKey}=event,link=event.target.closest("a.mmu-tag");if(!link||button2||ctrlKey||metaKey||shiftKey||altKey)return;let{conditions:[
tag]=[]}=this.read(decoded(link.hash.replace("#q=","")));if(tag?.kind!=="facet")return;event.preventDefault();let[value]=tag.
values;this.change(tick(this.conditions,tag.facet,value,!0,!0),`${words(tag,this.collection).labels[0]} chosen`),link.focus(
{preventScroll:!0})}sortBy(sort){this.go({sort,chosen:sort!==this.usual()})}clear(){this.go({taken:[]},"All filters clea\
red"),this.field.focus()}text(){return this.unread??text([...this.conditions,...this.typed])}state(){let{papers:papers2}=this.
collection,{selected,hits,sort}=this,names=this.table.names(),all=selected.size>1&&selected.size===hits.length&&hits.every(
i=>selected.has(i));return{q:this.text(),sort:sort===this.usual()?"":sort,cols:String(names)===String(this.table.usual)?
"":names.join(","),sel:all?"*":[...selected].map(i=>papers2[i].key).join(",")}}restore({q,sort,cols,sel},limit,fault){let{
conditions=[],error,fault:unknown}=this.read(q??"");this.take(conditions),error&&(this.field.value=q??""),this.wrong=error??
unknown??fault??null,this.unread=error?q??"":null,this.chosen=!!sort&&isOrder(this.name,sort),this.sort=sort&&this.chosen?
sort:this.usualSort,this.limit=limit||STEP,this.table.show(cols?cols.split(","):this.table.usual),this.match();let chosen=(sel?
sel.split(","):[]).flatMap(key=>this.collection.at(key)??[]).filter(i=>this.base[i]);this.selected=new Set(sel==="*"?this.
hits:chosen),this.tellFault(),this.draw(atTop&&!this.#opened?FIRST:void 0),this.fill()}find(name){return this.table.find(
name)}reveal(i){let at=this.hits.indexOf(i);at>=this.limit&&(this.limit=Math.ceil((at+1)/STEP)*STEP,this.drawRows()),!this.
table.lead(i)&&(this.showMore(1/0),this.table.lead(i))}words(){return this.typed.map(wordOf).filter(Boolean)}usual(){return this.
words().length&&!this.group?BEST:this.usualSort}makeFinder(){this.#finder??=papers(this.name,this.table.columns.map(column=>column.
name))}finder(){return!this.#finder&&this.collection.papers.length<=FEW2&&this.makeFinder(),this.#finder||this.finish(),
this.#finder}look(){let conditions=this.typed.filter(wordOf),finder=conditions.length?this.finder():null;this.asked=finder?.
ask(conditions.map(wordOf))??null,this.guesses=[],conditions.forEach((condition,n)=>{let mask=evaluate(nodeOf(condition),
this.collection.index);if(this.#masks.set(condition,mask),!(!this.asked||this.asked.guessed[n]&&mask.includes(1))){this.
asked.guessed[n]&&this.asked.masks[n].includes(1)&&this.guesses.push(wordOf(condition));for(let i=0;i<mask.length;i++)mask[i]|=
this.asked.masks[n][i]}})}drawOffers(){let only=this.asked&&!this.conditions.length&&this.typed.every(wordOf),[offer]=only?
this.#finder?.offers(this.field.value,this.hits)??[]:[],{filter="",note=""}=offer??{},{conditions=[]}=this.read(filter),
n=filter?size(this.held(conditions)):0;this.offered.hidden=!n,this.offered.replaceChildren(...n?["Or as a filter: ",button(
filter,()=>{this.go({taken:conditions}),this.field.focus()}),` ${number(n)}${note&&`, ${note}`}`]:[])}#mask(condition){let masks=this.#masks,
mask=masks.get(condition)??evaluate(nodeOf(condition),this.collection.index);return masks.set(condition,mask),mask}held(conditions){
return conditions.length?conditions.map(c=>this.#mask(c)).reduce(both,this.base):this.base}sizesWithout(conditions){let masks=conditions.
map(c=>this.#mask(c)),after=[this.base];for(let mask of masks.slice(1).reverse())after.push(both(after[after.length-1],mask));
let before=this.base;return masks.map(mask=>{let n=size(both(before,after.pop()));return before=both(before,mask),n})}ordered(){
let sort=this.sort===BEST?this.usualSort:this.sort,orders=this.#orders,found3=orders.get(sort)??order(this.name,sort).filter(
i=>this.base[i]);return orders.set(sort,found3),found3}match(){this.chosen||(this.sort=this.usual()),this.look(),this.found=
this.unread?new Uint8Array(this.base.length):this.held([...this.conditions,...this.typed]);let all=this.ordered();this.hits=
this.found===this.base?all:all.filter(i=>this.found[i]),this.sort===BEST&&this.asked&&(this.hits=this.asked.order(this.hits))}counter(){
let known=new Map;return(facet,all,value)=>{let gone=c=>c.kind==="facet"&&c.facet===facet&&(all?c.values.includes(value):
!c.not);if(!this.conditions.some(gone))return this.found;let name=`${facet} ${all?value:""}`,mask=known.get(name)??this.
held([...this.conditions.filter(c=>!gone(c)),...this.typed]);return known.set(name,mask),mask}}draw(atOnce){this.match(),
atOnce?this.count():this.drawRail(),this.table.drawHead(),this.drawRows(atOnce),this.drawControls(),this.drawChips(),this.
drawOffers(),this.drawEmpty(),this.drawSelection(),this.#opened&&this.say(),this.#opened=!0,this.element.dispatchEvent(new CustomEvent(
"mmu:change",{bubbles:!0}))}drawRail(){this.rail?this.rail.draw(this.counter()):this.makeRail()}makeRail(){this.rail=rail(
this),this.field.placeholder=this.examples();let place2=this.element.querySelector(".mmu-rail"),held=place2.contains(document.
activeElement);place2.replaceChildren(this.rail.element),this.rail.draw(this.counter()),held&&this.rail.focus()}drawControls(){
for(let{box,hidden}of this.table.columns)box.checked=!hidden;this.offer(this.sort);for(let option2 of this.order.options)
option2.value===BEST&&(option2.hidden=option2.disabled=!this.words().length||!!this.group);this.order.value=this.sort}drawRows(atOnce,limit=this.
limit){let{drawn,rest}=this.table.draw(this.hits,limit,atOnce),found3=this.hits.length,all=found3===this.total,focused=this.
more.contains(document.activeElement),more=[button(`Show ${number(Math.min(rest,STEP))} more`,()=>this.showMore(this.limit+
STEP))];rest>STEP&&more.push(button(`Show all ${number(found3)}`,()=>this.showMore(1/0))),this.more.replaceChildren(...more),
this.more.hidden=!rest||drawn>(atOnce??drawn),focused&&rest&&more[0].focus({preventScroll:!0}),this.countOf.textContent=
number(found3),this.units.textContent=all?this.unitOf(found3):`of ${number(this.total)} ${this.unitOf(this.total)}`;let said=[
rest?`${number(drawn)} shown`:"",this.guesses.length?`no match for “${this.guesses.join("” or “")}”, so similar wo\
rds are shown`:""];this.note.textContent=said.filter(Boolean).join("; "),this.drawFeed(),this.files&&(this.files.hidden=
!all),this.mark()}drawFeed(){let{collection:{feed,facets:facets2,index},conditions,typed}=this,terms=[...this.baseConditions??=
read(this.baseNode,index),...conditions].filter(({kind,values,not})=>kind==="facet"&&!not&&values.length===1).map(({facet,
values:[value]})=>({term:facets2.get(facet)?.terms.get(value),n:Number(index.counts(facet,this.base).values.get(value))})),
[{term:term2}={}]=terms.filter(t=>t.term?.feed).sort((a,b)=>a.n-b.n),whole=!conditions.length&&!typed.length,way=term2?.
feed??(whole?feed:"");this.feed.hidden=!way,this.feed.textContent=way?`Feed: ${term2?.label??"all papers"}`:"",way&&(this.
feed.href=this.table.view.root+way)}drawAll(){this.fill.stop(),this.printed.replaceChildren(...this.text()?[`Filter: ${this.
text()}`,el("br")]:[],location.href),this.drawRows(1/0,1/0)}showMore(limit){let before=Math.min(this.limit,this.hits.length);
this.limit=limit,this.drawRows(),address.replace();let next=this.table.rows[before];(next?.querySelector("th a")??next?.
querySelector("input"))?.focus({preventScroll:!0})}unitOf(n){return n===1?this.unit.replace(/s$/,""):this.unit}result(){
let n=this.hits.length;return`${n===this.total?"":`${number(n)} of `}${number(this.total)} ${this.unitOf(this.total)}`}drawChips(){
let{activeElement:active}=document,held=this.chips.contains(active)?active.dataset.mmuChip:"",shown=[...this.conditions,
this.typed.length],before=this.chipsOf;if(shown.length===before.length&&shown.every((one,n)=>one===before[n]))return;this.
chipsOf=shown;let clear=this.conditions.length+this.typed.length>1?[button("Clear all",()=>this.clear())]:[];this.chips.
replaceChildren(...this.conditions.map((c,n)=>this.chip(c,n)),...clear),this.chips.hidden=!this.chips.firstChild,held&&(this.
chips.querySelector(`[data-mmu-chip="${held}"]`)??this.field).focus()}chip(condition,n){let{collection:collection2}=this,
{name,verb,labels}=words(condition,collection2),not=condition.not||condition.node?.kind==="not",fixed=condition.kind==="\
year"||!verb,turn=()=>this.change(flip(this.conditions,condition,collection2.index)),turned={"aria-label":`${name} ${verb}\
 ${labels.join(" or ")}: turn round`,"data-mmu-chip":`verb-${n}`},made=el("span",{class:not?"mmu-chip mmu-not":"mmu-chip"},
name);return made.append(fixed?el("span",{},verb):button(verb,turn,turned)),labels.forEach((label,at)=>{let says=`${name}\
 ${verb} ${label}`,gone=()=>{this.change(drop(this.conditions,condition,condition.values?.[at]),`Removed ${says}`),this.
chips.contains(document.activeElement)||this.field.focus()};at&&made.append(el("span",{class:"mmu-hint"},"or"));let remove={
"aria-label":`Remove ${says}`,"data-mmu-chip":`x-${n}-${at}`};made.append(el("span",{},label),button("×",gone,remove))}),
made}drawEmpty(){if(this.empty.hidden=this.hits.length>0,this.hits.length)return;let all=[...this.conditions,...this.typed],
sizes=this.sizesWithout(all),ways=all.map((c,at)=>({c,n:sizes[at]})).sort((a,b)=>b.n-a.n).slice(0,WAYS),none=`No ${this.
unitOf(1)} matches`,few=ways.length<2,enough=few||ways.some(({n})=>n),way=(without2,act2,n)=>el("li",{},button(`Without ${without2}`,
act2),": ",el("b",{},number(n))),items=enough?ways.map(({c,n})=>way(`“${this.phrase(c)}”`,()=>this.forget(c),n)):[way(
"any of them",()=>this.clear(),this.total)],lead=ways.length?few?`${none} this.`:`${none} all of these${enough?"":", or \
all but one of them"}.`:"This filter cannot be read.";this.empty.replaceChildren(el("p",{},el("b",{},lead)),el("ul",{},...ways.
length?items:[]))}phrase(condition){let{name,verb,labels}=words(condition,this.collection);return condition.kind==="text"?
text([condition]):`${name} ${verb} ${labels.join(" or ")}`}forget(condition){this.go({taken:[...this.conditions,...this.
typed].filter(c=>c!==condition)}),this.field.focus()}select(positions,on){for(let i of positions)this.selected[on?"add":
"delete"](i);this.table.tick(positions),this.drawSelection(),address.replace()}selectAll(on){this.select(this.hits,on),this.
announce(`${number(this.selected.size)} selected`)}announce(said){this.said=said,this.say()}choose(i,on,inRange=!1){this.
select(inRange?this.span(this.range.anchor,i):[i],on),this.range={anchor:i,head:i,span:[]}}extend(from,to){this.range.head!==
from&&(this.range={anchor:from,head:from,span:[]});let{anchor,span}=this.range,wanted2=this.span(anchor,to);this.select(
span.filter(i=>!wanted2.includes(i)),!1),this.select(wanted2,!0),this.range={anchor,head:to,span:wanted2}}span(one,other){
let shown=this.table.rows.map(tr=>Number(this.table.at(tr))),[from,to]=[shown.indexOf(one),shown.indexOf(other)].sort((a,b)=>a-
b);return from<0?[other]:shown.slice(from,to+1)}drawSelection(){let{selected,hits:{length},table:{all}}=this,n=selected.
size?this.hits.filter(i=>selected.has(i)).length:0;all.checked=n>0&&n===length,all.indeterminate=n>0&&n<length,all.setAttribute(
"aria-label",`Select all ${number(length)} ${this.unitOf(length)}`),this.selbar.draw(),this.element.dispatchEvent(new CustomEvent(
"mmu:select",{bubbles:!0}))}};function handle(explorer){let keys=positions=>[...positions].map(i=>explorer.collection.papers[i].
key);return{element:explorer.element,text:()=>explorer.text(),keys:()=>keys(explorer.hits),selected:()=>keys(explorer.selected),
follow:()=>address.restore(),query(text2){return address.settle(),explorer.restore({...explorer.state(),q:text2}),address.
push(),this}}}function slash(event,explorers){let{target,key,altKey,ctrlKey,metaKey}=event;if(key!=="/"||altKey||ctrlKey||
metaKey||writes(target)||(event.stopPropagation(),!shortcuts.on))return;event.preventDefault();let{field}=explorers.find(
e=>e.element.getBoundingClientRect().bottom>0)??explorers[0];field.focus(),field.select()}var there=element=>element.querySelector(
".mmu-table")&&records(String(element.dataset.mmuCollection)),found2=[...document.querySelectorAll("[data-mmu-explorer]")].
filter(there);function start(){let explorers=found2.map((element,n)=>new Explorer(element,n));mmu.explorers=explorers.map(
handle),address=new Address(explorers),address.restore(!0),addEventListener("popstate",()=>address.restore()),addEventListener(
"hashchange",()=>address.restore()),addEventListener("pagehide",()=>address.settle()),document.addEventListener("keydown",
event=>slash(event,explorers),!0),addEventListener("beforeprint",()=>explorers.forEach(e=>e.drawAll())),addEventListener(
"afterprint",()=>explorers.forEach(e=>e.drawRows()));for(let{collection:{index}}of explorers)window.requestIdleCallback?.(
()=>index.fold());document.dispatchEvent(new CustomEvent("mmu:start"))}function startNear(){let near=new IntersectionObserver(
entries=>{entries.some(entry=>entry.isIntersecting)&&now()},{rootMargin:"100%"}),now=()=>{near.disconnect(),removeEventListener(
"hashchange",now),start()};found2.forEach(element=>near.observe(element)),addEventListener("hashchange",now)}var isBelow=([
first])=>(document.querySelector("h2")?.compareDocumentPosition(first)??0)&Node.DOCUMENT_POSITION_FOLLOWING;found2.length&&
(isBelow(found2)&&!location.hash?startNear():start());})();
