// From client/ by tools/bundle.mjs
"use strict";
(()=>{var{act,copy,download}=globalThis.mmu.dom;var{el}=globalThis.mmu.dom;var{decoded,encoded,fragment,isAuthor}=globalThis.mmu.dom;var mmu=globalThis.mmu??={};var{FilterError,Index,allOf,anyOf,beginsAt,bound,check,evaluate,fold,indexOf,labelOf,leaves,option,parse,toText,venueLabel}=globalThis.
mmu.query;var{records,shortened,summary,tagParts,titleParts}=globalThis.mmu.records;var MOST=24,WIDEST=5,TOLD=3,heard=words=>el("span",{class:"mmu-sr"},` ${words}`),sum=found=>found.reduce((a,b)=>a+b,0);function axis({
facets},index,found,spec){let[,name="",depth=""]=/^([^/]*)(?:\/(\d*))?$/.exec(spec)??[],facet=facets.find(f=>f.name===name);
if(!facet)return null;let values=[],level=+(depth||1),counts=index.counts(name,found).values;for(let{value,label}of facet.
values){let size=value.split("/").length===level?counts.get(value):0;size&&values.push({value,label,size,mark:markOf(facet,
value)})}let largest=new Set([...values].sort((a,b)=>b.size-a.size).slice(0,MOST)),any=index.mask(name,values.map(v=>v.value))?.
map((one,i)=>one&found[i])??found.map(()=>0);return{name,label:facet.label,values:values.filter(v=>largest.has(v)),any,leftOut:Math.
max(0,values.length-MOST)}}function markOf({numbered,values},value){let top=numbered&&values.find(v=>v.value===value.split(
"/")[0]);return top&&top.order?top:null}function cross(rows,columns,index,found,expect){let total=sum(found),common=rows.
any.map((one,i)=>one&columns.any[i]),both=sum(common),height=index.counts(rows.name,common).values,width=index.counts(columns.
name,common).values,cells=rows.values.map(row=>{let held=index.mask(rows.name,[row.value]).map((one,i)=>one&found[i]),counts=index.
counts(columns.name,held).values;return columns.values.map(column=>counts.get(column.value)??0)}),gaps=[];return rows.values.
forEach((r,i)=>columns.values.forEach((c,j)=>{let product=(height.get(r.value)||0)*(width.get(c.value)||0);!cells[i][j]&&
product&&product>=expect*both&&gaps.push({i,j,expected:product/both})})),gaps.sort((a,b)=>b.expected-a.expected||a.i-b.i||
a.j-b.j),{rows,columns,cells,total,both,gaps}}function shades({cells}){let filled=cells.flat().filter(Boolean).sort((a,b)=>a-
b);return new Map(filled.map(n=>[n,1+Math.floor(5*filled.indexOf(n)/filled.length)]))}var tenths=number=>(Math.floor(number*
10+.5)/10).toFixed(1),pair=({rows,columns},{i,j})=>`${rows.values[i].label} × ${columns.values[j].label}`;function finding(crossed){
let size=crossed.rows.values.length*crossed.columns.values.length,{gaps}=crossed;if(!gaps.length)return`No gap among ${size}\
 combinations: every cell has papers where the totals suggest some.`;let widest=pair(crossed,gaps[0]);return gaps.length===
1?`One gap among ${size} combinations: ${widest}.`:`${gaps.length} gaps among ${size} combinations; the widest is ${widest}\
.`}var condition=(facet,value)=>toText({kind:"match",facet,value,prefix:!1}),SIMPLE=/^[\p{L}\p{N}_-]+:(?:[\p{L}\p{N}_./-]+|"[^"\\]*")$/u,
joined=filters=>filters.length===1?filters[0]:filters.map(f=>SIMPLE.test(f)?f:`(${f})`).join(" ");function table(crossed,{
page,filters,root,places}){let{rows,columns,cells,total,gaps}=crossed,shade=shades(crossed),expected=new Map(gaps.map(g=>[
`${g.i} ${g.j}`,tenths(g.expected)])),number=(count,...conditions)=>{let words=conditions.map(([,{label}])=>label).join(
" × "),inside=words?[`${count}`,heard(words)]:[`${count}`];if(!page)return inside;let text=joined([...filters,...conditions.
map(([{name},{value}])=>condition(name,value))]);return[el("a",{href:page+(text&&`#q=${encoded(text)}`)},...inside)]},total_=(side,v)=>el(
"td",{class:"mmu-sum"},...number(v.size,[side,v])),head=(scope,side,{value,label,mark})=>{let place=places[`${side.name}\
:${value}`],th=el("th",{scope});return mark&&th.append(badge(mark)," "),th.append(place===void 0?label:el("a",{class:"mm\
u-term",href:root+place},label)),th},cell=(i,j)=>{let sides=[[rows,rows.values[i]],[columns,columns.values[j]]],count=cells[i][j],
gap=expected.get(`${i} ${j}`);return count?el("td",{class:`mmu-q${shade.get(count)}`},...number(count,...sides)):gap?el(
"td",{class:"mmu-gap"},"gap",heard(`${pair(crossed,{i,j})}, ${gap} expected`)):el("td",{},"0")},every="all papers";return el(
"table",{class:"mmu-map"},el("thead",{},el("tr",{},el("th",{scope:"col"},rows.label),...columns.values.map(v=>head("col",
columns,v)),el("th",{scope:"col"},every))),el("tbody",{},...rows.values.map((row,i)=>el("tr",{},head("row",rows,row),...columns.
values.map((_,j)=>cell(i,j)),total_(rows,row)))),el("tfoot",{},el("tr",{},el("th",{scope:"row"},every),...columns.values.
map(v=>total_(columns,v)),el("td",{class:"mmu-sum"},...number(total)))))}var badge=({order,label})=>el("span",{class:`mm\
u-badge mmu-c${order}`,title:label},`${order}`,heard(label));function legend(crossed,expect){let steps=new Map,leftOut=crossed.
rows.leftOut+crossed.columns.leftOut;for(let[count,shade]of[...shades(crossed)].sort(([a],[b])=>a-b))steps.set(shade,[steps.
get(shade)?.[0]??count,count]);let scale=[...steps].map(([shade,[low,high]])=>el("span",{class:`mmu-q${shade}`},low===high?
`${low}`:`${low}–${high}`)),more=leftOut?` Values left out for having fewer papers: ${leftOut}.`:"",made=[el("p",{class:"\
mmu-hint mmu-scale"},...scale," papers ",el("span",{class:"mmu-gap"},"gap"),` no paper, though at least ${expect} would \
be expected (${crossed.both} papers are tagged in both).${more}`)],widest=crossed.gaps.slice(0,WIDEST).map(g=>`${pair(crossed,
g)}, ${tenths(g.expected)} expected`);return crossed.gaps.length>1&&made.push(el("p",{class:"mmu-hint"},`Widest gaps: ${widest.
join("; ")}.`)),made}var GapMap=class{constructor(figure,number){let{mmuRows:rows="",mmuColumns:columns="",mmuExpect:expect="",
mmuFilters="",mmuPlaces="",mmuRoot:root="",mmuExplorerPage:page=""}=figure.dataset;this.figure=figure,this.number=number,
this.suffix=number?`${number+1}`:"",this.data=records("papers"),this.index=indexOf(this.data),this.filters=JSON.parse(mmuFilters),
this.site={root,page,places:JSON.parse(mmuPlaces)},this.base=this.held(this.filters),this.defaults={q:"",rows,columns,expect},
this.state={...this.defaults},this.typing=this.leading=!1,this.caption=figure.querySelector("figcaption span").textContent,
this.choices=this.specs();let error=`mmu-map-error${this.suffix}`;this.rows=this.select("rows"),this.columns=this.select(
"columns"),this.expect=el("input",{type:"number",min:"1",step:"1",change:ev=>this.change({expect:ev.target.value})}),this.
field=el("input",{type:"search",placeholder:this.example(),spellcheck:"false",autocomplete:"off","aria-describedby":error,
input:()=>this.typed(),change:()=>this.typed()}),this.said=el("p",{id:error,class:"mmu-map-error",role:"status"}),this.live=
el("p",{class:"mmu-sr",role:"status"}),this.reset=el("button",{type:"button",click:()=>{this.change(this.defaults),this.
rows.focus()}},"Reset"),this.copy=act("Copy as directive",()=>copy(this.directive()),this.live),this.foot=el("p",{class:"\
mmu-map-foot",hidden:!isAuthor()},this.copy),this.controls(),addEventListener("hashchange",()=>this.follow()),this.follow(),
document.addEventListener("mmu:change",()=>this.listen())}get explorer(){let there=mmu.explorers?.[this.number];return there?.
element.dataset.mmuCollection==="papers"?there:null}listen(){let q=this.leading?void 0:this.explorer?.text();q===void 0||
q===this.state.q||(this.state={...this.state,q},this.field.value=q,this.typing=!1,this.show())}held(filters){return evaluate(
allOf(...filters.map(parse)),this.index)}specs(){let found=new Map;for(let{name,label,values}of this.data.facets){let depths=new Set(
values.map(v=>v.value.split("/").length));for(let depth of[...depths].sort()){let spec=depth>1?`${name}/${depth}`:name;axis(
this.data,this.index,this.base,spec)?.values.length&&found.set(spec,depth>1?`${label}, level ${depth}`:label)}}return found}example(){
return[this.data.facets.flatMap(f=>f.values.map(v=>`${f.name}:${v.value}`)).find(tag=>!/[\s"()]/.test(tag)),"has:code"].
filter(Boolean).join(" ")}select(name){return el("select",{change:ev=>this.change({[name]:ev.target.value})},...[...this.
choices].map(([value,label])=>el("option",{value},label)))}controls(){let label=(text,control,className=null)=>el("label",
{class:className},text,control),form=el("form",{class:"mmu-map-set",submit:ev=>{ev.preventDefault(),this.typed()}},label(
"Rows",this.rows),label("Columns",this.columns),el("button",{type:"button",click:()=>this.change({rows:this.state.columns,
columns:this.state.rows})},"Swap"),label("Expected for a gap",this.expect),label("Only papers that match",this.field,"mm\
u-map-q"),this.reset,this.said,this.live);form.setAttribute("aria-label",`Rows, columns and papers of map ${this.number+
1}`),this.figure.querySelector("figcaption").after(form),this.figure.insertBefore(this.foot,this.figure.querySelector(".\
mmu-fig-take"))}follow(){let{fields:asked,fault}=fragment(),{q,rows,columns,expect}=this.defaults,get=(name,valid,other)=>{
let given=asked.get(name+this.suffix),value=given===void 0?given:decoded(given);return value!==void 0&&valid(value)?value:
other},spec=value=>this.choices.has(value),sides={rows:get("rows",spec,rows),columns:get("columns",spec,columns)};this.state=
{q:get("q",()=>!0,q),...sides.rows===sides.columns?{rows,columns}:sides,expect:get("expect",isCount,expect)},this.field.
value=this.state.q,this.typing=!1,this.show(fault)}change(changes,typing=!1){if(changes.expect!==void 0&&!isCount(changes.
expect))return this.show();let{rows,columns}=this.state;this.state={...this.state,...changes.rows===columns&&{columns:rows},
...changes.columns===rows&&{rows:columns},...changes},typing||(this.field.value=this.state.q);let{fields:asked}=fragment();
for(let[name,value]of Object.entries(this.state))asked.delete(name+this.suffix),value!==this.defaults[name]&&asked.set(name+
this.suffix,encodeURIComponent(value).replaceAll("%2F","/"));let text=[...asked].map(pair2=>pair2.join("=")).join("&"),address=text?
`#${text}`:location.pathname+location.search;location.hash.slice(1)!==text&&history[typing&&this.typing?"replaceState":"\
pushState"](null,"",address),this.typing=typing,this.show(),this.leading=!0,this.explorer?.follow(),this.leading=!1}typed(){
let q=this.field.value.trim();q!==this.state.q&&this.change({q},!0)}show(fault){let{q,rows,columns,expect}=this.state;this.
rows.value=rows,this.columns.value=columns,this.expect.value=expect,this.reset.hidden=Object.keys(this.defaults).every(name=>this.
state[name]===this.defaults[name]);let filters=q?[...this.filters,q]:this.filters,found=this.read(q,filters,fault);this.
copy.disabled=!found,found&&this.draw(filters,found,rows,columns,+expect)}read(q,filters,fault){let words,found=null;try{
let node=q&&parse(q),faults=node?check(node,this.index):[];node&&bound(node,this.index),found=this.held(filters);let told=[
...fault?[fault]:[],...faults.slice(0,TOLD)].map(f=>`${f.message}${f.hint?`: ${f.hint}`:""}`);faults.length>TOLD&&told.push(
`and ${faults.length-TOLD} more`),words=told.join("; ")}catch(error){if(!(error instanceof FilterError))throw error;words=
`The map is unchanged: ${error.message}${error.hint?`; ${error.hint}`:""}.`}return words?this.field.setAttribute("aria-i\
nvalid","true"):this.field.removeAttribute("aria-invalid"),this.said.textContent=words,found}draw(filters,found,rows,columns,expect){
let{data,figure}=this,total=sum(found),sides=[axis(data,this.index,found,rows),axis(data,this.index,found,columns)],empty=sides.
some(side2=>!side2?.values.length),box=figure.querySelector(".mmu-scroll"),caption=this.captionOf(),[side,other]=sides,crossed=side&&
other&&!empty?cross(side,other,this.index,found,expect):null,words=crossed?finding(crossed):total?`None of ${total} pape\
rs has values of both.`:"Nothing matches.";figure.querySelector("figcaption b").textContent=words,figure.querySelector("\
figcaption span").textContent=caption,box.setAttribute("aria-label",caption),box.hidden=empty,box.replaceChildren(...crossed?
[table(crossed,{...this.site,filters})]:[]);for(let old of figure.querySelectorAll(":scope>.mmu-hint"))old.remove();crossed&&
this.foot.before(...legend(crossed,expect)),this.live.textContent=`${total} papers. ${words}`}captionOf(){let{q,rows,columns}=this.
state,{defaults,choices,caption}=this;return(rows===defaults.rows&&columns===defaults.columns?caption:`${choices.get(rows)}\
 by ${choices.get(columns)}.`)+(q?` Only papers that match ${q}.`:"")}directive(){let{q,rows,columns,expect}=this.state,
filters=q?[...this.filters,q]:this.filters,options={filter:filters.length>1?filters.map(f=>`(${f})`).join(" AND "):filters[0]??
"",rows,columns,expect,caption:this.captionOf()};return["```{mmu:gap-map}",...Object.entries(options).filter(([,value])=>value).
map(([name,value])=>`:${name}: ${option(value)}`),"```",""].join(`
`)}},isCount=text=>/^[1-9][0-9]{0,5}$/.test(text);records("papers")&&document.querySelectorAll("[data-mmu-map]").forEach(
(figure,n)=>new GapMap(figure,n));})();
