// From client/ by tools/bundle.mjs
"use strict";
(()=>{var{el}=globalThis.mmu.dom;var{Papers,Site,marked,papers,site,snippet,stem,words}=globalThis.mmu.find;var{decoded,encoded,fragment,isAuthor}=globalThis.mmu.dom;var{records,shortened,summary,tagParts,titleParts}=globalThis.mmu.records;var SUGGESTED=8,AUTHORS=8,LONG=24,WIDE=80,SUMMARY="summary",IN_EXAMPLE=3;function rowsOf(papers2,facets,fields,labels,first){
let plain=text=>text?[{text}]:[],known=[...facets.map(f=>({name:f.name,label:f.label,cells:papers2.map(p=>(p.tags[f.name]??
[]).map(v=>({text:path(f,v)}))),told:!0})),...fields.map(([name,label,separator])=>({name,label,told:name!==SUMMARY,cells:papers2.
map(p=>{let text=p.field(name);return(separator?text.split(separator):[text]).map(part=>part.trim()).filter(Boolean).map(
part=>({text:separator===","?labels.get(part)??part:part}))})}))],others=[{label:"Authors",cells:papers2.map(p=>plain(shortened(
p.authors,AUTHORS)))},{label:"Venue",cells:papers2.map(p=>plain(p.vt)),told:!0},{label:"Date",cells:papers2.map(p=>plain(
p.date)),told:!0},{label:"Links",cells:papers2.map(p=>p.links.map(k=>({text:k.label,href:k.url})))}],there=row=>row.cells.
some(cell=>cell.length),at=({name=""})=>first.indexOf(name);return[known.filter(row=>at(row)>=0).sort((a,b)=>at(a)-at(b)),
[...known.filter(row=>at(row)<0),...others]].map(rows=>rows.filter(there))}function resultsOf(papers2,results){return results.
map(([title,metrics,notes])=>{let used=new Map,rows=metrics.map(([label,values2])=>{let cells=papers2.map(({key})=>values2.
filter(([of])=>of===key));return{label,told:!0,measured:!0,cells}}).filter(({cells})=>cells.filter(cell=>cell.length).length>=
2);for(let{cells}of rows)cells.forEach((cell,n)=>{for(let[,,note]of cell)for(let remark of notes[note-1]??[])used.set(remark,
(used.get(remark)??new Set).add(papers2[n].label))});let measured=papers2.filter((_,n)=>rows.some(({cells})=>cells[n].length)).
length,common=[...used].filter(([,names])=>names.size===measured).map(([remark])=>remark).join("; "),others=[...used].filter(
([,names])=>names.size<measured).map(([remark,names])=>`${[...names].join(", ")}: ${remark}`);return{title,rows:rows.map(
row=>({...row,cells:row.cells.map(cell=>cell.map(([,text])=>({text})))})),notes:[common,...others].filter(Boolean)}}).filter(
({rows})=>rows.length)}var path=({labels},value)=>value.split("/").map((_,n,parts)=>labels.get(parts.slice(0,n+1).join("\
/"))??parts[n]).join(" › ");function verdict({cells,told}){if(!told||cells.length<2)return"";let texts=cells.map(cell=>cell.
map(v=>v.text).sort().join(`
`));return texts.every(text=>text===texts[0])?"same":cells.some(cell=>cell.some(v=>having(cells,v.text)>1))?"in part":"d\
iffers"}var having=(cells,text)=>cells.filter(cell=>cell.some(v=>v.text===text)).length,Comparison=class{constructor(box2){
let{papers:papers2,facets}=records("papers");this.box=box2,this.papers=papers2,this.facets=facets;let{mmuRoot="",mmuFields="",
mmuResults="",mmuFirst="",mmuNames="",mmuOften=""}=box2.dataset;this.root=mmuRoot,this.fields=JSON.parse(mmuFields),this.
results=JSON.parse(mmuResults),this.first=JSON.parse(mmuFirst),this.byKey=new Map(papers2.map(p=>[p.key,p])),this.labels=
new Map([...papers2.map(p=>[p.key,p.label]),...Object.entries(JSON.parse(mmuNames))]),this.finder=new Finder(papers2,key=>this.
add(key)),this.status=el("p",{class:"mmu-hint",role:"status"});let often=JSON.parse(mmuOften);this.often=often.map(([title,
keys])=>({title,keys:keys.filter(key=>this.byKey.has(key))})),this.fold=el("button",{type:"button","aria-expanded":"fals\
e",click:()=>this.unfold(!!this.same?.classList.contains("mmu-folded"))}),this.table=el("table",{class:"mmu-table mmu-co\
mpare",role:"table"}),this.frame=el("div",{class:"mmu-scroll",tabindex:"0",role:"group","aria-label":"Comparison",hidden:!0},
this.table),this.note=el("p",{class:"mmu-hint",hidden:!0},"In rows that agree ",el("i",{},"in part"),", ",el("b",{},"bol\
d")," is what only one has."),box2.prepend(el("div",{class:"mmu-compare-set"},this.finder.element,this.status,...this.sets()),
this.frame,this.note),box2.querySelector(":scope>.mmu-nojs")?.remove(),this.unknown=[],this.keys=[],this.isExample=!1,this.
said="",this.same=null,addEventListener("hashchange",()=>this.follow()),this.follow()}follow(){let{fields:asked,fault}=fragment(),
keys=(asked.get("keys")??"").split(",").map(decoded).filter(Boolean);this.unknown=keys.filter(key=>!this.byKey.has(key)),
this.keys=[...new Set(keys)].filter(key=>this.byKey.has(key)).slice(0,5),this.isExample=!keys.length&&this.often.length>
0,this.isExample&&(this.keys=this.often[0].keys.slice(0,IN_EXAMPLE),this.box.querySelector(".mmu-compare-often").open=!0),
this.said=fault?`${fault.message}: ${fault.hint}. `:"",this.draw()}sets(){if(!this.often.length)return[];let items=this.
often.map(({title,keys})=>el("li",{},el("a",{href:`#keys=${keys.map(encodeURIComponent).join(",")}`},keys.map(key=>this.
labels.get(key)).join(", ")),el("span",{class:"mmu-by"},title)));return[el("details",{class:"mmu-compare-often"},el("sum\
mary",{},"Often compared"),el("ul",{class:"mmu-list"},...items))]}go(){let text=this.keys.length?`keys=${this.keys.map(encodeURIComponent).
join(",")}`:"";this.isExample=!1,text!==location.hash.slice(1)&&history.pushState(null,"",text?`#${text}`:location.pathname+
location.search),this.draw()}add(key){this.isExample&&(this.keys=[]),!(this.keys.includes(key)||this.keys.length>=5)&&(this.
keys.push(key),this.unknown=[],this.said=`${this.labels.get(key)} added. `,this.go())}remove(key){this.keys=this.keys.filter(
k=>k!==key),this.said=`${this.labels.get(key)} removed. `,this.go(),this.finder.input.focus()}draw(){let papers2=this.keys.
flatMap(key=>this.byKey.get(key)??[]),{length}=papers2,[about,rest]=rowsOf(papers2,this.facets,this.fields,this.labels,this.
first),same=[...about,...rest].filter(row=>verdict(row)==="same"),body=rows=>el("tbody",{role:"rowgroup"},...rows.filter(
row=>!same.includes(row)).map(row=>this.row(row,papers2))),groups=resultsOf(papers2,this.results),others=groups.length?[
this.group({title:"Tags and other fields",rows:rest.filter(row=>!same.includes(row)),notes:[]},papers2)]:[body(rest)];this.
finder.taken(this.isExample?[]:this.keys,length>=5&&!this.isExample);let lost=this.unknown.length?`No paper has the key ${this.
unknown.slice(0,5).map(short).join(" or ")}${this.unknown.length>5?" or others that were asked for":""}. `:"",next=length>=
5?"Five at most: remove one to add another.":length<2?`Choose ${length?"one more":"two to five"}.`:"";this.status.textContent=
this.isExample?`${this.said}An example. Choose two to five papers of your own.`:`${lost}${this.said}${length?`${length} \
of ${5} chosen. `:""}${next}`,this.frame.hidden=!length,this.note.hidden=length<2,this.table.replaceChildren(el("caption",
{class:"mmu-sr"},papers2.map(p=>p.label).join(", ")),el("thead",{role:"rowgroup"},el("tr",{role:"row"},el("td",{role:"ce\
ll"}),...papers2.map(p=>this.head(p)))),body(about),...groups.map(group=>this.group(group,papers2)),...others,...this.alike(
same,papers2)),this.table.dataset.mmuColumns=`${length}`}head(paper){let[bold,rest]=titleParts(paper),href=paper.url?this.
root+paper.url:paper.links[0]?.url,name=[el("b",{},bold||paper.label)],title=bold?rest.replace(/^( ·|:) /,""):paper.title;
return el("th",{role:"columnheader",scope:"col","data-mmu-key":paper.key},...href?[el("a",{class:"mmu-title",href},...name)]:
name,el("span",{class:"mmu-by"},title),el("button",{type:"button","aria-label":`Remove ${paper.label}`,click:()=>this.remove(
paper.key)},"Remove"))}alike(rows,papers2){if(!rows.length)return[];this.fold.textContent=`${rows.length===1?"1 row is":
`${rows.length} rows are`} the same: ${rows.map(({label})=>label).join(", ")}`;let head=el("th",{role:"rowheader",scope:"\
rowgroup",colspan:papers2.length+1},this.fold);return this.same=el("tbody",{role:"rowgroup"},el("tr",{role:"row",class:"\
mmu-compare-group"},head),...rows.map(row=>this.row(row,papers2))),this.unfold(!1),[this.same]}unfold(yes){this.same?.classList.
toggle("mmu-folded",!yes),this.fold.setAttribute("aria-expanded",String(yes))}group({title,rows,notes},papers2){let head=el(
"th",{role:"rowheader",scope:"rowgroup",colspan:papers2.length+1},el("span",{},title),...notes.map(note=>el("span",{class:"\
mmu-by"},note)));return el("tbody",{role:"rowgroup"},el("tr",{role:"row",class:"mmu-compare-group"},head),...rows.map(row=>this.
row(row,papers2)))}row(row,papers2){let word=verdict(row),alone=text=>word==="in part"&&having(row.cells,text)===1,head=el(
"th",{role:"rowheader",scope:"row"},row.label,...word&&!row.measured?[" ",el("span",{class:"mmu-nr"},word)]:[]);return el(
"tr",{role:"row",class:word?`mmu-${word.replace(" ","-")}`:null},head,...row.cells.map((cell,n)=>el("td",{role:"cell","d\
ata-mmu-l":papers2[n].label},...cell.length?values(cell,alone):[el("span",{class:"mmu-nr"},"not recorded")])))}};function values(cell,strong){
let nodes=cell.map(({text,href})=>href?el("a",{href},text):strong(text)?el("b",{},text):text);return cell.length>1&&cell.
some(v=>v.text.length>LONG)?[el("ul",{class:"mmu-stats"},...nodes.map(node=>el("li",{},node)))]:nodes.flatMap((node,n)=>n?
[cell[n].href?" ":", ",node]:[node])}var short=key=>key.length>WIDE?`${key.slice(0,WIDE)}…`:key,Finder=class{constructor(papers2,choose){
this.choose=choose,this.papers=[...papers2.keys()].sort((a,b)=>papers2[a].date<papers2[b].date?1:-1).map(i=>[i,papers2[i]]),
this.list=el("ul",{role:"listbox",id:"mmu-compare-list","aria-label":"Papers",hidden:!0}),this.input=el("input",{type:"t\
ext",role:"combobox",id:"mmu-compare-q",autocomplete:"off",spellcheck:"false","aria-autocomplete":"list","aria-expanded":"\
false","aria-controls":"mmu-compare-list",placeholder:"Name, title, author or year",input:()=>this.open(),keydown:event=>this.
key(event),blur:()=>this.close(),click:()=>this.open()}),this.element=el("div",{class:"mmu-combo"},el("label",{for:"mmu-\
compare-q"},"Add a paper"),this.input,this.list),this.keys=new Set,this.full=!1,this.at=-1,this.options=[],this.shown=[],
this.taken([],!1)}taken(keys,full){this.keys=new Set(keys),this.input.readOnly=this.full=full,this.close()}found(){let asked=words(
this.input.value),byPosition=new Map(this.papers),open=this.papers.filter(([,{key}])=>!this.keys.has(key)).map(([i])=>i),
{masks,order}=papers("papers").ask(asked),hits=open.filter(i=>masks.every(mask=>mask[i]));return(asked.length?order(hits):
hits).slice(0,SUGGESTED).flatMap(i=>byPosition.get(i)??[])}open(){if(this.full)return;let papers2=this.found();this.options=
papers2.map((paper,n)=>el("li",{role:"option",id:`mmu-compare-${n}`,"aria-selected":"false",pointerdown:event=>event.preventDefault(),
click:()=>this.take(n)},...named(paper),el("span",{class:"mmu-by"},[paper.by,paper.vt||paper.date].filter(Boolean).join(
" · ")))),this.shown=papers2,this.list.replaceChildren(...papers2.length?this.options:[el("li",{role:"option","aria-dis\
abled":"true","aria-selected":"false"},"No paper has these words.")]),this.list.hidden=!1,this.input.setAttribute("aria-\
expanded","true"),this.point(this.input.value.trim()&&papers2.length?0:-1)}close(){this.list.hidden=!0,this.input.setAttribute(
"aria-expanded","false"),this.point(-1)}point(at){this.at=at,this.options.forEach((option,n)=>option.setAttribute("aria-\
selected",String(n===at))),at<0?this.input.removeAttribute("aria-activedescendant"):(this.input.setAttribute("aria-activ\
edescendant",`mmu-compare-${at}`),this.options[at].scrollIntoView({block:"nearest"}))}take(n){let{key}=this.shown[n];this.
input.value="",this.choose(key)}key(event){let{key}=event,shown=!this.list.hidden,{length}=this.shown;key==="ArrowDown"||
key==="ArrowUp"?(event.preventDefault(),shown?length&&this.point((this.at+(key==="ArrowDown"?1:this.at<0?0:-1)+length)%length):
this.open()):key==="Enter"?(event.preventDefault(),shown&&this.at>=0&&this.take(this.at)):key==="Escape"&&(shown||(this.
input.value=""),this.close())}};function named(paper){let[bold,rest]=titleParts(paper);return bold?[el("b",{},bold),rest]:
[el("b",{},paper.label),` ${rest}`]}var box=document.querySelector("[data-mmu-compare]");box&&records("papers")&&new Comparison(
box);})();
