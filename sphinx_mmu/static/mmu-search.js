// From client/ by tools/bundle.mjs
"use strict";
(()=>{var{el}=globalThis.mmu.dom;var{content,load}=globalThis.mmu.hits;var{root,script,statics}=globalThis.mmu.dom;var STEP=20,PAUSE=200,fields=[...document.querySelectorAll("input[name=q]")],results=document.getElementById("search-res\
ults"),asked=()=>new URLSearchParams(location.search).get("q")??"",list=el("ul",{class:"search"}),more=el("p",{class:"mm\
u-more",hidden:!0}),status=el("p",{class:"search-summary",role:"status"}),offered=el("p",{class:"mmu-onward",hidden:!0}),
box=el("div",{class:"mmu-found"},status,offered,list,more),timer;function item(hit,data){let{kind,href,title,by,said}=content(
hit,data),parts=[el("span",{class:"mmu-kind"},kind)," ",el("a",{href},...title)];return by.length&&parts.push(" ",el("sp\
an",{class:"mmu-by"},...by)),said.length&&parts.push(el("p",{class:"context"},...said)),el("li",{},...parts)}var PLAIN=/^(?!(?:and|or|not)$)[\p{L}\p{N}][\p{L}\p{N}_.-]*$/iu,
term=word=>PLAIN.test(word)?word:`"${word.replace(/[\\"]/g,"\\$&")}"`;function offer(text,offers,site){if(offered.hidden=
!site.explorer,!site.explorer)return;let way=(filter,...said)=>el("a",{href:`${new URL(site.explorer,root).href}#q=${encodeURIComponent(
filter)}`},...said),ways=[way(text.trim().split(/\s+/).map(term).join(" "),`Only papers, to filter further: “${text.trim()}\
”`)];for(let{filter,count,note}of offers)ways.push(" or ",way(filter,el("code",{},filter)),` (${count===1?"1 paper":`${count}\
 papers`}${note&&`, ${note}`})`);offered.replaceChildren(...ways)}function show(site,text,limit=STEP){let{hits,count,offers,
known}=text.trim()?site.search(text):{hits:[],count:0,offers:[],known:!0};list.replaceChildren(...hits.slice(0,limit).map(
hit=>item(hit,site.data)));let n=hits.length,found=count===1?"1 result":`${count} results`;status.textContent=text.trim()?
n?`${found} for “${text.trim()}”${known?"":", which is written otherwise here"}.`:`Nothing was found for “${text.trim()}\
”.`:"",text.trim()?offer(text,offers,site):offered.hidden=!0,more.hidden=n<=limit,more.replaceChildren(el("button",{type:"\
button",click:()=>{show(site,text,limit+STEP),list.children[limit]?.querySelector("a").focus()}},`Show ${Math.min(STEP,n-
limit)} more`))}function type(site,text){clearTimeout(timer),timer=setTimeout(()=>{show(site,text);try{history.replaceState(
null,"",`${location.pathname}${text.trim()?`?q=${encodeURIComponent(text)}`:""}`)}catch{}},PAUSE)}var sphinx=typeof Search>
"u"?null:Search,own=sphinx?.performSearch;function start(site){if(!results)return;results.hidden=!0,results.after(box);let field=fields.
find(input=>input.closest("main, [role=main], article"))??fields[0];field?.addEventListener("input",()=>type(site,field.
value));for(let input of fields)input.value=asked();show(site,asked())}results&&(own&&(sphinx.performSearch=()=>{}),load().
then(start).catch(()=>{own&&(sphinx.performSearch=own,asked()&&own(asked()))}));})();
