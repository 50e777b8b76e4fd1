// From client/ by tools/bundle.mjs
"use strict";
(()=>{var{el}=globalThis.mmu.dom;var{act,copy,download}=globalThis.mmu.dom;function button(name,{textContent}){let said=el("span",{class:"mmu-sr",role:"status"});return el("span",{class:"mmu-copy"},
act(`Copy ${name}`,()=>copy(textContent.trim()),said),said)}for(let block of document.querySelectorAll(".mmu-code, .high\
light-bibtex pre"))block.after(button("BibTeX",block));for(let name of document.querySelectorAll(".mmu-references dt")){
let text=name.nextElementSibling;text.append(" ",button(name.textContent,text))}})();
