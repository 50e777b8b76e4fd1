// From client/ by tools/bundle.mjs
"use strict";
(()=>{var{el}=globalThis.mmu.dom;var{act,copy,download}=globalThis.mmu.dom;var{FilterError,Index,allOf,anyOf,beginsAt,bound,check,evaluate,fold,indexOf,labelOf,leaves,option,parse,toText,venueLabel}=globalThis.
mmu.query;var{records,shortened,summary,tagParts,titleParts}=globalThis.mmu.records;var ORDER=["title","author","booktitle","journal","volume","number","pages","publisher","venue","year","origdate","eprin\
t","eprinttype","doi","openreview","url"],SMALL=new Set("a an and are at by do does for from how in into is of on or the\
 to toward towards via what when with without".split(" ")),KINDS=[["arxiv",/^(?:https?:\/\/(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html)\/|arxiv:|(?:https?:\/\/doi\.org\/)?10\.48550\/arxiv\.)?(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?$/i],
["doi",/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/\S+)$/i],["openreview",/^https?:\/\/(?:www\.)?openreview\.net\/(?:forum|pdf)\?id=([\w-]+)(?:[&#].*)?$/],
["url",/^(https?:\/\/[^\s{}"<>\\]+)$/i]],letters=text=>fold(text).replace(/[^\p{L}\p{N}]+/gu," ").trim(),protectedTitle=text=>/[{}$\\]/.
test(text)?text:text.replace(/(?<![\p{L}\p{N}_])([\p{L}\p{N}_-]*(?:[a-z0-9][A-Z]|[A-Z]{2})[\p{L}\p{N}_-]*)(?![\p{L}\p{N}_])/gu,
"{$1}"),bare=text=>text.replace(/\\([&%_#])/g,"$1").replace(/[{}]/g,"").replace(/\s+/g," ").trim();function identified(text){
for(let[kind,pattern]of KINDS){let found=pattern.exec(text.trim());if(found)return{kind,value:kind==="doi"?found[1].toLowerCase():
found[1]}}return null}function parsed(text){let head=/^\s*@\s*([A-Za-z]+)\s*[{(]\s*[^\s,{}()"=]*\s*,/.exec(text),fields={};
if(!head)return null;for(let at=head[0].length;;){let name=/^[\s,]*([A-Za-z][\w-]*)\s*=\s*/.exec(text.slice(at));if(!name)
return/^[\s,]*[})]/.test(text.slice(at))?{type:head[1].toLowerCase(),fields}:null;at+=name[0].length;let end=valueEnd(text,
at);if(end<0)return null;fields[name[1].toLowerCase()]=text.slice(at,end).trim().replace(/^[{"]|[}"]$/g,"").replace(/\s+/g,
" ").trim(),at=end}}function valueEnd(text,start){let quoted=text[start]==='"';if(!quoted&&text[start]!=="{")return start+
(/^[\w.-]*/.exec(text.slice(start))?.[0].length??0)||-1;for(let at=start+(quoted?1:0),depth=0;at<text.length;at++){if(text[at]===
"\\")at++;else if(text[at]==="{")depth++;else{if(text[at]==="}"&&--depth===0&&!quoted)return at+1;if(quoted&&text[at]===
'"'&&depth===0)return at+1}if(depth<0)return-1}return-1}var VERBATIM=new Set(["doi","eprint","openreview","url"]),COMMANDS={
"{":"\\lbrace{}","}":"\\rbrace{}"},PERCENT_CODES={"{":"%7B","}":"%7D"},escaped=text=>text.split(/(?<!\\)(\$(?=\S)[^$]*(?<=[^\s\\])\$(?!\d))/).
map((part,n)=>n%2?part:part.replace(/(?<!\\)([&%#_$])/g,"\\$1")).join("");function braced(name,text){let opened=[],lonely=[],
printed=VERBATIM.has(name)?PERCENT_CODES:COMMANDS;for(let brace of text.matchAll(/(\\*)([{}])/g))brace[2]==="{"?opened.push(
brace):opened.pop()||lonely.push(brace);let whole="",at=0;for(let{0:found,1:slashes,2:sign,index}of[...lonely,...opened].
sort((a,b)=>a.index-b.index))whole+=text.slice(at,index)+slashes.slice(0,slashes.length-slashes.length%2)+printed[sign],
at=index+found.length;return whole=(whole+text.slice(at)).replace(/\s*[\n\r]\s*@/g," @"),`{${whole}${whole.endsWith("\\")?
" ":""}}`}var value=(name,text)=>braced(name,VERBATIM.has(name)||name==="keywords"?text:escaped(text));function entryText({
type,fields,tags},source){let kept=ORDER.filter(name=>fields[name]).map(name=>[name,fields[name]]),rows=tags.length?[...kept,
["keywords",tags.join(", ")],[source,"proposed"]]:kept,wide=Math.max(0,...rows.map(([name])=>name.length));return`@${type}\
{${keyOf(fields)},
${rows.map(([name,text])=>`  ${name.padEnd(wide)} = ${value(name,text)}`).join(`,
`)}
}
`}function keyOf({author="",title="",year=""}){let first=bare(author.split(/\sand\s/i)[0]),family=first.includes(",")?first.
split(",")[0]:String(first.split(" ").at(-1)),word=letters(bare(title)).split(" ").find(w=>!SMALL.has(w))??"";return`${letters(
family)}${year}${word}`.replace(/[^a-z0-9]/g,"")||"new"}var fromArxiv=number=>({eprint:number,eprinttype:"arxiv",origdate:`\
20${number.slice(0,2)}-${number.slice(2,4)}`});function completed(fields){let texts=[fields.eprint,fields.doi,fields.url].
map(text=>identified(text??"")),named=/arxiv[:.]\s*(\d{4}\.\d{4,5})/i.exec(`${fields.journal} ${fields.howpublished} ${fields.
note}`)?.[1],number=texts.find(found=>found?.kind==="arxiv")?.value??named;return number?{...fromArxiv(number),...fields,
eprint:number,eprinttype:"arxiv"}:{...fields}}var Form=class{constructor(box2){let{papers}=records("papers");this.box=box2,
this.papers=papers;let{mmuRoot="",mmuIssue="",mmuWords="",mmuFiles="",mmuSource=""}=box2.dataset;this.root=mmuRoot,this.
issue=mmuIssue,this.source=mmuSource,this.facets=JSON.parse(mmuWords),this.files=JSON.parse(mmuFiles),this.titles=new Map(
papers.map(p=>[letters(p.title),p])),this.chosen=new Map,this.fault="",this.what=this.field("textarea","what","arXiv ide\
ntifier, DOI, address or BibTeX",{rows:3,spellcheck:"false","aria-describedby":"mmu-add-said"},()=>this.read()),this.title=
this.field("input","title","Title",{type:"text",autocomplete:"off"}),this.author=this.field("input","author","Authors, w\
ith “and” between them",{type:"text",autocomplete:"off",placeholder:"Family, Given and Family, Given"}),this.year=this.
field("input","year","Year",{type:"text",inputmode:"numeric",autocomplete:"off",maxlength:4}),this.month=this.field("inp\
ut","month","Month of the first public version",{type:"text",autocomplete:"off",maxlength:7,placeholder:"2024-03"}),this.
said=el("p",{class:"mmu-hint",id:"mmu-add-said",role:"status"}),this.tags=el("div"),this.more=el("select",{id:"mmu-add-m\
ore",change:()=>this.choose()},el("option",{value:""},"Choose"),...this.facets.map(([label,,terms])=>el("optgroup",{label},
...terms.map(([tag,name])=>el("option",{value:tag},name))))),this.text=el("code"),this.lacks=el("p",{class:"mmu-hint"}),
this.place=el("p",{class:"mmu-hint"}),this.copied=el("span",{class:"mmu-hint",role:"status"}),this.send=el("a",{class:"m\
mu-add-send",rel:"noopener",hidden:!0},"Open a prefilled issue"),this.type="misc",this.rest={},this.filled={},box2.replaceChildren(
el("div",{class:"mmu-add-form"},around(this.what),this.said,around(this.title),around(this.author),around(this.year),around(
this.month),el("fieldset",{},el("legend",{},"Tags, proposed by words of the title"),this.tags,el("div",{class:"mmu-add-f\
ield"},el("label",{for:"mmu-add-more"},"Another tag"),this.more),this.lacks),el("pre",{tabindex:"0",role:"group","aria-l\
abel":"BibTeX entry"},this.text),this.place,el("div",{class:"mmu-add-out"},el("button",{type:"button",click:()=>this.copy()},
"Copy the entry"),this.send,this.copied))),this.draw()}field(tag,name,label,props,act2=()=>this.draw()){let id=`mmu-add-${name}`,
input=el(tag,{id,...props,input:act2});return el("div",{class:"mmu-add-field"},el("label",{for:id},label),input),input}read(){
let text=this.what.value.trim(),entry=text.startsWith("@")?parsed(text):null;if(this.fault="",this.type=entry?.type??"mi\
sc",this.rest=entry?completed(entry.fields):{},entry)for(let name of["title","author","year"])entry.fields[name]&&(this[name].
value=entry.fields[name]);let found=text&&!entry?identified(text):null;text&&!entry&&!found&&(this.fault=text.startsWith(
"@")?"This BibTeX cannot be read: perhaps a brace is missing.":"This is neither an arXiv identifier, nor a DOI, an addre\
ss or BibTeX."),found?.kind==="arxiv"?(this.rest=fromArxiv(found.value),this.fill("year",this.rest.origdate.slice(0,4))):
found&&(this.rest={[found.kind]:found.value}),this.rest.origdate&&this.fill("month",this.rest.origdate),this.draw()}fill(name,text){
(!this[name].value||this[name].value===this.filled[name])&&(this.filled[name]=this[name].value=text)}get fields(){let[title,
author,year,origdate]=["title","author","year","month"].map(name=>this[name].value.trim().replace(/\s+/g," "));return{...this.
rest,title:protectedTitle(title),author,year,origdate}}there(){let{title,eprint,doi,openreview,url}=this.fields,marks=[eprint,
doi,openreview,url].filter(Boolean).map(text=>identified(text)??{value:text}).map(({value:text})=>text.replace(/v\d+$/,"").
toLowerCase()),has=p=>[p.fields.eprint,p.fields.doi,p.fields.openreview,p.fields.url,p.fields.preprint].some(text=>text&&
marks.includes((identified(text)?.value??text).toLowerCase()));return marks.length&&this.papers.find(has)||title&&this.titles.
get(letters(bare(title)))||null}proposals(){let title=` ${letters(bare(this.title.value))} `,found=[];for(let[,single,terms,
usual]of this.facets){usual&&found.push(usual);let named=terms.filter(([,,words])=>words.some(word=>title.includes(` ${letters(
word)} `)||title.includes(` ${letters(word)}s `))),deepest=named.filter(([tag])=>!named.some(([other])=>other.startsWith(
`${tag}/`)));found.push(...(single?deepest.slice(0,1):deepest).map(([tag])=>tag))}return found}choose(){if(this.more.value){
let tag=this.more.value,[,single=!1,terms=[]]=this.facets.find(([,,all])=>all.some(([t])=>t===tag))??[];if(single)for(let[
other]of terms)this.wanted().includes(other)&&this.chosen.set(other,!1);this.chosen.set(tag,!0)}this.more.value="",this.
draw()}wanted(){let proposed=this.proposals();return this.facets.flatMap(([,,terms])=>terms.map(([tag])=>tag)).filter(tag=>this.
chosen.get(tag)??proposed.includes(tag))}draw(){let{fields}=this,there=this.there(),wanted=this.wanted(),shown=new Set([
...wanted,...this.proposals(),...this.chosen.keys()]),bad=fields.year&&!/^(?:19|20)\d\d$/.test(fields.year)?"The year is\
 not one of four digits.":"",dated=!fields.origdate||/^(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?$/.test(fields.origdate),
fault=this.fault||bad||(dated?"":"Write the month as year and number: 2024-03.");this.what.setAttribute("aria-invalid",String(
!!this.fault)),this.year.setAttribute("aria-invalid",String(!!bad)),this.month.setAttribute("aria-invalid",String(!dated)),
this.said.classList.toggle("mmu-add-wrong",!!(fault||there));let href=there&&(there.url?this.root+there.url:there.links[0]?.
url);this.said.replaceChildren(...there?["This work is listed already: ",href?el("a",{href},there.title):there.title]:[fault||
(this.what.value.trim()?"No paper of the list has this identifier or title.":"Any one of these will do.")]);let focused=document.
activeElement?.dataset?.mmuTag,rows=this.facets.flatMap(([label,,terms])=>terms.filter(([tag])=>shown.has(tag)).map(([tag,
name])=>{let box2=el("input",{type:"checkbox","data-mmu-tag":tag,change:()=>{this.chosen.set(tag,box2.checked),this.draw()}});
return box2.checked=wanted.includes(tag),el("label",{},box2,`${label}: ${name}`)}));this.tags.replaceChildren(...rows.length?
rows:[el("p",{class:"mmu-hint"},"None yet.")]),focused&&this.tags.querySelector(`[data-mmu-tag="${CSS.escape(focused)}"]`)?.
focus(),this.text.textContent=entryText({type:this.type,fields,tags:wanted},this.source),this.copied.textContent="";let lacking=this.
facets.filter(([,,terms,,always])=>always&&!terms.some(([tag])=>wanted.includes(tag))).map(([label])=>label);this.lacks.
textContent=lacking.length?`Every listed paper also has a tag for: ${lacking.join(", ")}.`:"";let file=this.files[wanted.
find(tag=>this.files[tag])??""];this.place.textContent=file?`This entry belongs in ${file}.`:"",this.send.hidden=!this.issue||
!!(there||fault)||!(fields.title||Object.keys(this.rest).length),this.send.hidden||(this.send.href=this.address(fields))}address({
title,eprint,doi,openreview,url}){let forum=openreview&&`https://openreview.net/forum?id=${openreview}`,parts={title:`Ad\
d: ${bare(title)||eprint||doi||forum||url}`,identifier:eprint||doi||forum||url||"",body:this.text.textContent};return this.
issue.replace(/\{(title|identifier|body)\}/g,(_,name)=>encodeURIComponent(parts[name]))}async copy(){try{await copy(this.
text.textContent),this.copied.textContent="Copied."}catch{getSelection()?.selectAllChildren(this.text),this.copied.textContent=
"The entry is selected: copy it with the keyboard."}}},around=field=>field.parentNode,box=document.querySelector("[data-\
mmu-add]");box&&records("papers")&&new Form(box);})();
