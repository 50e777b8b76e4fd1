// From client/ by tools/bundle.mjs
"use strict";
(()=>{var{el}=globalThis.mmu.dom;var{content,load}=globalThis.mmu.hits;var mmu=globalThis.mmu??={};var{shortcuts,writes}=globalThis.mmu.dom;var{root,script,statics}=globalThis.mmu.dom;var{mmuSearch=""}=document.currentScript.dataset,GROUPS=[["Papers",new Set(["paper"]),5],["Terms",new Set(["term","gloss\
ary","entry"]),4],["Sections",new Set(["section","list","page","guide","work"]),4]],FIELD=".sidebar-search, form[role=se\
arch] input[name=q], .search-button-field, #rtd-search-form input, #searchbox input[name=q], .mmu-search-box input",MAC=/Mac|iPhone|iPad/.
test(navigator.platform),KEYS=MAC?"⌘ K":"Ctrl K",list=el("div",{role:"listbox",id:"mmu-palette-list","aria-label":"Res\
ults"}),status=el("p",{class:"mmu-sr",role:"status"}),input=el("input",{type:"search",role:"combobox",id:"mmu-palette-q",
autocomplete:"off",spellcheck:"false","aria-label":"Search this site","aria-autocomplete":"list","aria-expanded":"false",
"aria-controls":list.id,placeholder:"A paper, an author, a term, a question",input:()=>draw(),keydown:event=>key(event)}),
form=el("form",{role:"search","aria-label":"Search this site",submit:event=>{event.preventDefault(),follow()}},input,el(
"button",{type:"button",class:"mmu-palette-close",click:()=>dialog.close()},"Close")),keys=el("p",{class:"mmu-hint mmu-p\
alette-keys","aria-hidden":"true"},el("kbd",{},"↑")," ",el("kbd",{},"↓")," choose ",el("kbd",{},"Enter")," open ",el(
"kbd",{},"Esc")," close"),choice=shortcuts.box(),dialog=el("dialog",{class:"mmu-palette","aria-label":"Search",click:event=>{
event.target===dialog&&dialog.close()}},el("div",{},form,status,list,keys,choice)),options=[],at=-1,site=null,searchPage=text=>`${new URL(
mmuSearch,root).href}?q=${encodeURIComponent(text)}`,inExplorer=asked=>`${new URL(site?.explorer??"",root).href}#q=${encodeURIComponent(
asked)}`;function option(href,...kids){let made=el("a",{role:"option",id:`mmu-palette-${options.length}`,"aria-selected":"\
false",tabindex:"-1",href,click:()=>dialog.close()},...kids);return options.push(made),made}function group(name,...rows2){
let id=`mmu-palette-g-${name.toLowerCase()}`;return el("div",{role:"group","aria-labelledby":id},el("span",{class:"mmu-l\
egend",id,role:"presentation"},name),...rows2)}function row(hit){let{kind,href,title,by,said}=content(hit,site.data),parts=[
el("span",{class:"mmu-palette-title"},...title)];return hit.document.paper||parts.push(" ",el("span",{class:"mmu-kind"},
kind)),by.length&&parts.push(" ",el("span",{class:"mmu-by"},...by)),said.length&&parts.push(" ",el("span",{class:"mmu-pa\
lette-said"},...said)),option(href,...parts)}function rows(text,site2){let{hits,count,offers}=site2.search(text),groups=[];
for(let[name,kinds,most]of GROUPS){let found=hits.filter(hit=>kinds.has(hit.document.group)).slice(0,most);found.length&&
groups.push({name,found,best:hits.indexOf(found[0])})}groups.sort((a,b)=>a.best-b.best);let made=groups.map(({name,found})=>group(
name,...found.map(row))),filters=offers.map(({filter,count:count2,note})=>option(inExplorer(filter),el("code",{},filter),
" ",el("span",{class:"mmu-kind"},count2===1?"1 paper":`${count2} papers`),...note?[" ",el("span",{class:"mmu-by"},note)]:
[]));filters.length&&made.splice(1,0,group("Filter",...filters));let n=count,listed=hits.some(hit=>hit.document.paper)&&
site2.explorer?[option(inExplorer(text),"In the list of papers")]:[];return made.push(group("Everything",...listed,option(
searchPage(text),n?`All ${n} results for “${text}”`:`Nothing found for “${text}”: open the search page`))),[made,
n]}function draw(){let text=input.value.trim();if(options=[],!site||!text)list.replaceChildren(),status.textContent=text?
"Loading":"";else{let[made,n]=rows(text,site);list.replaceChildren(...made),list.scrollTop=0,status.textContent=n===1?"1\
 result":`${n} results`}input.setAttribute("aria-expanded",String(options.length>0)),point(options.length?0:-1)}function point(n){
if(options[at]?.setAttribute("aria-selected","false"),at=n,at<0){input.removeAttribute("aria-activedescendant");return}options[at].
setAttribute("aria-selected","true"),input.setAttribute("aria-activedescendant",options[at].id),options[at].scrollIntoView(
{block:"nearest"})}function key(event){let{length}=options,step={ArrowDown:1,ArrowUp:-1}[event.key];!step||!length||(event.
preventDefault(),point((at+step+length)%length))}function follow(){let text=input.value.trim();at>=0?options[at].click():
text&&(location.href=searchPage(text))}function open(text=""){dialog.open||(dialog.isConnected||document.body.append(dialog),
input.value=text,dialog.showModal(),input.select(),draw(),load().then(found=>{site=found,draw()},()=>{status.textContent=
"The search could not be loaded.",options=[],list.replaceChildren(group("Everything",option(searchPage(input.value.trim()),
"Open the search page"))),point(0)}))}document.addEventListener("keydown",event=>{let{key:pressed,ctrlKey,metaKey,altKey,
shiftKey,target}=event,asked=pressed?.toLowerCase()==="k"&&ctrlKey!==metaKey&&!altKey&&!shiftKey,slash=pressed==="/"&&!ctrlKey&&
!metaKey&&!altKey&&!writes(target)&&!mmu.explorers?.length;if(!(dialog.open||!(asked||slash))){if(slash&&!shortcuts.on){
event.stopPropagation();return}event.preventDefault(),event.stopPropagation(),open()}},!0);for(let field of document.querySelectorAll(
FIELD)){let box=field.closest(".mmu-search-box");!box&&field.closest("article, main, [role=main]")||(box||(field.placeholder=
`${field.placeholder||"Search"} (${mmu.explorers?.length?"":"/ or "}${KEYS})`),field.setAttribute("aria-keyshortcuts",MAC?
"/ Meta+K":"/ Control+K"),field.addEventListener("click",()=>open(field.value)))}})();
