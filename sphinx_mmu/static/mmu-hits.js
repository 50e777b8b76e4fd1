// From client/ by tools/bundle.mjs
"use strict";
(()=>{var{el}=globalThis.mmu.dom;var mmu=globalThis.mmu??={};var{root,script,statics}=globalThis.mmu.dom;var MOST=6,FILES={query:"mmu-query.js",records:"mmu-records.js",find:"mmu-find.js",papers:"mmu-papers.js",findData:"mmu-\
find-data.js"},addressOf=({address})=>/^https?:/.test(address)?address:new URL(address,root).href,texts=parts=>parts.map(
([text,found])=>found?el("mark",{},text):text);function byline({authors,vt,date,short,title},found){let{words}=mmu.find,
asked=name=>words(name).some(word=>(found.get(word)?.worth??0)>.5),shown=authors.length>MOST?[...authors.filter((name,i)=>i<
3||asked(name)),"et al."]:authors;return[title.includes(short)?"":short,vt||date,shown.join(", ")].filter(Boolean).join(
" · ")}function content({document:found,words},{within}){let{snippet,marked}=mmu.find,{paper}=found,by=paper?byline(paper,
words):[found.names.join(", "),found.within&&`${within} ${found.within}`].filter(Boolean).join(" · ");return{kind:found.
label,href:addressOf(found),title:texts(marked(found.title,words)),by:texts(marked(by,words)),said:texts(snippet(found.text,
words,found.title))}}var loading=null;async function whole(){return await Promise.all(Object.keys(FILES).filter(name=>!mmu[name]).
map(name=>script(FILES[name]))),mmu.find.site()}var load=()=>loading??=whole();mmu.hits={content,load};})();
